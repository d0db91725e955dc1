//! Pushed messages: the cases of `tests/vectors/push.json`, and what holds for every message.

mod cases;

use cases::{Ignored, Named, Recipe, named, run, same, with_fewest_escapes};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use xportcn_core::alibaba::push::OrderMessage;
use xportcn_core::catalogue::PUSHES;
use xportcn_core::push::{self, Message, TestMessage};
use xportcn_core::{Config, Core, Error, Secret};

#[test]
fn messages_are_verified_and_read_as_the_vectors_say() {
    run("push.json", |_: &Ignored, case: &Push| {
        let body = case.body.bytes();
        let secret = Secret::new(case.access_secret.as_str());
        let read =
            push::verify(&case.access_key, &secret, &case.authorization, &body).and_then(|()| push::parse(&body));
        match (read, &case.expect, case.error.as_deref()) {
            (Ok(message), Some(expected), None) => compare(&message, expected),
            (Err(Error::PushSignature { .. }), None, Some("signature")) => Ok(()),
            (Err(Error::Decode { .. }), None, Some("malformed")) => Ok(()),
            (found, ..) => Err(format!("found {found:?}")),
        }
    });
}

#[test]
fn test_messages_are_written_and_signed_as_the_vectors_say() {
    run("sign_push.json", |head: &Signing, case: &SignPush| {
        let secret = Secret::new(case.access_secret.as_str());
        match (push::sign(&case.access_key, &secret, &case.test(), head.now_ms), &case.expect, &case.error) {
            (Ok(signed), Some(expected), None) => {
                same("body", &String::from_utf8_lossy(&signed.body), &expected.body.as_str().into())?;
                same("authorization", &signed.authorization, &expected.authorization)?;
                push::verify(&case.access_key, &secret, &signed.authorization, &signed.body)
                    .and_then(|()| push::parse(&signed.body))
                    .map(drop)
                    .map_err(|error| format!("it is not accepted: {error}"))
            }
            (Err(error), None, Some(expected)) => {
                let words = error.to_string();
                let (kind, path) = match error {
                    Error::InvalidRequest { path, .. } => ("request", path),
                    Error::Config { field, .. } => ("config", field),
                    other => return Err(format!("found {other:?}")),
                };
                same("kind", kind, &expected.kind)?;
                same("path", &path, &expected.path).map_err(|wrong| format!("{wrong}: {words}"))?;
                match expected.contains.iter().find(|part| !words.contains(part.as_str())) {
                    Some(part) => Err(format!("`{part}` is not in: {words}")),
                    None => Ok(()),
                }
            }
            (found, ..) => Err(format!("found {found:?}")),
        }
    });
}

#[test]
fn the_documented_example_of_each_message_is_signed_and_read_as_its_row() {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    for row in PUSHES {
        let signed = core.sign_push(&TestMessage::new(row.id), 1_779_263_269_913).unwrap();
        let message = core.read_push(&signed.authorization, &signed.body).unwrap();
        assert_eq!(message.push.map(|read| read.id), Some(row.id));
        assert!(message.warnings.is_empty(), "{}: {:?}", row.id, message.warnings);
        assert_ne!(message.body, "{}", "{}", row.id);
    }
}

#[test]
fn a_content_that_is_no_json_is_refused_with_the_place() {
    let secret = Secret::new("s");
    for content in ["", "{", "{\"orderId\":\"1\",}", "{\"orderId\":\"1\"} {}", "orderId"] {
        let error = push::sign("k", &secret, &TestMessage::new("ORDER_CREATE").content(content), 0).unwrap_err();
        let Error::InvalidRequest { endpoint, path, reason } = error else { panic!("{error:?}") };
        assert_eq!((endpoint.as_str(), path.as_str()), ("ORDER_CREATE", ""));
        assert!(reason.starts_with("the content is not valid JSON: "), "{content}: {reason}");
    }
}

fn compare(message: &Message, expected: &Expected) -> Result<(), String> {
    let body = match (&expected.body_text, &expected.body) {
        (Some(recipe), _) => recipe.text(),
        (None, Some(body)) => body.get().to_string(),
        (None, None) => "null".to_string(),
    };
    let warnings: Vec<_> = message.warnings.iter().map(|warning| warning.path.as_str()).collect();
    let expected_warnings: Vec<_> = expected.warnings.iter().map(|warning| warning.path.as_str()).collect();
    same("type", &message.message_type, &expected.message_type)?;
    same("platform", &message.platform, &expected.platform)?;
    same("time", &message.time.map(|time| time.to_string()), &expected.time)?;
    same("row", &message.push.map(|row| row.id), &expected.push.as_deref())?;
    same("inferred", &message.inferred, &expected.inferred)?;
    same("body", &with_fewest_escapes(&message.body), &with_fewest_escapes(&body))?;
    same("warnings", &warnings, &expected_warnings)?;
    let is_id = message.id.len() == 32 && message.id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    same("id of 32 lower-case hexadecimal digits", &is_id, &true)
}

const ORDER: &str = r#"{"messageType":"ORDER_CREATE","messageBody":"{\"orderId\":\"33\",\"totalAmount\":10000}","messagePlatform":1,"timestamp":"1779263269913"}"#;

#[test]
fn the_core_reads_a_message_with_the_account_of_its_settings() {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let error = core.read_push(&SIGNED[..32], ORDER.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("64 hexadecimal digits"), "{error}");
    let message = core.read_push(SIGNED, ORDER.as_bytes()).unwrap();
    let order: OrderMessage = message.read().unwrap();
    assert_eq!(order.order_id.unwrap().as_str(), "33");
    assert_eq!(order.total_amount.unwrap().to_string(), "10000");
    let other = Core::new(Config::new("sandbox-key", "another-secret", "sandbox-user")).unwrap();
    let error = other.read_push(SIGNED, ORDER.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("pass the raw body"), "{error}");
    assert!(!format!("{error} {error:?}").contains("another-secret"));
}

/// `hmac.new(b"sandbox-secret", b"sandbox-key" + body, "sha256").hexdigest()` in Python, for the body above.
const SIGNED: &str = "41c525c3aa915e51a2f83a88cf000f14e4c53b1e9fc7b261c6f650cbe9dc7a42";

#[test]
#[cfg(feature = "charsets")]
fn a_message_in_gbk_is_verified_by_its_bytes_and_read_as_text() {
    // `买家取消` and `商品` in GBK, by Python.
    let body = b"{\"messageType\":\"ORDER_CANCEL\",\"messagePlatform\":1,\"messageBody\":{\"orderId\":\"1\",\
        \"closeReason\":\"\xc2\xf2\xbc\xd2\xc8\xa1\xcf\xfb\",\"later\":\"\xc9\xcc\xc6\xb7\"}}";
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "user")).unwrap();
    // HMAC-SHA256 of the key and the bytes, by Python.
    let signature = "4c3b0bebd2b460bc69d0e8b0033349221b24d3342f16c041ac542791ea4af479";
    let message = core.read_push(signature, body).unwrap();
    assert_eq!(message.body, r#"{"orderId":"1","closeReason":"买家取消","later":"商品"}"#);
    assert_eq!(
        message.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["the body: expected UTF-8, found GBK"]
    );
    let in_utf8 =
        message.body.replace('{', r#"{"messageType":"ORDER_CANCEL","messagePlatform":1,"messageBody":{"#) + "}";
    assert!(core.read_push(signature, in_utf8.as_bytes()).is_err(), "the signature is of the bytes");
}

#[test]
fn an_error_repeats_nothing_of_a_message() {
    for body in ["\"private\"", "{\"messageType\":\"private\",}", "private", "[\"private\"]"] {
        let error = push::parse(body.as_bytes()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("private"), "{error:?}");
    }
}

#[test]
fn every_published_type_is_of_one_row_only() {
    let mut types: Vec<_> = PUSHES.iter().flat_map(|row| row.types.iter().map(|name| (row.platform, *name))).collect();
    let all = types.len();
    types.sort_unstable();
    types.dedup();
    assert_eq!(types.len(), all);
}

#[test]
fn white_space_and_the_form_of_the_content_make_no_difference_to_the_id() {
    let id = |body: &str| push::parse(body.as_bytes()).unwrap().id;
    let known = id(ORDER);
    for same in [
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":"33","totalAmount":10000},"messagePlatform":1,"timestamp":"1779263269913"}"#,
        r#" { "timestamp" : 1779263269913 , "messagePlatform" : "1",
            "messageBody" : { "orderId" : "33", "totalAmount" : 10000 }, "messageType" : "ORDER_CREATE" } "#,
        r#"{"messageType":"ORDER_CREATE","messageBody":"{ \"orderId\": \"33\", \"totalAmount\": 10000 }","messagePlatform":1,"timestamp":"2026-05-20T07:47:49.913Z","retry":1}"#,
    ] {
        assert_eq!(id(same), known, "{same}");
    }
    for other in [
        // The same content, but in another order, and with other escapes.
        r#"{"messageType":"ORDER_CREATE","messageBody":{"totalAmount":10000,"orderId":"33"},"messagePlatform":1,"timestamp":"1779263269913"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":"\u0033\u0033","totalAmount":10000},"messagePlatform":1,"timestamp":"1779263269913"}"#,
        // Values that do not fit, and become the same null.
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":true,"totalAmount":10000},"messagePlatform":1,"timestamp":"1779263269913"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":false,"totalAmount":10000},"messagePlatform":1,"timestamp":"1779263269913"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":"one","messagePlatform":1,"timestamp":"1779263269913"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":"two","messagePlatform":1,"timestamp":"1779263269913"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":"33","totalAmount":10000},"messagePlatform":1,"timestamp":"soon"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":"33","totalAmount":10000},"messagePlatform":1,"timestamp":"later"}"#,
        r#"{"messageType":"ORDER_CREATE","messageBody":{"orderId":"33","totalAmount":10000},"messagePlatform":1}"#,
    ]
    .windows(2)
    {
        let [one, two] = other else { unreachable!() };
        assert!(id(one) != known && id(one) != id(two) && id(two) != known, "{one} {two}");
    }
}

/// The parts of a message, in canonical form: two are equal if and only if all of these are.
#[derive(Clone, Debug, PartialEq)]
struct Parts {
    message_type: Option<String>,
    platform: Option<i64>,
    millis: Option<i64>,
    body: String,
}

impl Parts {
    fn id(&self, wrapped: bool) -> String {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let name = self.message_type.as_deref().map(|name| format!("\"messageType\":{}", quoted(name)));
        let platform = self.platform.map(|number| format!("\"messagePlatform\":{number}"));
        let time = self.millis.map(|millis| format!("\"timestamp\":\"{millis}\""));
        let body = if wrapped { quoted(&self.body) } else { self.body.clone() };
        let parts = [name, platform, time, Some(format!("\"messageBody\":{body}"))];
        let body = format!("{{{}}}", parts.into_iter().flatten().collect::<Vec<_>>().join(","));
        push::parse(body.as_bytes()).unwrap().id
    }
}

fn parts() -> impl Strategy<Value = Parts> {
    let name = prop_oneof![
        Just("ORDER_CREATE".to_string()),
        Just("ORDER_CANCEL".to_string()),
        Just("ORDER_CREATE1".to_string()),
        Just("TRACE".to_string()),
        "\\PC{1,8}",
    ];
    // Few values each, so that many pairs are equal in all but one part.
    let body = prop_oneof![
        Just("{}".to_string()),
        (0..3u8, 0..3u8).prop_map(|(a, b)| format!("{{\"orderId\":\"{a}\",\"payStatus\":{b}}}")),
        (0..3u8).prop_map(|a| format!("[{a}]")),
        (0..3u8).prop_map(|a| format!("{{\"payStatus\":[{a}]}}")),
    ];
    let platform = proptest::option::of(0..3i64);
    let millis = proptest::option::of(prop_oneof![Just(1_779_263_269_913), 1_779_263_269_913..1_779_263_269_916i64]);
    (proptest::option::of(name), platform, millis, body).prop_map(|(message_type, platform, millis, body)| Parts {
        message_type,
        platform,
        millis,
        body,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ids_are_equal_if_and_only_if_the_messages_are(one in parts(), two in parts(), wrapped: (bool, bool)) {
        prop_assert_eq!(one == two, one.id(wrapped.0) == two.id(wrapped.1), "{:?} {:?}", one, two);
        let changed = [
            Parts { message_type: Some("OTHER".into()), ..one.clone() },
            Parts { platform: Some(7), ..one.clone() },
            Parts { millis: Some(1_779_263_269_999), ..one.clone() },
            Parts { body: "{\"other\":1}".into(), ..one.clone() },
        ];
        for other in changed {
            prop_assert_ne!(other.id(wrapped.0), one.id(wrapped.0), "{:?} {:?}", other, one);
        }
    }

    #[test]
    fn any_bytes_can_be_read(body in bytes(), tail in vec(any::<u8>(), 0..8)) {
        // Reading returns, whatever it returns.
        for body in [body.clone(), [body, tail].concat()] {
            if let Ok(message) = push::parse(&body) {
                let json: serde_json::Result<serde_json::Value> = serde_json::from_str(&message.body);
                prop_assert!(json.is_ok(), "{}", message.body);
                drop(message.read::<OrderMessage>());
            }
        }
    }

    #[test]
    fn no_body_that_was_changed_in_any_byte_is_accepted(at: prop::sample::Index, bit in 0..8u8, byte: u8) {
        let secret = Secret::new("sandbox-secret");
        let accepts = |body: &[u8]| push::verify("sandbox-key", &secret, SIGNED, body).is_ok();
        let body = ORDER.as_bytes();
        prop_assert!(accepts(body));
        let place = at.index(body.len());
        let mut changed = body.to_vec();
        changed[place] ^= 1 << bit;
        prop_assert!(!accepts(&changed));
        let mut longer = body.to_vec();
        longer.insert(at.index(body.len() + 1), byte);
        prop_assert!(!accepts(&longer));
        let mut shorter = body.to_vec();
        shorter.remove(place);
        prop_assert!(!accepts(&shorter));
    }

    #[test]
    fn no_header_but_the_signature_itself_is_accepted(header in "\\PC{0,80}|[0-9a-fA-F]{64}", at in 0..64usize) {
        let secret = Secret::new("sandbox-secret");
        prop_assert!(push::verify("sandbox-key", &secret, &header, ORDER.as_bytes()).is_err());
        let digit = if &SIGNED[at..=at] == "0" { "1" } else { "0" };
        let changed = format!("{}{digit}{}", &SIGNED[..at], &SIGNED[at + 1..]);
        prop_assert!(push::verify("sandbox-key", &secret, &changed, ORDER.as_bytes()).is_err());
    }
}

/// Bytes, and texts that are nearly messages.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just("null".to_string()),
        Just("\"1688_ORDER_CREATE\"".to_string()),
        Just("\"ORDER_CREATE\"".to_string()),
        Just("1".to_string()),
        Just("1e400".to_string()),
        Just("\"\\ud800\"".to_string()),
        Just("\"{\\\"orderId\\\":\\\"\\\\ud800\\\"}\"".to_string()),
        Just("{\"orderId\":1e400,\"payTime\":[[\"中\"]]}".to_string()),
        "\"\\PC{0,10}\"",
        "[\\[\\]{}:,\"0-9eE.+ntf\\\\ud-]{0,30}",
    ];
    let name = prop_oneof![
        Just("messageType"),
        Just("messageBody"),
        Just("messagePlatform"),
        Just("timestamp"),
        Just("out_order_id"),
    ];
    prop_oneof![
        vec(any::<u8>(), 0..200),
        "[\\[\\]{}:,\"0-9eE.+ntf\\\\ud-]{0,80}".prop_map(String::into_bytes),
        vec((name, part), 0..6).prop_map(|parts| {
            let parts: Vec<_> = parts.into_iter().map(|(name, part)| format!("\"{name}\":{part}")).collect();
            format!("{{{}}}", parts.join(",")).into_bytes()
        }),
    ]
}

named!(Push, SignPush);

#[derive(Deserialize)]
struct Signing {
    now_ms: u64,
}

#[derive(Deserialize)]
struct SignPush {
    name: String,
    access_key: String,
    access_secret: String,
    message: String,
    content: Option<String>,
    platform: Option<i64>,
    time_ms: Option<u64>,
    expect: Option<SignedPush>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct SignedPush {
    authorization: String,
    body: String,
}

#[derive(Deserialize)]
struct Refusal {
    kind: String,
    path: String,
    contains: Vec<String>,
}

impl SignPush {
    fn test(&self) -> TestMessage {
        let mut test = TestMessage::new(&self.message);
        if let Some(content) = &self.content {
            test = test.content(content);
        }
        if let Some(platform) = self.platform {
            test = test.platform(platform);
        }
        if let Some(time_ms) = self.time_ms {
            test = test.time_ms(time_ms);
        }
        test
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Push {
    name: String,
    access_key: String,
    access_secret: String,
    authorization: String,
    body: Recipe,
    expect: Option<Expected>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    message_type: Option<String>,
    platform: Option<i64>,
    time: Option<String>,
    push: Option<String>,
    inferred: bool,
    body: Option<Box<RawValue>>,
    body_text: Option<Recipe>,
    warnings: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    path: String,
}
