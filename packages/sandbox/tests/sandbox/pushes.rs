//! Messages that the sandbox pushes: signed, parsed, and tried again.

use crate::host::{Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, json};
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use xportcn_core::alibaba::push::{OrderMessage, RefundMessage};
use xportcn_core::push::{self, Message};
use xportcn_core::taobao::push::PriceMessage;
use xportcn_core::{Amount, Secret};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Sandbox};

/// A developer's own server, which takes messages.
struct Receiver {
    url: String,
    deliveries: mpsc::UnboundedReceiver<Delivery>,
}

/// What came in one request.
struct Delivery {
    head: String,
    body: Vec<u8>,
    at: Instant,
}

impl Receiver {
    /// Answers with these statuses, the last one for ever; 0 answers nothing at all.
    async fn start(statuses: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?from=sandbox", listener.local_addr().unwrap());
        let (sender, deliveries) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            for count in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let delivery = read(&mut stream).await;
                let status = statuses.get(count).or(statuses.last()).unwrap();
                if *status > 0 {
                    let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n");
                    // A sender that has gone away is its own affair.
                    let _ = stream.write_all(answer.as_bytes()).await;
                } else {
                    // Kept open, so that the sender's patience decides.
                    tokio::spawn(async move {
                        let mut rest = Vec::new();
                        let _ = stream.read_to_end(&mut rest).await;
                    });
                }
                if sender.send(delivery).is_err() {
                    return;
                }
            }
        });
        Self { url, deliveries }
    }

    async fn next(&mut self) -> Delivery {
        timeout(Duration::from_secs(10), self.deliveries.recv()).await.expect("a message within 10 s").unwrap()
    }

    /// The next message, whose signature must be right.
    async fn message(&mut self) -> Message {
        let delivery = self.next().await;
        delivery.verify();
        let message = push::parse(&delivery.body).unwrap();
        assert_eq!(message.warnings, [], "{}", String::from_utf8_lossy(&delivery.body));
        message
    }

    async fn is_silent(&mut self) {
        assert!(timeout(Duration::from_millis(300), self.deliveries.recv()).await.is_err(), "another message came");
    }
}

impl Delivery {
    fn header(&self, name: &str) -> &str {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).unwrap_or_else(|| panic!("{name}: {}", self.head)).1
    }

    fn verify(&self) {
        assert!(self.head.starts_with("POST /hook?from=sandbox HTTP/1.1\r\n"), "{}", self.head);
        assert_eq!(self.header("content-type"), "application/json");
        let authorization = self.header("authorization");
        assert_eq!(authorization, authorization.to_lowercase());
        push::verify(ACCESS_KEY, &Secret::new(ACCESS_SECRET), authorization, &self.body).unwrap();
    }
}

async fn read(stream: &mut TcpStream) -> Delivery {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).await.unwrap();
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            if body.len() >= announced.parse().unwrap() {
                let start = head.len() + 4;
                return Delivery { head: head.to_string(), body: bytes[start..].to_vec(), at: Instant::now() };
            }
        }
        assert!(length > 0, "the request breaks off: {text}");
    }
}

async fn pushing_host(receiver: &Receiver, retry_ms: u64) -> Host {
    let builder = Sandbox::builder().clock(|| NOW_MS).push_url(&receiver.url);
    Host::start_with(builder.push_retry(Duration::from_millis(retry_ms))).await
}

async fn alibaba_order(shopper: &Shopper<'_>) -> Value {
    let create = json!({"flow": "general", "addressParam": json(ADDRESS),
        "cargoParamList": [{"offerId": "706627393257", "specId": SPEC, "quantity": "2"}]});
    shopper.call("alibaba.order.create", create).await
}

#[tokio::test]
async fn what_happens_to_a_1688_order_is_pushed_in_the_key_account_form() {
    let mut receiver = Receiver::start(&[200]).await;
    let host = pushing_host(&receiver, 60_000).await;
    let shopper = Shopper::new(&host);
    let order = alibaba_order(&shopper).await;
    let id = order["orderId"].as_str().unwrap();

    let delivery = receiver.next().await;
    delivery.verify();
    let raw: Value = serde_json::from_slice(&delivery.body).unwrap();
    assert!(raw["messageBody"].is_string(), "the content is JSON in text: {raw}");
    assert_eq!((&raw["messagePlatform"], &raw["timestamp"]), (&json!(1), &json!("1722484800000")));
    let created = push::parse(&delivery.body).unwrap();
    assert_eq!(created.message_type.as_deref(), Some("ORDER_CREATE"));
    assert_eq!(created.push.unwrap().id, "alibaba.push.order_status_changed");
    let content: OrderMessage = created.read().unwrap();
    assert_eq!(content.order_id.unwrap().as_str(), id);
    assert_eq!(content.total_amount.unwrap().to_string(), order["totalSuccessAmount"].as_str().unwrap());
    assert_eq!(content.product_amount.unwrap() + content.shipping_fee.unwrap(), content.total_amount.unwrap());
    assert_eq!((content.order_status.as_deref(), content.pay_status), (Some("WAITING_FOR_PAYMENT"), Some(1)));
    assert_eq!(content.tb_create_time.unwrap().as_millis(), i64::try_from(NOW_MS).unwrap());

    shopper.control("POST", &format!("price/{id}"), r#"{"total":"5000"}"#).await;
    let repriced = receiver.message().await;
    assert_eq!(repriced.push.unwrap().id, "alibaba.push.order_price_modified");
    assert_eq!(repriced.read::<OrderMessage>().unwrap().total_amount, Some(Amount::from(5000)));

    shopper.call("alibaba.order.pay_url", json!({"orderId": id})).await;
    let paid = receiver.message().await;
    assert_eq!(paid.message_type.as_deref(), Some("ORDER_PAY_SUCCESS"));
    let content: OrderMessage = paid.read().unwrap();
    assert_eq!((content.order_status.as_deref(), content.pay_status), (Some("WAITING_FOR_SENT"), Some(2)));
    assert!(content.pay_time.is_some());

    let other = alibaba_order(&shopper).await;
    receiver.message().await;
    let cancel = json!({"webSite": "1688", "orderId": other["orderId"], "cancelReason": "buyer_cancel"});
    shopper.call("alibaba.order.cancel", cancel).await;
    let cancelled = receiver.message().await;
    assert_eq!(cancelled.message_type.as_deref(), Some("ORDER_CANCEL"));
    assert_eq!(cancelled.read::<OrderMessage>().unwrap().close_reason.as_deref(), Some("buyer_cancel"));

    let shown = shopper.call("alibaba.order.get", json!({"webSite": "1688", "orderId": id})).await;
    let freight: i64 = order["postFee"].as_str().unwrap().parse().unwrap();
    let claim = json!({
        "orderId": id, "orderEntryIds": [shown["productItems"][0]["subItemId"]], "disputeRequest": "refund",
        "applyPayment": (5000 - freight).to_string(), "applyCarriage": "0", "applyReasonId": "20021",
        "description": "颜色不符", "goodsStatus": "refundWaitSellerSend",
    });
    let refund = shopper.call("alibaba.after_sale.create", claim).await;
    let refunding = receiver.message().await;
    assert_eq!(refunding.push.unwrap().id, "alibaba.push.order_refund");
    let content: RefundMessage = refunding.read().unwrap();
    assert_eq!(content.refund_id.unwrap().as_str(), refund["refundId"].as_str().unwrap());
    receiver.is_silent().await;
}

#[tokio::test]
async fn what_happens_to_a_taobao_order_is_pushed_with_its_content_as_an_object() {
    let mut receiver = Receiver::start(&[200]).await;
    let host = pushing_host(&receiver, 60_000).await;
    let shopper = Shopper::new(&host);
    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 2}],
        "purchaseAmount": "2", "receiver": json(RECEIVER),
    });
    let order = shopper.order("taobao.order.purchase_create", create).await;
    let delivery = receiver.next().await;
    delivery.verify();
    let raw: Value = serde_json::from_slice(&delivery.body).unwrap();
    assert_eq!((&raw["messageBody"]["salesOrderId"], &raw["messagePlatform"]), (&order["salesOrderId"], &json!(0)));
    assert_eq!(push::parse(&delivery.body).unwrap().push.unwrap().id, "taobao.push.order_status_changed");
    let id = order["orderId"].as_str().unwrap();
    shopper.control("POST", &format!("price/{id}"), r#"{"total":9500}"#).await;
    let repriced = receiver.message().await;
    assert_eq!(repriced.push.unwrap().id, "taobao.push.order_price_modified");
    let content: PriceMessage = repriced.read().unwrap();
    assert_eq!(content.sub_orders[0].product_amount, Some(Amount::from(9500)));
    assert_eq!(content.sub_orders[0].quantity, Some(2));
    shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    receiver.message().await;
    let submit = json!({"subOrderId": order["subOrders"][0]["subPurchaseOrderId"], "refundType": 1});
    shopper.call("taobao.after_sale.submit", submit).await;
    assert_eq!(receiver.message().await.push.unwrap().id, "taobao.push.order_refund");
}

#[tokio::test]
async fn a_message_that_is_not_taken_is_sent_again_as_it_was() {
    let mut receiver = Receiver::start(&[500, 302, 201, 200]).await;
    let host = pushing_host(&receiver, 50).await;
    alibaba_order(&Shopper::new(&host)).await;
    let first = receiver.next().await;
    first.verify();
    let mut last = first.at;
    for _ in 0..3 {
        let again = receiver.next().await;
        again.verify();
        assert_eq!(again.body, first.body);
        assert!(again.at - last >= Duration::from_millis(45), "{:?}", again.at - last);
        last = again.at;
    }
    receiver.is_silent().await;
}

#[tokio::test]
async fn after_five_repeats_a_message_is_given_up() {
    let mut receiver = Receiver::start(&[500]).await;
    let host = pushing_host(&receiver, 10).await;
    alibaba_order(&Shopper::new(&host)).await;
    let first = push::parse(&receiver.next().await.body).unwrap().id;
    for _ in 0..5 {
        assert_eq!(push::parse(&receiver.next().await.body).unwrap().id, first);
    }
    receiver.is_silent().await;
}

#[tokio::test]
async fn a_receiver_that_says_nothing_for_a_second_is_tried_again_and_holds_up_no_call() {
    let mut receiver = Receiver::start(&[0, 200]).await;
    let host = pushing_host(&receiver, 10).await;
    let started = Instant::now();
    let shopper = Shopper::new(&host);
    let order = alibaba_order(&shopper).await;
    shopper.call("alibaba.order.pay_url", json!({"orderId": order["orderId"]})).await;
    assert!(started.elapsed() < Duration::from_millis(900), "{:?}", started.elapsed());
    let first = receiver.next().await;
    // The other message comes between, for it waits for nothing.
    assert_eq!(push::parse(&receiver.next().await.body).unwrap().message_type.as_deref(), Some("ORDER_PAY_SUCCESS"));
    let again = receiver.next().await;
    assert_eq!(again.body, first.body);
    assert!(again.at - first.at >= Duration::from_millis(1000), "{:?}", again.at - first.at);
}

#[tokio::test]
async fn a_sandbox_that_pushes_stops_at_once() {
    let receiver = Receiver::start(&[0]).await;
    let host = pushing_host(&receiver, 10).await;
    alibaba_order(&Shopper::new(&host)).await;
    let started = Instant::now();
    host.sandbox.stop().await;
    assert!(started.elapsed() < Duration::from_millis(800), "{:?}", started.elapsed());
}

#[tokio::test]
async fn nothing_is_pushed_off_this_machine() {
    for (url, word) in [
        ("https://127.0.0.1:1/", "http://"),
        ("http://example.com/", "loopback"),
        ("http://127.0.0.1@example.com/", "loopback"),
        ("http://192.168.0.1/", "loopback"),
        ("/hook", "no host"),
        ("", "no URL"),
    ] {
        let refused = Sandbox::builder().push_url(url).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput);
        assert!(refused.to_string().contains(word), "{refused}");
    }
    let elsewhere = Sandbox::builder().allow_remote().push_url("http://app:3000/hook").start().await.unwrap();
    elsewhere.stop().await;
    for url in ["http://127.0.0.1:9/x", "http://[::1]:9", "http://localhost:9/"] {
        Sandbox::builder().push_url(url).start().await.unwrap().stop().await;
    }
}

#[tokio::test]
async fn the_end_of_a_payment_is_pushed_when_it_is_settled() {
    let mut receiver = Receiver::start(&[200]).await;
    let builder = Sandbox::builder().push_url(&receiver.url).settle_after(Duration::from_millis(400));
    let host = Host::start_with(builder).await;
    let now_ms = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap().as_millis();
    let shopper = Shopper { now_ms: now_ms.try_into().unwrap(), ..Shopper::new(&host) };
    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": json(RECEIVER),
    });
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(shopper.order("taobao.order.purchase_create", create.clone()).await["orderId"].clone());
        receiver.message().await;
    }
    let began = Instant::now();
    shopper.call("taobao.order.pay", json!({"orderId": ids[0]})).await;
    // Nobody looks at the orders meanwhile.
    let status = |message: Message| {
        let content = json(&message.body);
        (content["orderId"].clone(), content["orderStatus"].clone())
    };
    let paid = receiver.message().await;
    let waited = began.elapsed();
    assert!(Duration::from_millis(390) <= waited && waited < Duration::from_secs(3), "{waited:?}");
    assert_eq!(paid.push.unwrap().id, "taobao.push.order_status_changed");
    assert_eq!(status(paid), (ids[0].clone(), json!(10)));

    shopper.call("taobao.order.cancel", json!({"orderId": ids[1]})).await;
    assert_eq!(status(receiver.message().await), (ids[1].clone(), json!(4)));
    // A payment that fails is told, too: the order is as it was.
    shopper.call("taobao.order.pay", json!({"orderId": ids[2]})).await;
    let id = ids[2].as_str().unwrap();
    shopper.control("POST", &format!("settle/{id}"), r#"{"error":"the bank refused"}"#).await;
    assert_eq!(status(receiver.message().await), (ids[2].clone(), json!(0)));
    receiver.is_silent().await;
    host.sandbox.stop().await;
}

/// A sandbox whose warnings are kept.
async fn warned_host(url: &str) -> (Host, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    let warnings = std::sync::Arc::<std::sync::Mutex<Vec<String>>>::default();
    let kept = warnings.clone();
    let builder = Sandbox::builder().clock(|| NOW_MS).push_url(url).push_retry(Duration::from_millis(20));
    let builder = builder.on_warning(move |warning| kept.lock().unwrap().push(warning.to_string()));
    (Host::start_with(builder).await, warnings)
}

#[tokio::test]
async fn that_messages_do_not_arrive_is_said_once() {
    let mut receiver = Receiver::start(&[500, 302, 200, 503]).await;
    let (host, warnings) = warned_host(&receiver.url).await;
    let shopper = Shopper::new(&host);
    alibaba_order(&shopper).await;
    for _ in 0..3 {
        receiver.next().await;
    }
    alibaba_order(&shopper).await;
    for _ in 0..6 {
        receiver.next().await;
    }
    let url = receiver.url.split('?').next().unwrap();
    let warnings = warnings.lock().unwrap();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(&format!("{url}: answered with HTTP status 500, not 200")), "{warnings:?}");
}

#[tokio::test]
async fn that_nobody_listens_for_messages_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}/hook", listener.local_addr().unwrap().port());
    drop(listener);
    let (host, warnings) = warned_host(&url).await;
    alibaba_order(&Shopper::new(&host)).await;
    let said = async {
        while warnings.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(10), said).await.expect("a warning within 10 s");
    let warnings = warnings.lock().unwrap();
    assert!(warnings[0].contains(&url) && warnings[0].contains("refused"), "{warnings:?}");
}
