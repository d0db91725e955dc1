//! What the sandbox answers: the documented shape, the same for the same request.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use serde_json::Value;
use xportcn_core::catalogue::{self, ENDPOINTS, Visitor};
use xportcn_core::codec;
use xportcn_core::schema::{Form, Kind};
use xportcn_core::{Call, Config, Core, Endpoint, Nonce, Response};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, USER_ID};

/// Calls an endpoint as hosts do: through the core.
async fn call(host: &Host, endpoint: &'static Endpoint, params: &str) -> Response {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = host.sandbox.url();
    let core = Core::new(config).unwrap();
    let prepared = core.prepare_json(endpoint, params.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let nonce = Nonce::from_text(&Headers::genuine().nonce).unwrap();
    let request = core.sign(&prepared, NOW_MS, &nonce);
    let path = request.url.strip_prefix(&host.sandbox.url()).unwrap();
    let mut sent = host.plain(request.method.as_str(), path);
    for (name, value) in &request.headers {
        sent = sent.header(*name, value);
    }
    let answer = host.send(sent.body(request.body.clone().unwrap_or_default())).await;
    Response { status: answer.status, headers: Vec::new(), body: answer.bytes }
}

#[tokio::test]
async fn every_example_is_answered_without_a_warning_and_with_every_field() {
    let host = Host::start().await;
    for endpoint in ENDPOINTS.iter().copied() {
        let response = call(&host, endpoint, endpoint.example).await;
        let body = String::from_utf8(response.body.clone()).unwrap();
        assert_eq!(response.status, 200, "{}: {body}", endpoint.id);
        let decoded =
            codec::decode(&endpoint.reply, &response.body).unwrap_or_else(|e| panic!("{}: {e:?}", endpoint.id));
        assert_eq!(decoded.envelope.code.unwrap(), "200", "{}: {body}", endpoint.id);
        assert_eq!(decoded.warnings, [], "{}: {body}", endpoint.id);
        let reply: Value = serde_json::from_str(&body).unwrap();
        assert_complete(&endpoint.reply, Form::Plain, &reply["data"], endpoint.id, &mut Vec::new());
    }
    assert!(!ENDPOINTS.is_empty());
}

/// Every field of the table is there under its name on the wire, and no other. Objects within themselves end in null.
fn assert_complete(kind: &'static Kind, form: Form, value: &Value, at: &str, within: &mut Vec<&'static str>) {
    if form == Form::Embedded {
        let inner = serde_json::from_str(value.as_str().unwrap_or_else(|| panic!("{at} is not text"))).unwrap();
        return assert_complete(kind, Form::Plain, &inner, at, within);
    }
    match kind {
        Kind::Any => assert!(value.is_null(), "{at}"),
        Kind::List(element) => {
            let elements = value.as_array().unwrap_or_else(|| panic!("{at} is no list"));
            for element_value in elements {
                assert_complete(element, Form::Plain, element_value, at, within);
            }
        }
        Kind::Object(schema) if value.is_null() => assert!(within.contains(&schema.name), "{at} is null"),
        Kind::Object(schema) => {
            let object = value.as_object().unwrap_or_else(|| panic!("{at} is no object"));
            let mut found: Vec<&str> = object.keys().map(String::as_str).collect();
            let mut expected: Vec<&str> = schema.fields.iter().map(|field| field.wire).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{at}");
            within.push(schema.name);
            for field in schema.fields {
                assert_complete(&field.kind, field.form, &object[field.wire], &format!("{at}.{}", field.wire), within);
            }
            within.pop();
        }
        _ => assert!(!value.is_null(), "{at} is null"),
    }
}
