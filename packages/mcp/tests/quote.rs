//! What writes cost, asked of the sandbox, beside what it then takes.

use serde_json::{Map, Value, json};
use xportcn::{Client, Config, endpoint};
use xportcn_mcp::guard::{Limits, Quote, Refusal, normal, quote};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Running, Sandbox, USER_ID};

async fn started() -> (Running, Client) {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    (sandbox, Client::new(config).unwrap())
}

fn order(most: &str) -> Map<String, Value> {
    let order = json!({
        "orderLineList": [{"itemId": "77000000001", "skuId": "1", "quantity": 1}],
        "receiver": {"name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市", "address": "象山路1号"},
        "purchaseAmount": most,
    });
    order.as_object().unwrap().clone()
}

async fn quoted(client: &Client, row: &str, params: &Map<String, Value>, limits: &Limits) -> Result<Quote, Refusal> {
    let row = endpoint(row).unwrap();
    quote(client, row, &normal(row, params)?, limits).await
}

/// A variant of the product that the sandbox has, and an order for it.
async fn real_order(client: &Client, most: &str) -> Map<String, Value> {
    let shown = client.send_json("taobao.product.get", r#"{"itemId":"77000000001"}"#).await.unwrap();
    let shown: Value = serde_json::from_str(&shown.data).unwrap();
    let mut order = order(most);
    order["orderLineList"][0]["skuId"] = shown["skuList"][0]["skuId"].clone();
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_may_cost_what_it_says_and_a_payment_what_the_order_came_to() {
    let (sandbox, client) = started().await;
    let order = real_order(&client, "99999999").await;
    let create = quoted(&client, "taobao.order.purchase_create", &order, &Limits::default()).await.unwrap();
    assert_eq!(create.sum.unwrap().unwrap().to_string(), "999999.99 CNY");
    let previewed = create.previewed.unwrap();

    let made = client.send_json("taobao.order.purchase_create", Value::Object(order).to_string()).await.unwrap();
    let made: Value = serde_json::from_str(&made.data).unwrap();
    let id = made["orderList"][0]["purchaseId"].as_str().unwrap();
    let pay = json!({"purchaseOrderIdList": [id], "orderId": id});
    let pay = quoted(&client, "taobao.order.purchase_pay", pay.as_object().unwrap(), &Limits::default()).await.unwrap();
    assert_eq!(pay.paid, [id]);
    assert_eq!(pay.sum.unwrap().unwrap(), previewed);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_would_cost_more_than_it_says_is_refused_before_it_is_sent() {
    let (sandbox, client) = started().await;
    let order = real_order(&client, "1").await;
    let refused = quoted(&client, "taobao.order.purchase_create", &order, &Limits::default()).await;
    assert!(refused.err().unwrap().words.contains("purchaseAmount"));
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_looked_at_has_no_sum() {
    let (sandbox, client) = started().await;
    for (row, params) in [
        ("taobao.order.pay", json!({"orderId": "9990000000000000001"})),
        ("poizon.order.pay", json!({"orderId": "1"})),
        ("alibaba.order.batch_submit_payment", json!({"orderIds": []})),
    ] {
        let quote = quoted(&client, row, params.as_object().unwrap(), &Limits::default()).await.unwrap();
        let why = quote.sum.unwrap_err();
        assert_eq!(Limits::default().check_sum(row, Err(&why)).unwrap_err().limit, Some("unknown_sum"), "{row}");
    }
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_listed_sellers_are_bought_from() {
    let (sandbox, client) = started().await;
    let order = real_order(&client, "99999999").await;
    let shown = client.send_json("taobao.product.get", r#"{"itemId":"77000000001"}"#).await.unwrap();
    let shown: Value = serde_json::from_str(&shown.data).unwrap();
    let seller = shown["userNick"].as_str().unwrap();
    for (allowed, is_allowed) in [(seller, true), ("somebody else", false)] {
        let limits = Limits { sellers: vec![allowed.to_string()], ..Limits::default() };
        let quote = quoted(&client, "taobao.order.purchase_create", &order, &limits).await.unwrap();
        assert_eq!(limits.check_facts(&quote.facts).is_ok(), is_allowed, "{allowed}");
    }
    sandbox.stop().await;
}
