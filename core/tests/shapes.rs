//! The shapes of replies and messages, as the setting `observe` has them kept.
#![cfg(feature = "shapes")]

use serde_json::{Value, json};
use xportcn_core::shape::Shapes;
use xportcn_core::{Config, Core, Exchange, Nonce, Response, RetryPolicy, Step, catalogue, push};

const PRIVATE: [&str; 3] = ["thekeyofmine", "thesecretofmine", "theuserofmine"];

/// The shapes after these replies of a row whose data is known in part.
fn shapes(id: &str, bodies: &[&str]) -> Value {
    let mut shapes = Shapes::default();
    for body in bodies {
        shapes.record(catalogue::find(id).unwrap(), 200, body.as_bytes(), &PRIVATE);
    }
    serde_json::from_str(&shapes.to_json()).unwrap()
}

fn data<'a>(shapes: &'a Value, id: &str) -> &'a Value {
    &shapes["rows"][id]["body"]["members"]["data"]
}

#[test]
fn names_types_and_numbers_of_digits_are_kept_and_no_value() {
    let id = "taobao.after_sale.render";
    let found = shapes(
        id,
        &[
            r#"{"code":200,"msg":"success","data":{"currency":"CNY","distributorId":"12345678","oddOne":-1234,"rate":1.5}}"#,
            r#"{"code":"0","data":{"currency":[1],"distributorId":1234567890,"oddOne":null,"flag":true}}"#,
        ],
    );
    let row = &found["rows"][id];
    assert_eq!(row["seen"], 2);
    assert_eq!(row["statuses"], json!({"200": 2}));
    assert_eq!(row["contents"], json!({"json": 2}));
    assert_eq!(row["codes"], json!({"200": 1, "0": 1}));
    assert_eq!(row["body"]["absent"], json!(["requestId", "developId"]));
    let data = data(&found, id);
    assert_eq!(data["types"], json!({"object": 2}));
    let members = &data["members"];
    assert_eq!(
        members["currency"],
        json!({"types": {"text": 1, "list": 1}, "misfits": 1, "members": {"[]": {"types": {"number": 1}, "digits": [1, 1]}}})
    );
    assert_eq!(members["distributorId"], json!({"types": {"number": 1, "digits": 1}, "digits": [8, 10]}));
    assert_eq!(members["oddOne"], json!({"types": {"null": 1, "number": 1}, "digits": [4, 4], "unknown": true}));
    assert_eq!(members["rate"], json!({"types": {"fraction": 1}, "unknown": true}));
    assert_eq!(members["flag"], json!({"types": {"bool": 1}, "unknown": true}));
    let absent = data["absent"].as_array().unwrap();
    assert!(absent.contains(&json!("refundOrderTemplate")) && !absent.contains(&json!("currency")), "{absent:?}");
    for value in ["CNY", "12345678", "1234567890", "success", "1.5"] {
        assert!(!found.to_string().contains(value), "{value}");
    }
}

#[test]
fn names_that_may_be_data_are_not_shown() {
    let id = "taobao.product.get";
    for data in [
        r#"{"13812345678":{"a":1},"other":2}"#,
        r#"{"user@example.com":1}"#,
        r#"{"Zhang Wei":1}"#,
        r#"{"张伟":1}"#,
        r#"{"https://example.com/1":1}"#,
        r#"{"theSecretOfMine":1}"#,
        r#"{"theUserOfMineX":1}"#,
        r#"{"zhangwei":1,"name":"zhangwei"}"#,
    ] {
        let body = format!(r#"{{"code":200,"data":{{"unknownList":[{data}]}}}}"#);
        let found = shapes(id, &[&body]).to_string();
        for part in ["138", "example", "Zhang", "张伟", "ecretOfMine", "UserOfMine", "zhangwei"] {
            assert!(!found.contains(part), "{part}: {found}");
        }
        assert!(found.contains(r#""?":"#), "{found}");
    }
}

#[test]
fn an_object_with_many_members_of_one_type_is_a_map() {
    let names =
        |count: u8| (0..count).map(|n| format!("\"na{}\":1", char::from(b'a' + n))).collect::<Vec<_>>().join(",");
    let body = |count| format!(r#"{{"code":200,"data":{{"unknownOne":{{{}}}}}}}"#, names(count));
    let id = "taobao.order.get";
    let few = shapes(id, &[&body(16)]);
    assert_eq!(data(&few, id)["members"]["unknownOne"]["members"].as_object().unwrap().len(), 16);
    let many = shapes(id, &[&body(17)]);
    let members = data(&many, id)["members"]["unknownOne"]["members"].as_object().unwrap();
    assert_eq!(members.keys().collect::<Vec<_>>(), ["?"]);
}

#[test]
fn what_is_kept_is_bounded() {
    let id = "taobao.order.get";
    let deep = format!(r#"{{"code":200,"data":{}1{}}}"#, r#"{"x":["#.repeat(5000), "]}".repeat(5000));
    assert!(shapes(id, &[&deep]).to_string().len() < 10_000);
    // Objects of unlike members, so that no rule but the bound holds.
    let mut store = Shapes::default();
    for group in 0..400 {
        let members: Vec<_> = (0..150u32)
            .map(|n| {
                let name: String =
                    [n % 26, n / 26, group % 26, group / 26].map(|n| char::from(b'a' + n as u8)).iter().collect();
                format!("\"x{name}\":{}", if n % 2 == 0 { "1" } else { "\"t\"" })
            })
            .collect();
        let body = format!(
            r#"{{"code":200,"data":{{"g{}":{{{}}}}}}}"#,
            char::from(b'a' + (group % 26) as u8),
            members.join(",")
        );
        let row = catalogue::ENDPOINTS[group as usize % catalogue::ENDPOINTS.len()];
        store.record(row, 200, body.as_bytes(), &[]);
    }
    let json = store.to_json();
    assert!(json.ends_with("\"cut\":true}") && json.len() < 3_000_000, "{}", json.len());
}

#[test]
fn what_is_no_json_is_only_counted() {
    let id = "taobao.order.get";
    let found = shapes(id, &["", "<html>zhangwei</html>", "zhangwei", r#"{"code":40108123,"data":{"a"#, "[1]"]);
    let row = &found["rows"][id];
    assert_eq!(row["contents"], json!({"empty": 1, "markup": 1, "other": 1, "json": 2}));
    assert_eq!(row["codes"], json!({"other": 1}));
    assert!(!found.to_string().contains("zhangwei") && !found.to_string().contains("40108123"));
}

#[test]
fn messages_have_shapes_too() {
    let body = r#"{"messageType":"ORDER_PAY_SUCCESS","messageBody":"{\"orderId\":3305075341149134260,\"newOne\":\"x\"}","messagePlatform":1,"timestamp":"1779263269913"}"#;
    let message = push::parse(body.as_bytes()).unwrap();
    let mut shapes = Shapes::default();
    shapes.record_message(&message, body.as_bytes(), &PRIVATE);
    let found: Value = serde_json::from_str(&shapes.to_json()).unwrap();
    let content = &found["rows"][message.push.unwrap().id]["body"]["members"]["messageBody"];
    assert_eq!(content["types"], json!({"text": 1, "object": 1}));
    assert_eq!(content["members"]["orderId"], json!({"types": {"number": 1}, "digits": [19, 19]}));
    assert_eq!(content["members"]["newOne"], json!({"types": {"text": 1}, "unknown": true}));
}

#[test]
fn a_client_that_observes_keeps_the_shape_of_every_answer_and_another_keeps_none() {
    for observe in [true, false] {
        let mut config = Config::new("key-of-mine", "secret", "user");
        config.observe = observe;
        let core = Core::new(config).unwrap();
        let row = catalogue::find("taobao.after_sale.cancel").unwrap();
        let params = br#"{"refundId":"1"}"#;
        let mut exchange = Exchange::begin_json(&core, row, params, RetryPolicy::default()).unwrap();
        assert!(matches!(exchange.step(0, [7; Nonce::LENGTH]), Step::Send { .. }));
        let body = br#"{"code":50001,"msg":"no money","requestId":"r"}"#.to_vec();
        exchange.on_response(Response { status: 200, headers: Vec::new(), body }).unwrap();
        let found: Value = serde_json::from_str(&core.shapes()).unwrap();
        assert_eq!(found["rows"].get(row.id).is_some(), observe);
        assert_eq!(found["rows"][row.id]["codes"]["50001"], if observe { json!(1) } else { Value::Null });
    }
}
