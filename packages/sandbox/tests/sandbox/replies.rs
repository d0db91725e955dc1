//! What the sandbox answers: the documented shape, the same for the same request.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use serde_json::{Value, json};
use std::collections::HashSet;
use xportcn_core::catalogue::{self, ENDPOINTS, Visitor};
use xportcn_core::codec::{self, Route};
use xportcn_core::schema::{Form, Kind};
use xportcn_core::{Call, Config, Core, Endpoint, Nonce, Response};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, USER_ID};

/// The body that hosts send, made by the core.
pub fn wire_body(endpoint: &'static Endpoint, params: &str) -> Vec<u8> {
    let route = Route { method: endpoint.method, path: endpoint.path };
    codec::encode(endpoint.request, route, params.as_bytes()).unwrap().body.unwrap()
}

/// Calls an endpoint as hosts do: through the core.
pub async fn call(host: &Host, endpoint: &'static Endpoint, params: &str) -> Response {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = host.sandbox.url();
    let core = Core::new(config).unwrap();
    let prepared = core.prepare_json(endpoint, params.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let nonce = Nonce::from_text(&Headers::genuine().nonce).unwrap();
    let request = core.sign(&prepared, NOW_MS, &nonce);
    let path = request.url.strip_prefix(&host.sandbox.url()).unwrap();
    let mut sent = host.plain(request.method.as_str(), path);
    for (name, value) in &request.headers {
        sent = sent.header(name.as_ref(), value);
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

/// Reads an endpoint's answer as Rust users do.
struct Typed<'a> {
    bodies: &'a [(&'static str, Vec<u8>)],
    read: usize,
}

impl Visitor for Typed<'_> {
    fn visit<C: Call>(&mut self) {
        let (_, body) = self.bodies.iter().find(|(id, _)| *id == C::ENDPOINT.id).unwrap();
        let decoded =
            codec::decode_as::<C::Reply>(body).unwrap_or_else(|error| panic!("{}: {error:?}", C::ENDPOINT.id));
        assert_eq!(decoded.warnings, [], "{}", C::ENDPOINT.id);
        self.read += 1;
    }
}

#[tokio::test]
async fn every_answer_is_read_into_its_type() {
    let host = Host::start().await;
    let mut bodies = Vec::new();
    for endpoint in ENDPOINTS.iter().copied() {
        bodies.push((endpoint.id, call(&host, endpoint, endpoint.example).await.body));
    }
    let mut typed = Typed { bodies: &bodies, read: 0 };
    catalogue::visit(&mut typed);
    assert_eq!(typed.read, ENDPOINTS.len());
}

#[tokio::test]
async fn the_same_request_gives_the_same_data_and_another_one_other_data() {
    let host = Host::start().await;
    let other_host = Host::start().await;
    let data = async |host: &Host, body: &str| {
        host.post(RENDER, &Headers::genuine(), body.to_string()).await.json()["data"].clone()
    };
    let first = data(&host, RENDER_BODY).await;
    assert_eq!(data(&host, RENDER_BODY).await, first);
    assert_eq!(data(&other_host, RENDER_BODY).await, first);
    let reordered = r#"{ "refundType": 1, "goodsStatus": 1, "subOrderId": 1034499579120189839 }"#;
    assert_eq!(data(&host, reordered).await, first);
    assert_ne!(data(&host, &RENDER_BODY.replace("839", "840")).await, first);
}

#[tokio::test]
async fn the_envelope_names_each_call_and_the_developer() {
    let host = Host::start().await;
    let mut ids = HashSet::new();
    for _ in 0..50 {
        let reply = host.post(RENDER, &Headers::genuine(), RENDER_BODY).await.json();
        let id = reply["requestId"].as_str().unwrap().to_string();
        assert!(id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{id}");
        assert!(ids.insert(id));
        assert_eq!(reply["developId"].as_str().unwrap().len(), 19);
        assert_eq!((reply["code"].as_u64(), reply["msg"].as_str()), (Some(200), Some("成功")));
    }
    let refused = host.post(RENDER, &Headers::at("1"), RENDER_BODY).await.json();
    assert!(ids.insert(refused["requestId"].as_str().unwrap().to_string()));
    assert_eq!((&refused["developId"], &refused["data"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn a_reply_repeats_the_ids_of_its_request() {
    let host = Host::start().await;
    let detail = catalogue::find("alibaba.product.detail").unwrap();
    let reply = call(&host, detail, r#"{"offerId":"706627393257"}"#).await;
    let data: Value = serde_json::from_str(&codec::decode(&detail.reply, &reply.body).unwrap().data).unwrap();
    assert_eq!(data["offerId"], "706627393257");

    let preview = catalogue::find("alibaba.order.preview").unwrap();
    let lines: Vec<Value> = (0..5).map(|n| json!({"offerId": format!("54881891980{n}"), "quantity": "2"})).collect();
    let params = json!({"addressParam": {}, "cargoParamList": lines}).to_string();
    let reply = call(&host, preview, &params).await;
    let data: Value = serde_json::from_str(&codec::decode(&preview.reply, &reply.body).unwrap().data).unwrap();
    let cargo = data["orderPreviewResult"][0]["cargoList"].as_array().unwrap();
    let offers: Vec<&str> = cargo.iter().map(|line| line["offerId"].as_str().unwrap()).collect();
    assert_eq!(offers, ["548818919800", "548818919801", "548818919802", "548818919803", "548818919804"]);
}

#[tokio::test]
async fn ids_and_amounts_are_written_both_ways_and_some_ids_are_beyond_floating_point() {
    let host = Host::start().await;
    let mut seen = Seen::default();
    for endpoint in ENDPOINTS.iter().copied() {
        let reply = call(&host, endpoint, endpoint.example).await;
        let reply: Value = serde_json::from_slice(&reply.body).unwrap();
        seen.look(&endpoint.reply, &reply["data"]);
    }
    let Seen { text_ids, number_ids, long_ids, text_amounts, number_amounts } = seen;
    for (what, count) in [
        ("text ids", text_ids),
        ("number ids", number_ids),
        ("number ids beyond 2^53", long_ids),
        ("text amounts", text_amounts),
        ("number amounts", number_amounts),
    ] {
        assert!(count >= 10, "{count} {what}");
    }
}

/// How often ids and amounts were written in each way.
#[derive(Default)]
struct Seen {
    text_ids: usize,
    number_ids: usize,
    long_ids: usize,
    text_amounts: usize,
    number_amounts: usize,
}

impl Seen {
    fn look(&mut self, kind: &'static Kind, value: &Value) {
        match (kind, value) {
            (Kind::Object(schema), Value::Object(object)) => {
                for field in schema.fields {
                    self.look(&field.kind, &object[field.wire()]);
                }
            }
            (Kind::List(element), Value::Array(elements)) => {
                elements.iter().for_each(|value| self.look(element, value))
            }
            (Kind::Id, Value::String(_)) => self.text_ids += 1,
            (Kind::Id, Value::Number(number)) => {
                self.number_ids += 1;
                self.long_ids += usize::from(number.as_u64().is_some_and(|number| number > 1 << 53));
            }
            (Kind::Amount, Value::String(_)) => self.text_amounts += 1,
            (Kind::Amount, Value::Number(_)) => self.number_amounts += 1,
            _ => {}
        }
    }
}

/// Every field of the table is there under its name on the wire, and no other. Objects within themselves end in null,
/// and so does what has not happened to an order yet.
fn assert_complete(kind: &'static Kind, form: Form, value: &Value, at: &str, within: &mut Vec<&'static str>) {
    if form == Form::Embedded {
        let inner = serde_json::from_str(value.as_str().unwrap_or_else(|| panic!("{at} is not text"))).unwrap();
        return assert_complete(kind, Form::Plain, &inner, at, within);
    }
    match kind {
        Kind::Any => {}
        Kind::List(element) => {
            let elements = value.as_array().unwrap_or_else(|| panic!("{at} is no list"));
            for element_value in elements {
                assert_complete(element, Form::Plain, element_value, at, within);
            }
        }
        Kind::Object(schema) if value.is_null() => {
            assert!(within.contains(&schema.name) || has_state(at), "{at} is null")
        }
        Kind::Object(schema) => {
            let object = value.as_object().unwrap_or_else(|| panic!("{at} is no object"));
            let mut found: Vec<&str> = object.keys().map(String::as_str).collect();
            let mut expected: Vec<&str> = schema.fields.iter().map(|field| field.wire()).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{at}");
            within.push(schema.name);
            for field in schema.fields {
                assert_complete(
                    &field.kind,
                    field.form,
                    &object[field.wire()],
                    &format!("{at}.{}", field.wire()),
                    within,
                );
            }
            within.pop();
        }
        _ => assert!(!value.is_null() || has_state(at), "{at} is null"),
    }
}

fn has_state(at: &str) -> bool {
    [".after_sale.", ".cart.", ".order."].iter().any(|section| at.contains(section))
}
