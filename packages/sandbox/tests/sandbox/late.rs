//! Writes that show late in what reads give, and writes that are carried out late.

use crate::host::{Headers, Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, json};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use xportcn_sandbox::{Delay, Faults, Reason, Sandbox};

const LATE_MS: u64 = 60_000;

async fn late_host() -> Host {
    Host::start_with(Sandbox::builder().clock(|| NOW_MS).show_after(Duration::from_millis(LATE_MS))).await
}

async fn faulty(faults: &str) -> Host {
    let faults: Faults = faults.parse().unwrap_or_else(|error| panic!("{faults}: {error}"));
    Host::start_with(Sandbox::builder().clock(|| NOW_MS).faults(faults)).await
}

/// Lets time pass, and gives a shopper whose clock has followed.
async fn advance<'a>(shopper: &Shopper<'a>, step_ms: u64) -> Shopper<'a> {
    shopper.control("POST", "clock", &format!(r#"{{"advanceMs":{step_ms}}}"#)).await;
    Shopper { now_ms: shopper.now_ms + step_ms, ..*shopper }
}

fn create(reference: &str) -> Value {
    json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": json(RECEIVER), "sellerOrderNumber": reference,
    })
}

/// Creates an order on Taobao; gives its id and that of its line.
async fn order(shopper: &Shopper<'_>, reference: &str) -> [Value; 2] {
    let created = shopper.call("taobao.order.purchase_create", create(reference)).await;
    let order = &created["orderList"][0];
    [order["purchaseId"].clone(), order["orderLineList"][0]["subPurchaseOrderId"].clone()]
}

/// The references of the orders on a page.
async fn listed(shopper: &Shopper<'_>, row: &str, page: Value) -> Vec<String> {
    let page = shopper.call(row, page).await;
    let orders = page["data"].as_array().unwrap().iter();
    orders.map(|order| order["sellerOrderNumber"].as_str().unwrap().to_string()).collect()
}

#[tokio::test]
async fn an_order_shows_late_in_lists_and_details_and_can_be_paid_before() {
    let host = late_host().await;
    let shopper = Shopper::new(&host);
    let [id, _] = order(&shopper, "early").await;
    let other = json!({"flow": "general", "addressParam": json(ADDRESS),
        "cargoParamList": [{"offerId": "706627393257", "specId": SPEC, "quantity": "2"}]});
    let other = shopper.call("alibaba.order.create", other).await["orderId"].clone();
    for row in ["taobao.order.page", "taobao.order.purchase_page"] {
        assert_eq!(listed(&shopper, row, json!({})).await, Vec::<String>::new(), "{row}");
    }
    let hidden = shopper.call("alibaba.order.page", json!({})).await;
    assert_eq!((&hidden["result"], &hidden["totalRecord"]), (&json!([]), &json!(0)), "{hidden}");
    shopper.is_refused("taobao.order.get", json!({"orderId": id}), Reason::UnknownOrder).await;
    shopper.is_refused("alibaba.order.get", json!({"webSite": "1688", "orderId": other}), Reason::UnknownOrder).await;
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(ledger["created"], 2, "carried out all the same");

    // Half the time later it is paid, which shows after the creation does.
    let shopper = advance(&shopper, LATE_MS / 2).await;
    let paid = shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    assert_eq!(paid["willPayPurchaseOrderIds"], json!([id]));
    shopper.is_refused("taobao.order.pay", json!({"orderId": id}), Reason::AlreadyPaid).await;
    let shopper = advance(&shopper, LATE_MS / 2 - 1).await;
    shopper.is_refused("taobao.order.get", json!({"orderId": id}), Reason::UnknownOrder).await;
    let shopper = advance(&shopper, 1).await;
    let status = |shown: Value| shown["orderStatus"].clone();
    assert_eq!(status(shopper.call("taobao.order.get", json!({"orderId": id})).await), 0);
    assert_eq!(listed(&shopper, "taobao.order.purchase_page", json!({})).await, ["early"]);
    let shown = shopper.call("alibaba.order.page", json!({})).await;
    assert_eq!(shown["result"][0]["baseInfo"]["id"], other);
    let shopper = advance(&shopper, LATE_MS / 2).await;
    assert_eq!(status(shopper.call("taobao.order.get", json!({"orderId": id})).await), 10);
}

#[tokio::test]
async fn carts_addresses_and_after_sales_show_late_too() {
    let host = late_host().await;
    let shopper = Shopper::new(&host);
    let [id, line] = order(&shopper, "own").await;
    shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    let submit = json!({"subOrderId": line, "goodsStatus": 1, "refundType": 1});
    let claim = shopper.call("taobao.after_sale.submit", submit.clone()).await;
    let claim = json!({"refundId": claim["refundOrderAggregate"]["refundOrder"]["refundId"]});
    let cart = shopper.call("alibaba.cart.add", json!({"offerId": "1", "quantity": 1})).await["id"].clone();
    shopper.call("address.save", json!({"name": "张三", "city": "杭州市"})).await;
    let lists = || async {
        let claims = shopper.call("taobao.after_sale.list", json!({"pageSize": 5})).await["data"].clone();
        [claims, shopper.call("alibaba.cart.list", json!({})).await["enableList"].clone()]
    };
    assert_eq!(lists().await, [json!([]), json!([])]);
    assert_eq!(shopper.call("address.list", json!({})).await, json!([]));
    shopper.is_refused("taobao.after_sale.get", claim.clone(), Reason::UnknownRefund).await;

    let shopper = advance(&shopper, LATE_MS).await;
    assert_eq!(
        shopper.call("taobao.after_sale.list", json!({"pageSize": 5})).await["data"].as_array().unwrap().len(),
        1
    );
    assert_eq!(shopper.call("address.list", json!({})).await[0]["name"], "张三");
    let rendered = shopper.call("taobao.after_sale.render", submit).await;
    assert_eq!(rendered["refundOrderTemplate"]["refundOrder"]["refundId"], claim["refundId"]);

    // What is changed, said or taken out shows late as well.
    let said = json!({"refundId": claim["refundId"], "refundMessage": "尺码不合适"});
    shopper.call("taobao.after_sale.submit_message", said).await;
    shopper.call("taobao.after_sale.cancel", claim.clone()).await;
    shopper.call("alibaba.cart.delete", json!({"cartIds": [cart]})).await;
    shopper.is_refused("alibaba.cart.delete", json!({"cartIds": [cart]}), Reason::UnknownCartLine).await;
    let status = |shown: Value| shown["refundOrderAggregate"]["refundOrder"]["refundStatus"].clone();
    assert_eq!(status(shopper.call("taobao.after_sale.get", claim.clone()).await), 10);
    assert_eq!(shopper.call("taobao.after_sale.messages", claim.clone()).await, json!([]));
    let in_cart = shopper.call("alibaba.cart.list", json!({})).await;
    assert_eq!(in_cart["enableList"][0]["cartItemInfos"][0]["id"], cart);
    let shopper = advance(&shopper, LATE_MS).await;
    assert_eq!(status(shopper.call("taobao.after_sale.get", claim.clone()).await), -20);
    assert_eq!(shopper.call("taobao.after_sale.messages", claim).await[0]["refundMessage"], "尺码不合适");
    assert_eq!(shopper.call("alibaba.cart.list", json!({})).await["enableList"], json!([]));
}

#[tokio::test]
async fn pages_count_what_they_show() {
    let faults = r#"{"rules": [{"endpoint": "taobao.order.purchase_create", "kinds": ["hidden"], "showAfterMs": "60000-60000",
        "skip": 2, "count": 2}]}"#;
    let faults = Faults::from_json(faults).unwrap();
    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).faults(faults)).await;
    let shopper = Shopper::new(&host);
    for reference in ["a", "b", "hidden 1", "hidden 2", "c"] {
        order(&shopper, reference).await;
    }
    let page = |number: u32| json!({"pageNo": number, "pageSize": 2});
    let row = "taobao.order.page";
    assert_eq!(listed(&shopper, row, page(1)).await, ["c", "b"]);
    assert_eq!(listed(&shopper, row, page(2)).await, ["a"]);
    let total = shopper.call(row, page(1)).await["resultsTotal"].clone();
    assert_eq!(total.as_str().map_or(total.to_string(), String::from), "3");
    let later = advance(&shopper, 60_000).await;
    assert_eq!(listed(&later, row, page(1)).await, ["c", "hidden 2"]);
    assert_eq!(listed(&later, row, page(2)).await, ["hidden 1", "b"]);
    assert_eq!(listed(&later, row, page(3)).await, ["a"]);
}

/// Posts a creation, and gives what came of it: `answered` or `lost`.
async fn sent(host: &Host, reference: &str) -> &'static str {
    let body = json!({
        "orderLineList": json!([{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": "1"}]).to_string(),
        "purchaseAmount": 1, "sellerOrderNumber": reference,
        "receiver": json(RECEIVER).to_string().replace("mobilePhone", "mobile_phone"),
    });
    let request = host.request("POST", "/open/order", &Headers::genuine()).header("content-type", "application/json");
    match request.body(body.to_string()).send().await {
        Ok(answer) => answer.bytes().await.map_or("lost", |_| "answered"),
        Err(_) => "lost",
    }
}

#[tokio::test]
async fn a_late_write_is_carried_out_after_its_answer_is_lost() {
    let host = faulty("kinds=late,late-ms=300-600,endpoint=taobao.order.purchase_create,count=1").await;
    let shopper = Shopper::new(&host);
    let started = Instant::now();
    assert_eq!(sent(&host, "late").await, "lost");
    let created = || async { shopper.control("GET", "ledger", "").await["created"].clone() };
    assert_eq!(created().await, 0);
    assert!(started.elapsed() < Duration::from_millis(300), "too slow to tell: {:?}", started.elapsed());
    while created().await == 0 {
        assert!(started.elapsed() < Duration::from_secs(5), "never carried out");
        sleep(Duration::from_millis(10)).await;
    }
    assert!(started.elapsed() >= Duration::from_millis(300), "{:?}", started.elapsed());
    sleep(Duration::from_millis(700)).await;
    assert_eq!(created().await, 1, "carried out once");
    assert_eq!(listed(&shopper, "taobao.order.page", json!({})).await, ["late"]);
    let injected = shopper.control("GET", "faults", "").await;
    assert_eq!(injected["kinds"]["late"], json!({"before": 0, "after": 1}));
}

#[tokio::test]
async fn a_late_write_of_a_sandbox_that_has_stopped_is_not_carried_out() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("late-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("state");
    let faults: Faults = "kinds=late,late-ms=200".parse().unwrap();
    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(&file).faults(faults)).await;
    assert_eq!(sent(&host, "late").await, "lost");
    host.sandbox.stop().await;
    sleep(Duration::from_millis(400)).await;
    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(&file)).await;
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await["created"], 0);
    host.sandbox.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_can_show_late() {
    let host = faulty("kinds=reset,when=after,show-after-ms=60000,endpoint=taobao.order.purchase_create").await;
    let shopper = Shopper::new(&host);
    assert_eq!(sent(&host, "own").await, "lost");
    assert_eq!(shopper.control("GET", "ledger", "").await["created"], 1);
    assert_eq!(listed(&shopper, "taobao.order.page", json!({})).await, Vec::<String>::new());
    let later = advance(&shopper, 60_000).await;
    assert_eq!(listed(&later, "taobao.order.page", json!({})).await, ["own"]);
}

#[tokio::test]
async fn nothing_answers_and_a_write_is_done_or_not() {
    for (when, created) in [("before", 0), ("after", 1)] {
        let host = faulty(&format!("kinds=silent,when={when}")).await;
        let gone = tokio::time::timeout(Duration::from_millis(300), sent(&host, "own")).await;
        assert!(gone.is_err(), "{when}: answered");
        let ledger = Shopper::new(&host).control("GET", "ledger", "").await;
        assert_eq!(ledger["created"], created, "{when}");
        let started = Instant::now();
        host.sandbox.stop().await;
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn an_envelope_says_that_the_platform_failed_and_a_reset_comes_within_the_request() {
    for (when, created) in [("before", 0), ("after", 1)] {
        let host = faulty(&format!("kinds=envelope-503,when={when},endpoint=taobao.order.*")).await;
        let answer = host.post("/open/order", &Headers::genuine(), "{}").await;
        assert_eq!((answer.status, answer.code()), (200, 503));
        assert_eq!(sent(&host, "own").await, "answered");
        assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await["created"], created, "{when}");
    }
    let host = faulty("kinds=reset,when=within").await;
    assert_eq!(sent(&host, "own").await, "lost");
    let shopper = Shopper::new(&host);
    assert_eq!(shopper.control("GET", "ledger", "").await["created"], 0);
    assert_eq!(shopper.control("GET", "faults", "").await["kinds"]["reset"], json!({"before": 1, "after": 0}));
}

#[tokio::test]
async fn what_shows_late_is_kept_in_the_file_at_once() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("shows-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("state");
    let start = || Sandbox::builder().clock(|| NOW_MS).state(&file).show_after(Delay::of_ms(LATE_MS));
    let host = Host::start_with(start()).await;
    let shopper = Shopper::new(&host);
    order(&shopper, "own").await;
    assert_eq!(listed(&shopper, "taobao.order.page", json!({})).await, Vec::<String>::new());
    host.sandbox.stop().await;
    let host = Host::start_with(start()).await;
    assert_eq!(listed(&Shopper::new(&host), "taobao.order.page", json!({})).await, ["own"]);
    host.sandbox.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
}
