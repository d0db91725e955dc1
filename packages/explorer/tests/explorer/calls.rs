//! Calls that the page makes: what is asked first, and what is told of them.

use crate::page::{ACCESS_KEY, Page};
use serde_json::{Value, json};
use xportcn_sandbox::{Call, Faults};

const RENDER: &str = "taobao.after_sale.render";

fn render() -> Value {
    json!({"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1})
}

fn of_line(quantity: u32) -> Value {
    json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": quantity}],
        "purchaseAmount": "1000000",
        "receiver": {
            "name": "张三", "mobilePhone": "13800138000", "zip": "310000", "country": "中国", "state": "浙江省",
            "city": "杭州市", "district": "余杭区", "address": "文一西路969号"
        },
        "sellerOrderNumber": "own-1",
    })
}

async fn asked(page: &Page, id: &str, params: &Value) -> (u16, Value) {
    let answer = page.post("/api/call", &json!({"id": id, "params": params})).await;
    (answer.status, answer.json())
}

fn kinds(seen: &Value) -> Vec<&str> {
    seen["events"].as_array().unwrap().iter().map(|event| event["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_call_shows_what_was_sent_and_what_came_back() {
    let page = Page::open().await;
    let (status, seen) = asked(&page, RENDER, &render()).await;
    assert_eq!((status, &seen["error"]), (200, &Value::Null));
    let [attempt] = seen["attempts"].as_array().unwrap().as_slice() else { panic!("{seen:#}") };
    assert_eq!(attempt["method"], "POST");
    assert_eq!(attempt["url"], format!("{}/open/order/refund/render", page.sandbox.url()));
    assert_eq!(serde_json::from_str::<Value>(attempt["body"].as_str().unwrap()).unwrap(), render());
    let headers = attempt["headers"].as_array().unwrap();
    let header = |name: &str| headers.iter().find(|header| header[0] == name).map(|header| header[1].as_str().unwrap());
    assert_eq!(header("signature"), Some("••••"));
    assert_eq!(header("access-key"), Some(ACCESS_KEY));
    assert_eq!(header("nonce-str").map(str::len), Some(32));

    let raw: Value = serde_json::from_str(attempt["answer"]["body"].as_str().unwrap()).unwrap();
    let data: Value = serde_json::from_str(seen["data"].as_str().unwrap()).unwrap();
    let fee = "/refundOrderTemplate/maxRefundFee/refundFee";
    let raw_fee = raw["data"].pointer(fee).unwrap();
    assert_eq!(data.pointer(fee).unwrap().as_str().unwrap(), raw_fee.as_str().map_or(raw_fee.to_string(), Into::into));
    assert_eq!(seen["reply"]["requestId"], raw["requestId"]);
    assert_eq!(kinds(&seen), ["started", "sent", "answered", "ended"]);
}

#[tokio::test]
async fn every_attempt_and_every_wait_is_in_the_timeline() {
    let faults =
        Faults::from_json(r#"{"rules": [{"kinds": ["503"], "count": 1}, {"kinds": ["reset"], "count": 1}]}"#).unwrap();
    let page = Page::open_with(|sandbox| sandbox.faults(faults)).await;
    let (_, seen) = asked(&page, RENDER, &render()).await;
    assert_eq!(
        kinds(&seen),
        ["started", "sent", "answered", "retrying", "sent", "failed", "retrying", "sent", "answered", "ended"],
        "{seen:#}"
    );
    let attempts = seen["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 3);
    assert_eq!(attempts[0]["answer"]["status"], 503);
    assert_eq!(attempts[1]["answer"]["maybeSent"], true);
    assert_eq!(attempts[2]["answer"]["status"], 200);
    let nonce =
        |at: usize| attempts[at]["headers"].as_array().unwrap().iter().find(|one| one[0] == "nonce-str").cloned();
    assert_ne!(nonce(0), nonce(1), "each attempt is shown as it was sent itself");
    let waits: Vec<_> =
        seen["events"].as_array().unwrap().iter().filter_map(|event| event["waitMs"].as_u64()).collect();
    assert_eq!(waits.len(), 2, "{seen:#}");
    let span = seen["events"][9]["atMs"].as_u64().unwrap() - seen["events"][0]["atMs"].as_u64().unwrap();
    assert!(span >= waits.iter().sum(), "{seen:#}");
}

#[tokio::test]
async fn calls_at_the_same_time_do_not_mix() {
    let page = Page::open().await;
    let calls = (1..=20).map(|number| {
        let page = &page;
        async move {
            let (_, seen) = asked(page, "taobao.order.get", &json!({"orderId": number.to_string()})).await;
            (number, seen)
        }
    });
    for (number, seen) in futures_util::future::join_all(calls).await {
        let attempts = seen["attempts"].as_array().unwrap();
        assert_eq!(attempts.len(), 1);
        assert!(attempts[0]["url"].as_str().unwrap().ends_with(&format!("orderId={number}")), "{seen:#}");
    }
}

#[tokio::test]
async fn a_warning_names_its_field() {
    let page = Page::open_with(|sandbox| {
        sandbox.answer(RENDER, |_: &Call<'_>| Ok(serde_json::value::to_raw_value(&json!({"currency": {}})).unwrap()))
    })
    .await;
    let (_, seen) = asked(&page, RENDER, &render()).await;
    let warnings = seen["reply"]["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|one| one["path"] == "data.currency" && one["found"] == "an object"), "{seen:#}");
    assert!(kinds(&seen).contains(&"warned"));
}

#[tokio::test]
async fn an_error_has_its_members() {
    let page = Page::open().await;
    let (_, wrong) = asked(&page, RENDER, &json!({"subOrderId": [], "goodsStatus": 1, "refundType": 1})).await;
    assert_eq!(wrong["error"]["kind"], "InvalidRequest");
    assert_eq!(wrong["error"]["path"], "subOrderId");
    assert_eq!((&wrong["attempts"], &wrong["events"]), (&json!([]), &json!([])), "nothing was sent");
    let (_, refused) = asked(&page, "taobao.order.get", &json!({"orderId": "1"})).await;
    assert_eq!((&refused["error"]["kind"], &refused["error"]["code"]), (&json!("Api"), &json!("42001")));
    assert!(refused["data"].is_null() && refused["reply"].is_null());

    for (body, status, refusal) in [
        (json!({"id": "no.such.row", "params": {}}), 404, "endpoint"),
        (json!({"id": RENDER}), 400, "request"),
        (json!({"id": RENDER, "params": {}, "other": 1}), 400, "request"),
        (json!([]), 400, "request"),
    ] {
        let answer = page.post("/api/call", &body).await;
        assert_eq!((answer.status, &answer.json()["refused"]), (status, &json!(refusal)), "{body}");
    }
}

#[tokio::test]
async fn a_write_asks_first_with_the_sum_in_words() {
    let page = Page::open().await;
    let create = "taobao.order.purchase_create";
    let (status, question) = asked(&page, create, &of_line(2)).await;
    assert_eq!((status, &question["refused"]), (409, &json!("unconfirmed")));
    let most = json!([{
        "of": "purchaseAmount", "yuan": "10000.00", "words": {"en": "ten thousand yuan", "zh": "壹万元整"}
    }]);
    assert_eq!(question["sums"], most);
    let state = page.sandbox_state().await;
    assert_eq!(state["orders"], json!([]), "nothing was sent");

    let order = page.order(of_line(2)).await;
    let pay = json!({"orderId": order["orderId"]});
    let (status, question) = asked(&page, "taobao.order.pay", &pay).await;
    assert_eq!(status, 409);
    let known = page.sandbox_state().await["orders"][0]["totalInYuan"].clone();
    assert_eq!((&question["sums"][0]["of"], &question["sums"][0]["yuan"]), (&order["orderId"], &known), "{question:#}");
    assert_eq!(page.sandbox_state().await["orders"][0]["stage"], "unpaid");
    page.call("taobao.order.pay", pay).await;
    assert_eq!(page.sandbox_state().await["orders"][0]["stage"], "paid");

    let (_, unknown) = asked(&page, "taobao.order.pay", &json!({"orderId": "1"})).await;
    assert_eq!(unknown["sums"], json!([]), "there is no such order");
    let (status, wrong) = asked(&page, "taobao.order.pay", &json!({"orderId": []})).await;
    assert_eq!((status, &wrong["error"]["path"]), (200, &json!("orderId")), "what is wrong needs no question");
}

#[tokio::test]
async fn on_the_platform_writes_are_off_unless_they_are_allowed() {
    for writes in [false, true] {
        let page = Page::of_platform(writes).await;
        let session = page.get("/api/session").await.json();
        assert_eq!((&session["target"], &session["writes"]), (&json!("platform"), &json!(writes)));
        let body = json!({"id": "taobao.order.purchase_create", "params": of_line(1), "confirmed": true});
        let answer = page.post("/api/call", &body).await;
        assert_eq!(answer.status, if writes { 200 } else { 403 }, "{answer:?}");
        if !writes {
            assert_eq!(answer.json()["refused"], "writes");
        }
        assert_eq!(page.sandbox_state().await["orderCount"], i32::from(writes));
        assert_eq!(page.post("/api/call", &json!({"id": RENDER, "params": render()})).await.status, 200);
        for (path, body) in
            [("/api/sandbox", json!({"path": "clock", "body": {"advanceMs": 1}})), ("/pushed", json!({}))]
        {
            assert_eq!(page.post(path, &body).await.status, 404, "{path}: the platform has no such thing");
        }
        assert_eq!(page.get("/api/events").await.status, 404);
    }
}

#[tokio::test]
async fn a_call_outlives_the_page_that_made_it() {
    let page = Page::open().await;
    let body = json!({"id": "taobao.order.purchase_create", "params": of_line(1), "confirmed": true}).to_string();
    let head = format!(
        "POST /api/call HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncookie: {1}\r\ncontent-length: {2}\r\n\r\n",
        page.address,
        page.cookie,
        body.len()
    );
    let mut stream = tokio::net::TcpStream::connect(page.address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, format!("{head}{body}").as_bytes()).await.unwrap();
    drop(stream);
    let ordered = async {
        while page.sandbox_state().await["orderCount"] != 1 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), ordered).await.expect("the order is placed");
}
