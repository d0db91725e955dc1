//! The state in a file: what is answered is kept, and a file that is no state is left alone.

use crate::host::{Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, Shopper, json};
use serde_json::{Value, json};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use xportcn_sandbox::{Reason, Sandbox};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("state.json")
    }

    async fn host(&self) -> Host {
        Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(self.file())).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn create() -> Value {
    json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 3}],
        "purchaseAmount": "3", "receiver": json(RECEIVER), "sellerOrderNumber": "kept",
    })
}

#[tokio::test]
async fn everything_survives_in_the_file() {
    let folder = Folder::new("survives");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let order = shopper.call("taobao.order.purchase_create", create()).await;
    let id = json!({"orderId": order["orderId"]});
    shopper.call("taobao.order.pay", id.clone()).await;
    let submit = json!({"subOrderId": order["subOrders"][0]["purchaseOrderLineId"], "refundType": 1});
    let refund = shopper.call("taobao.after_sale.submit", submit).await;
    let refund = json!({"refundId": refund["refundOrderAggregate"]["refundOrder"]["refundId"]});
    shopper.call("address.save", json!({"name": "张三"})).await;
    shopper.call("alibaba.cart.add", json!({"offerId": "1", "quantity": 2})).await;
    let lines = json!([{"offerId": "706627393257", "quantity": "2.50"}]);
    let other = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
    let other = shopper.call("alibaba.order.create", other).await;
    let questions = [
        ("taobao.order.get", id),
        ("taobao.after_sale.get", refund),
        ("address.list", json!({})),
        ("alibaba.cart.list", json!({})),
        ("alibaba.order.get", json!({"orderId": other["orderId"], "webSite": "1688"})),
    ];
    let mut before = Vec::new();
    for (row, params) in &questions {
        before.push(shopper.call(row, params.clone()).await);
    }
    assert_eq!(before[4]["productItems"][0]["quantity"], "2.50");
    let ledger = shopper.control("GET", "ledger", "").await;
    host.sandbox.stop().await;

    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    for ((row, params), before) in questions.iter().zip(before) {
        assert_eq!(shopper.call(row, params.clone()).await, before, "{row}");
    }
    assert_eq!(shopper.control("GET", "ledger", "").await, ledger);
    let next = shopper.call("taobao.order.purchase_create", create()).await;
    assert!(next["orderId"].as_str() > other["orderId"].as_str(), "ids go on");
}

#[tokio::test]
async fn whatever_is_accepted_can_be_read_again() {
    let folder = Folder::new("depth");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let mut accepted = 0;
    for depth in (1..140).rev() {
        let address = (0..depth).fold(json!("\u{0}\u{ffff}😀"), |inner, _| json!([inner]));
        let create = json!({"addressParam": {"deep": address}, "cargoParamList": [{"offerId": "1", "quantity": 1}]});
        let path = "/poizon/order/create";
        let answer = host.post(path, &crate::host::Headers::genuine(), create.to_string()).await;
        if answer.json()["code"] == 200 {
            accepted += 1;
            if accepted > 3 {
                break;
            }
        }
    }
    assert!(accepted > 3);
    let page = shopper.call("poizon.order.page", json!({})).await;
    host.sandbox.stop().await;
    let host = folder.host().await;
    assert_eq!(Shopper::new(&host).call("poizon.order.page", json!({})).await, page);
}

#[tokio::test]
async fn the_file_has_every_answered_change_and_is_whole_at_any_moment() {
    let folder = Folder::new("whole");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let path = folder.file();
    let reader = tokio::task::spawn_blocking(move || {
        for _ in 0..300 {
            let text = fs::read_to_string(&path).unwrap();
            serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        }
    });
    for _ in 0..30 {
        let order = shopper.call("taobao.order.purchase_create", create()).await;
        let kept = json(&fs::read_to_string(folder.file()).unwrap());
        assert_eq!((&kept["format"], &kept["version"]), (&json!("xportcn-sandbox-state"), &json!(1)));
        assert_eq!(kept["state"]["orders"][order["orderId"].as_str().unwrap()]["stage"], "unpaid");
    }
    reader.await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_state_is_refused_and_left_as_it_is() {
    let folder = Folder::new("refused");
    let path = folder.file();
    let host = folder.host().await;
    Shopper::new(&host).call("taobao.order.purchase_create", create()).await;
    host.sandbox.stop().await;
    let whole = fs::read_to_string(&path).unwrap();
    let later = whole.replace(r#""version":1"#, r#""version":2"#);
    let other = whole.replace("xportcn-sandbox-state", "diary");
    let unknown = whole.replace(r#""stage":"unpaid""#, r#""stage":"lost""#);
    for (text, word) in [
        ("", "no state"),
        ("{", "no state"),
        ("[]", "no state"),
        (whole.split_once("lines").unwrap().0, "no state"),
        (&later, "version 2"),
        (&other, "diary"),
        (&unknown, "lost"),
    ] {
        fs::write(&path, text).unwrap();
        let refused = Sandbox::builder().state(&path).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidData);
        let message = refused.to_string();
        assert!(message.contains(word) && message.contains("state.json"), "{message}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_told_of() {
    let folder = Folder::new("unwritable");
    let refused = Sandbox::builder().state(folder.0.join("none/state.json")).start().await.unwrap_err();
    assert!(refused.to_string().contains("cannot be written"), "{refused}");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    fs::remove_dir_all(&folder.0).unwrap();
    let (_, answer) = shopper.send("taobao.order.purchase_create", &create()).await;
    assert_eq!((answer.status, answer.code()), (500, u64::from(Reason::StateNotKept.code())), "{}", answer.text());
}
