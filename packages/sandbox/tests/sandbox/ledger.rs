//! The ledger tells of every write that was carried out: in its entries, or among its changes.

use crate::host::{Host, NOW_MS};
use crate::shopper::{RECEIVER, Shopper, json};
use serde_json::{Value, json};
use xportcn_sandbox::{Reason, Sandbox, USER_ID};

#[tokio::test]
async fn writes_without_an_entry_are_listed_with_what_they_said_and_outlive_the_sandbox() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let start = || Sandbox::builder().clock(|| NOW_MS).state(folder.join("state"));
    let host = Host::start_with(start()).await;
    let shopper = Shopper::new(&host);
    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": json(RECEIVER), "sellerOrderNumber": "own",
    });
    let id = shopper.order("taobao.order.purchase_create", create).await["orderId"].clone();
    shopper
        .call("taobao.order.upload_voucher", json!({"orderId": id, "voucherUrl": "https://example.com/1.png"}))
        .await;
    shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    shopper.call("alibaba.cart.add", json!({"offerId": "1", "quantity": 1})).await;
    shopper.is_refused("alibaba.cart.delete", json!({"cartIds": ["7"]}), Reason::UnknownCartLine).await;
    shopper.call("address.save", json!({"name": "张三"})).await;
    // Reads, and calls for the objects of examples, change nothing of the user's.
    shopper.call("address.list", json!({})).await;
    shopper.call("taobao.order.upload_voucher", json!({"orderId": "1024285237573584051"})).await;

    let ledger = shopper.control("GET", "ledger", "").await;
    let actions: Vec<&Value> = ledger["entries"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["created", "paid"]);
    let changes = ledger["changes"].as_array().unwrap();
    let rows: Vec<&Value> = changes.iter().map(|change| &change["endpoint"]).collect();
    assert_eq!(rows, ["taobao.order.upload_voucher", "alibaba.cart.add", "address.save"]);
    assert_eq!(changes[0]["params"]["orderId"], id);
    assert_eq!((&changes[2]["params"]["name"], &changes[2]["userId"]), (&json!("张三"), &json!(USER_ID)));
    assert_eq!(changes[2]["time"], "2024-08-01T12:00:00+08:00");
    host.sandbox.stop().await;

    let host = Host::start_with(start()).await;
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await, ledger);
    host.sandbox.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
}
