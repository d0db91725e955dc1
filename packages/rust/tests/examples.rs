//! The programs of the documentation's pages, against the sandbox. `main` of each stands for a program of its own.
#![allow(dead_code)]

#[path = "../examples/errors.rs"]
mod errors;
#[path = "../examples/first_call.rs"]
mod first_call;
#[path = "../examples/many.rs"]
mod many;
#[path = "../examples/order.rs"]
mod order;
#[path = "../examples/pushed.rs"]
mod pushed;
#[path = "../examples/refund.rs"]
mod refund;
#[path = "../examples/search.rs"]
mod search;

use order::{order, pay};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use xportcn::push::TestMessage;
use xportcn::{Client, Waited};

// region tests
use xportcn::taobao::order::PurchasePay;
use xportcn::{Config, Outcome};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Faults, Running, Sandbox, USER_ID};

fn config(sandbox: &Running) -> Config {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    config
}

#[tokio::test]
async fn an_order_is_paid() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let client = Client::new(config(&sandbox)).unwrap();
    let order = order(&client, "test-1").await.unwrap().unwrap();
    let id = order.purchase_id.unwrap().to_string();
    assert!(pay(&client, &id).await.unwrap());
}

#[tokio::test]
async fn a_payment_whose_answer_is_lost_is_found() {
    let losing =
        r#"{"rules": [{"endpoint": "taobao.order.purchase_pay", "kinds": ["reset"], "when": "after", "count": 1}]}"#;
    let sandbox = Sandbox::builder().faults(Faults::from_json(losing).unwrap()).start().await.unwrap();
    let client = Client::new(config(&sandbox)).unwrap();
    let order = order(&client, "test-2").await.unwrap().unwrap();
    let pay = PurchasePay { order_id: order.purchase_id, ..Default::default() };
    let lost = client.send(pay).await.unwrap_err();
    assert!(matches!(client.recover(lost.ticket().unwrap()).await.unwrap(), Outcome::Done { .. }));
}
// endregion

async fn started() -> (Running, Client) {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let client = Client::new(config(&sandbox)).unwrap();
    (sandbox, client)
}

#[tokio::test]
async fn the_first_call_is_answered() {
    let (_sandbox, client) = started().await;
    first_call::first(&client).await.unwrap();
}

#[tokio::test]
async fn a_search_goes_over_pages() {
    let (_sandbox, client) = started().await;
    let mut found = search::search(&client, "鞋").await.unwrap();
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 25);
    assert!(search::detail(&client, "889512351602").await.unwrap() > 1);
}

#[tokio::test]
async fn a_refund_is_asked_for_and_reached_when_the_seller_agrees() {
    let (sandbox, client) = started().await;
    let order = order(&client, "refund-1").await.unwrap().unwrap();
    let id = order.purchase_id.unwrap().to_string();
    assert!(pay(&client, &id).await.unwrap());
    let line = order.order_line_list[0].sub_purchase_order_id.clone().unwrap().to_string();
    let (seller, buyer, of) = (client.clone(), client.clone(), id.clone());
    let url = sandbox.url();
    let agreed = tokio::spawn(async move { agree(&seller, &url, &of).await });
    let waited = refund::refund(&buyer, &id, &line).await.unwrap();
    assert!(matches!(waited, Some(Waited::Reached { .. })), "{waited:?}");
    agreed.await.unwrap();
}

/// The seller, who agrees to the first refund of an order.
async fn agree(client: &Client, url: &str, order_id: &str) {
    use xportcn::taobao::after_sale::List;
    let list = List { purchase_order_id: Some(order_id.into()), page_size: 10, ..Default::default() };
    loop {
        if let Some(found) = client.items(&list).unwrap().next().await {
            let id = found.unwrap().refund_order.unwrap().refund_id.unwrap();
            let address = url.trim_start_matches("http://");
            let mut stream = TcpStream::connect(address).await.unwrap();
            let request = format!("POST /sandbox/agree/{id} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_pushed_message_is_read_and_another_refused() {
    let (_sandbox, client) = started().await;
    let signed = client.sign_push(&TestMessage::new("ORDER_PAY_SUCCESS")).unwrap();
    assert_eq!(pushed::receive(&client, &signed.authorization, &signed.body), 200);
    assert_eq!(pushed::receive(&client, &"0".repeat(64), &signed.body), 401);
    let unreadable = client.sign_push(&TestMessage::new("ORDER_PAY_SUCCESS")).unwrap();
    assert_eq!(pushed::receive(&client, "", &unreadable.body), 401);
}

#[tokio::test]
async fn many_calls_are_all_answered() {
    let (sandbox, _) = started().await;
    let ids: Vec<String> = (0..40).map(|number| (672_991_141_190_u64 + number).to_string()).collect();
    assert_eq!(many::titles(config(&sandbox), ids).await.unwrap(), 40);
}

#[tokio::test]
async fn errors_say_what_happened() {
    let (_sandbox, client) = started().await;
    assert!(errors::pay(&client, "").await.unwrap().starts_with("nothing was sent: orderId "));
    assert!(errors::pay(&client, "1").await.unwrap().starts_with("the platform says no: 42001 "));
}
