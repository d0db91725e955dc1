//! The cases of `tests/vectors`, whose expected values come from a second implementation of the rules, in Python.

mod cases;

use cases::{Ignored, Named, Recipe, named, run, same, with_fewest_escapes};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use xportcn_core::endpoint::Endpoint;
use xportcn_core::sign::{self, Method};
use xportcn_core::{Config, Core, Error, Nonce, Request, Response, Secret, TimestampUnit, catalogue};

#[test]
fn signatures_are_as_the_vectors_say() {
    run("signing.json", |_: &Ignored, case: &Signing| {
        let account = &case.account;
        match (&case.timestamp, &case.signature, &case.headers) {
            (Some(timestamp), Some(expected), None) => {
                let secret = Secret::new(account.access_secret.as_str());
                let found =
                    sign::signature(account.method()?, &account.access_key, &secret, timestamp, &account.nonce()?);
                same("signature", &found, expected)
            }
            (None, None, Some(expected)) => {
                let core = account.core(BTreeMap::new())?;
                let render = r#"{"subOrderId":"1","goodsStatus":1,"refundType":1}"#;
                let request =
                    account.sign(&core, find("taobao.after_sale.render")?, render).map_err(|e| e.to_string())?;
                for name in sign::HEADERS {
                    let expected = expected.get(name).ok_or_else(|| format!("the case lacks the header {name}"))?;
                    same(name, request.header(name).unwrap_or("nothing"), expected)?;
                }
                same("number of headers", &sign::HEADERS.len(), &expected.len())
            }
            _ => Err("the case is neither of a signature nor of headers".into()),
        }
    });
}

#[test]
fn requests_are_encoded_as_the_vectors_say() {
    run("encode.json", |head: &EncodeHead, case: &Encode| {
        let endpoint = find(&case.endpoint)?;
        let core = head.account.core(case.paths.clone())?;
        match (head.account.sign(&core, endpoint, &case.params.text()), &case.expect, &case.error) {
            (Ok(request), Some(expected), None) => {
                let body = request.body.as_ref().map(|body| String::from_utf8_lossy(body).into_owned());
                same("method", request.method.as_str(), &expected.method)?;
                same("url", request.url.strip_prefix(Config::BASE_URL).unwrap_or(&request.url), &expected.url)?;
                let expected = expected.body.as_ref().map(|body| with_fewest_escapes(&body.text()));
                same("body", &body.as_deref().map(with_fewest_escapes), &expected)
            }
            (Err(Error::InvalidRequest { path, reason, .. }), None, Some(expected)) => {
                same("path", &path, &expected.path).map_err(|wrong| format!("{wrong}: {reason}"))
            }
            (found, ..) => Err(format!("found {found:?}")),
        }
    });
}

#[test]
fn replies_are_decoded_as_the_vectors_say() {
    let core = Core::new(Config::new("key-of-vectors", "secret-of-vectors", "user-of-vectors")).unwrap();
    run("decode.json", |_: &Ignored, case: &Decode| {
        let endpoint = find(&case.endpoint)?;
        let response = Response { status: 200, headers: Vec::new(), body: case.body.bytes() };
        match (core.read_json(endpoint, response), &case.expect, &case.error) {
            (Ok(reply), Some(expected), None) => {
                let data = match (&expected.data_text, &expected.data) {
                    (Some(recipe), _) => recipe.text(),
                    (None, Some(data)) => data.get().to_string(),
                    (None, None) => "null".to_string(),
                };
                let warnings: Vec<_> = reply.warnings.iter().map(|warning| warning.path.as_str()).collect();
                let expected_warnings: Vec<_> = expected.warnings.iter().map(|warning| warning.path.as_str()).collect();
                same("data", &with_fewest_escapes(&reply.data), &with_fewest_escapes(&data))?;
                same("request id", &reply.request_id, &expected.request_id)?;
                same("warnings", &warnings, &expected_warnings)
            }
            (Err(Error::Api { code, message, request_id, hint, .. }), None, Some(expected)) => {
                same("kind of error", "api", &expected.kind)?;
                same("code", &Some(code), &expected.code)?;
                same("request id", &request_id.as_deref(), &expected.request_id.as_deref())?;
                same("hint", &hint.as_deref(), &expected.hint.as_deref())?;
                expected.message.as_ref().map_or(Ok(()), |expected| same("message", &message, expected))
            }
            (Err(Error::Decode { part, .. }), None, Some(expected)) => {
                same("kind of error", "decode", &expected.kind)?;
                same("path", &Some(part.path().to_string()), &expected.path)
            }
            (found, ..) => Err(format!("found {found:?}")),
        }
    });
}

fn find(id: &str) -> Result<&'static Endpoint, String> {
    catalogue::find(id).ok_or_else(|| format!("there is no endpoint {id}"))
}

named!(Signing, Encode, Decode);

#[derive(Deserialize)]
struct Account {
    method: String,
    access_key: String,
    access_secret: String,
    nonce: String,
    user_id: Option<String>,
    unit: Option<String>,
    now_ms: Option<u64>,
}

impl Account {
    fn method(&self) -> Result<Method, String> {
        self.method.parse().map_err(|error| format!("{error}"))
    }

    fn nonce(&self) -> Result<Nonce, String> {
        Nonce::from_text(&self.nonce).ok_or_else(|| format!("{} is no nonce", self.nonce))
    }

    fn core(&self, paths: BTreeMap<String, String>) -> Result<Core, String> {
        let user_id = self.user_id.as_deref().ok_or("the case has no user")?;
        let mut config = Config::new(self.access_key.as_str(), self.access_secret.as_str(), user_id);
        config.signature = self.method()?;
        config.timestamp_unit = match self.unit.as_deref() {
            Some("s") => TimestampUnit::Seconds,
            Some("ms") => TimestampUnit::Milliseconds,
            other => return Err(format!("{other:?} is no unit")),
        };
        config.paths.extend(paths);
        Core::new(config).map_err(|error| error.to_string())
    }

    fn sign(&self, core: &Core, endpoint: &'static Endpoint, params: &str) -> Result<Request, Error> {
        let nonce = Nonce::from_text(&self.nonce).expect("a nonce");
        let prepared = core.prepare_json(endpoint, params.as_bytes())?;
        Ok(core.sign(&prepared, self.now_ms.expect("a clock"), &nonce))
    }
}

#[derive(Deserialize)]
struct Signing {
    name: String,
    #[serde(flatten)]
    account: Account,
    timestamp: Option<String>,
    signature: Option<String>,
    headers: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct EncodeHead {
    account: Account,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Encode {
    name: String,
    endpoint: String,
    params: Recipe,
    #[serde(default)]
    paths: BTreeMap<String, String>,
    expect: Option<Sent>,
    error: Option<Refused>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    method: String,
    url: String,
    body: Option<Recipe>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    path: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decode {
    name: String,
    endpoint: String,
    body: Recipe,
    expect: Option<Read>,
    error: Option<Unread>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    data: Option<Box<RawValue>>,
    data_text: Option<Recipe>,
    request_id: Option<String>,
    warnings: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    path: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unread {
    kind: String,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    hint: Option<String>,
    path: Option<String>,
}
