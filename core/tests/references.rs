//! References that are made up for creations which have none.

use serde_json::{Value as Json, json};
use xportcn_core::{Config, Core, Error, Exchange, Nonce, References, RetryPolicy, Step, catalogue, exchange};

const NOW: u64 = 1_779_263_269_913;
/// "XP", the moment to the base of 32 in nine digits, and the last twelve random bytes: 7.
const MADE: &str = "XP1JP25LR0P777777777777";

fn call(references: References, id: &str, params: &Json) -> Exchange<String> {
    let mut config = Config::new("sandbox-key", "sandbox-secret", "sandbox-user");
    config.references = references;
    let core = Core::new(config).unwrap();
    let endpoint = catalogue::find(id).unwrap();
    Exchange::begin_json(&core, endpoint, params.to_string().as_bytes(), RetryPolicy::default()).unwrap()
}

/// The body of the attempt that is sent at a moment.
fn sent(exchange: &mut Exchange<String>, now_ms: u64, random: [u8; Nonce::LENGTH]) -> Json {
    match exchange.step(now_ms, random) {
        Step::Send { request, .. } => serde_json::from_slice(request.body.as_deref().unwrap()).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn order(id: &str) -> Json {
    match id {
        "taobao.order.purchase_create" => json!({
            "orderLineList": [{"itemId": "6001", "skuId": "5016", "quantity": 2, "price": "1", "currency": "CNY"}],
            "purchaseAmount": "2",
            "receiver": {"name": "张三", "mobilePhone": "13800000000", "country": "中国", "state": "浙江省", "city": "杭州市",
                "district": "西湖区", "address": "象山路1号", "zip": "310024"},
        }),
        _ => json!({
            "flow": "general",
            "addressParam": {"fullName": "张三", "mobile": "13800000000", "provinceText": "浙江省", "cityText": "杭州市",
                "areaText": "西湖区", "townText": "转塘", "phone": "", "postCode": "310024", "address": "象山路1号"},
            "cargoParamList": [{"offerId": "5489", "specId": "eb81", "quantity": 2}],
        }),
    }
}

/// What the field holds when the call is sent.
fn of(references: References, id: &str, field: &str, value: &Json) -> Json {
    let mut params = order(id);
    if !value.is_null() {
        params[field] = value.clone();
    }
    sent(&mut call(references, id, &params), NOW, [7; Nonce::LENGTH])[field].clone()
}

#[test]
fn a_creation_without_a_reference_gets_one_only_where_it_is_wanted() {
    let taobao = |references| of(references, "taobao.order.purchase_create", "sellerOrderNumber", &Json::Null);
    assert_eq!(taobao(References::Off), Json::Null);
    assert_eq!(taobao(References::Auto), MADE);
    assert_eq!(taobao(References::AutoInMessages), MADE);
    // A seller reads the message: that needs a word of its own.
    let alibaba = |references| of(references, "alibaba.order.create", "message", &Json::Null);
    assert_eq!(alibaba(References::Off), Json::Null);
    assert_eq!(alibaba(References::Auto), Json::Null);
    assert_eq!(alibaba(References::AutoInMessages), MADE);
}

#[test]
fn what_the_caller_says_stays() {
    let taobao = |value: &str| of(References::Auto, "taobao.order.purchase_create", "sellerOrderNumber", &json!(value));
    assert_eq!(taobao("mine-1"), "mine-1");
    assert_eq!(taobao(""), MADE, "an empty one is none");
    let words = of(References::AutoInMessages, "alibaba.order.create", "message", &json!("请小心包装"));
    assert_eq!(words, "请小心包装");
}

#[test]
fn no_message_is_made_up_where_the_call_carries_its_own_number() {
    let id = "alibaba.order.create";
    let mut params = order(id);
    params["outOrderId"] = json!("mine-2");
    let body = sent(&mut call(References::AutoInMessages, id, &params), NOW, [7; Nonce::LENGTH]);
    assert_eq!((&body["message"], &body["outOrderId"]), (&Json::Null, &json!("mine-2")));
}

#[test]
fn a_call_keeps_its_reference_through_its_attempts_and_the_ticket_has_it() {
    let id = "taobao.order.purchase_create";
    let mut exchange = call(References::Auto, id, &order(id));
    assert_eq!(sent(&mut exchange, NOW, [7; Nonce::LENGTH])["sellerOrderNumber"], MADE);
    let refused = exchange::FailureKind::Lost(xportcn_core::TransportKind::Connect);
    exchange.on_failure(refused, false, "refused").unwrap();
    let Step::Wait(millis) = exchange.step(NOW + 1, [9; Nonce::LENGTH]) else { panic!("no wait") };
    assert_eq!(sent(&mut exchange, NOW + 1 + millis, [9; Nonce::LENGTH])["sellerOrderNumber"], MADE);
    exchange.on_failure(exchange::FailureKind::Timeout, true, "").unwrap();
    let Step::Done(Err(error)) = exchange.step(NOW + 40_000, [9; Nonce::LENGTH]) else { panic!("not over") };
    assert!(matches!(error, Error::AmbiguousWrite { .. }), "{error}");
    let ticket: Json = serde_json::from_str(&error.ticket().unwrap().to_json()).unwrap();
    assert_eq!(ticket["params"]["sellerOrderNumber"], MADE);
}

#[test]
fn other_writes_are_sent_as_they_are() {
    for (id, params) in [
        ("taobao.order.purchase_pay", json!({"orderId": "77"})),
        ("taobao.order.purchase_cancel", json!({"orderId": "78"})),
        ("poizon.order.create", order("poizon.order.create")),
    ] {
        let plain = sent(&mut call(References::Off, id, &params), NOW, [7; Nonce::LENGTH]);
        assert_eq!(sent(&mut call(References::AutoInMessages, id, &params), NOW, [7; Nonce::LENGTH]), plain, "{id}");
    }
}
