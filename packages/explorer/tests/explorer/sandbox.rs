//! The sandbox as the page shows it, and what the page does to it.

use crate::page::{Page, events};
use serde_json::{Value, json};

fn order() -> Value {
    json!({
        "orderLineList": [
            {"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1},
            {"itemId": "600129202197070073", "skuId": "4860968496626", "quantity": 2},
        ],
        "purchaseAmount": "1000000",
        "receiver": {
            "name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市", "district": "余杭区",
            "address": "象山路1号", "zip": "310024"
        },
        "sellerOrderNumber": "own-1",
    })
}

async fn act(page: &Page, path: &str, body: Value) -> (u16, Value) {
    let answer = page.post("/api/sandbox", &json!({"path": path, "body": body})).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn the_page_sees_each_change_as_it_comes() {
    let page = Page::open().await;
    let seen = events(&page, |events| !events.is_empty()).await;
    assert_eq!(seen[0]["orders"], json!([]), "the state comes at once");

    let watching = events(&page, |events| events.last().is_some_and(|state| state["orders"][0]["stage"] == "paid"));
    let acting = async {
        let placed = page.order(order()).await;
        page.call("taobao.order.pay", json!({"orderId": placed["orderId"]})).await;
    };
    let (seen, ()) = tokio::join!(watching, acting);
    let first = events(&page, |events| !events.is_empty()).await;
    assert_eq!(first[0]["orders"], seen.last().unwrap()["orders"], "whoever comes later sees the same");
}

#[tokio::test]
async fn a_page_that_watches_does_not_keep_the_explorer_running() {
    let page = Page::open().await;
    let watching = tokio::spawn({
        let (address, cookie) = (page.address, page.cookie.clone());
        async move {
            let head = format!("GET /api/events HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n");
            crate::page::send(address, &head, "").await
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let started = std::time::Instant::now();
    page.running.stop().await;
    assert!(started.elapsed().as_secs() < 3, "{:?}", started.elapsed());
    let stream =
        tokio::time::timeout(std::time::Duration::from_secs(3), watching).await.expect("the stream ends").unwrap();
    assert_eq!(stream.status, 200);
}

#[tokio::test]
async fn an_order_goes_through_its_states_by_the_page() {
    let page = Page::open().await;
    let placed = page.order(order()).await;
    let id = placed["orderId"].as_str().unwrap();
    let line = placed["subOrders"][0]["subPurchaseOrderId"].clone();
    let (status, repriced) = act(&page, &format!("price/{id}"), json!({"total": 1234})).await;
    assert_eq!((status, &repriced["total"]), (200, &json!(1234)));
    assert_eq!(act(&page, &format!("ship/{id}"), json!({})).await.0, 409, "it is not paid");
    page.call("taobao.order.pay", json!({"orderId": id})).await;
    let (_, half) = act(&page, &format!("ship/{id}"), json!({"lines": [line]})).await;
    assert_eq!(half["stage"], "paid");
    let (_, whole) = act(&page, &format!("ship/{id}"), json!({})).await;
    assert_eq!(whole["stage"], "shipped");
    let (_, received) = act(&page, &format!("deliver/{id}"), json!({})).await;
    assert_eq!(received["stage"], "received");
}

#[tokio::test]
async fn faults_the_clock_and_balances_are_set() {
    let page = Page::open().await;
    let rules = json!({"rules": [{"kinds": ["503"], "count": 2}]});
    assert_eq!(act(&page, "faults", rules).await.0, 200);
    assert_eq!(act(&page, "faults", json!({"rules": [{"kinds": ["no such"]}]})).await.0, 400);
    let (_, clock) = act(&page, "clock", json!({"advanceMs": 86_400_000})).await;
    assert_eq!(clock["offsetMs"], 86_400_000);
    let (_, balance) = act(&page, "balance/sandbox-user", json!({"balance": 5})).await;
    assert_eq!(balance["balance"], 5);
    let state = page.sandbox_state().await;
    assert_eq!((&state["clock"]["offsetMs"], &state["balances"]["sandbox-user"]), (&json!(86_400_000), &json!(5)));
    assert_eq!(state["faults"]["rules"][0]["count"], 2);
}

#[tokio::test]
async fn only_the_sandboxs_own_acts_are_passed_on() {
    let page = Page::open().await;
    for path in [
        "",
        "state",
        "ledger",
        "../open/order/pay",
        "ship/",
        "ship/../faults",
        "ship/1?x",
        "ship/1 HTTP/1.1",
        "clock/",
        "ship",
    ] {
        let (status, answer) = act(&page, path, json!({})).await;
        assert_eq!((status, &answer["refused"]), (400, &json!("request")), "{path:?}");
    }
}

#[tokio::test]
async fn pushed_messages_come_to_the_inbox_which_answers_as_it_is_told() {
    let page = Page::open_with(|sandbox| sandbox.push_retry(std::time::Duration::from_millis(50))).await;
    assert_eq!(page.post("/api/inbox", &json!(500)).await.json()["inbox"], 500);
    assert_eq!(page.get("/api/session").await.json()["inbox"], 500);
    let placed = page.order(order()).await;
    page.call("taobao.order.pay", json!({"orderId": placed["orderId"]})).await;
    let answers = |events: &[Value]| -> Vec<String> {
        let answers = events.last().and_then(|state| state["pushes"][0]["answers"].as_array()).into_iter().flatten();
        answers.map(|one| one["answer"].as_str().unwrap().to_string()).collect()
    };
    let failed = events(&page, |events| answers(events).len() > 1).await;
    assert!(answers(&failed).iter().all(|answer| answer.contains("500")), "{failed:#?}");
    page.post("/api/inbox", &json!(200)).await;
    let taken = events(&page, |events| answers(events).last().is_some_and(|answer| answer == "HTTP 200")).await;
    assert_eq!(taken.last().unwrap()["pushes"][0]["state"], "taken");
    for wrong in [json!(404), json!("200"), json!(null)] {
        assert_eq!(page.post("/api/inbox", &wrong).await.status, 400, "{wrong}");
    }
    assert_eq!(page.post("/pushed", &json!({"forged": true})).await.status, 401);
}
