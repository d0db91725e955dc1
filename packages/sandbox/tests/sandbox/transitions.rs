//! What cannot be done is refused, each with its own code, and changes nothing.

use crate::host::Host;
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, fen, json};
use serde_json::{Value, json};
use xportcn_sandbox::Reason;

/// The sample of the page that creates orders: two hundred pieces of one fen each.
fn taobao_create() -> Value {
    json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 200}],
        "purchaseAmount": "200", "receiver": json(RECEIVER), "sellerOrderNumber": "own-1",
    })
}

fn alibaba_create() -> Value {
    json!({"flow": "general", "addressParam": json(ADDRESS), "message": "own-2",
        "cargoParamList": [{"offerId": "706627393257", "specId": SPEC, "quantity": "2"}]})
}

#[tokio::test]
async fn a_taobao_order_is_paid_once_and_not_after_it_was_cancelled() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    for (pay, cancel) in
        [("taobao.order.pay", "taobao.order.cancel"), ("taobao.order.purchase_pay", "taobao.order.purchase_cancel")]
    {
        let order = shopper.order("taobao.order.purchase_create", taobao_create()).await;
        let id = json!({"orderId": order["orderId"]});
        shopper.call(pay, id.clone()).await;
        shopper.is_refused(pay, id.clone(), Reason::AlreadyPaid).await;
        shopper.is_refused(cancel, id.clone(), Reason::AlreadyPaid).await;
        shopper.is_refused("taobao.order.upload_voucher", id.clone(), Reason::AlreadyPaid).await;
        assert_eq!(shopper.call("taobao.order.get", id).await["orderStatus"], 10);

        let order = shopper.order("taobao.order.purchase_create_v2", taobao_create()).await;
        let id = json!({"orderId": order["orderId"]});
        shopper.call(cancel, id.clone()).await;
        shopper.is_refused(cancel, id.clone(), Reason::AlreadyCancelled).await;
        shopper.is_refused(pay, id.clone(), Reason::AlreadyCancelled).await;
        assert_eq!(shopper.call("taobao.order.get", id).await["orderStatus"], 4);
    }
}

#[tokio::test]
async fn what_needs_payment_is_refused_before() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", taobao_create()).await;
    let line = &order["subOrders"][0]["subPurchaseOrderId"];
    shopper.is_refused("taobao.order.logistics", json!({"subPurchaseOrderId": line}), Reason::NotPaid).await;
    let render = json!({"subOrderId": line, "goodsStatus": 1, "refundType": 1});
    shopper.is_refused("taobao.after_sale.render", render.clone(), Reason::NotPaid).await;
    shopper.is_refused("taobao.after_sale.submit", render, Reason::NotPaid).await;

    let order = shopper.call("alibaba.order.create", alibaba_create()).await;
    let id = json!({"orderId": order["orderId"]});
    shopper.is_refused("alibaba.order.logistics_trace", id.clone(), Reason::NotPaid).await;
    shopper.is_refused("alibaba.order.confirm_receipt", id.clone(), Reason::NotPaid).await;
    shopper.is_refused("alibaba.after_sale.reasons", id, Reason::NotPaid).await;
}

#[tokio::test]
async fn a_1688_order_goes_one_way() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = shopper.call("alibaba.order.create", alibaba_create()).await;
    let id = json!({"orderId": order["orderId"]});
    let cancel = json!({"webSite": "1688", "orderId": order["orderId"], "cancelReason": "不想要了"});
    shopper.call("alibaba.order.pay_url", id.clone()).await;
    shopper.is_refused("alibaba.order.pay_url", id.clone(), Reason::AlreadyPaid).await;
    shopper.is_refused("alibaba.order.cancel", cancel, Reason::AlreadyPaid).await;
    shopper.is_refused("alibaba.order.confirm_receipt", id.clone(), Reason::NotShipped).await;
    shopper.seller(&format!("ship/{}", order["orderId"].as_str().unwrap())).await;
    shopper.call("alibaba.order.confirm_receipt", id.clone()).await;
    shopper.is_refused("alibaba.order.confirm_receipt", id.clone(), Reason::AlreadyReceived).await;
    let wrong_line = json!({"orderId": order["orderId"], "orderEntryIds": ["1"]});
    shopper.is_refused("alibaba.order.confirm_receipt", wrong_line, Reason::UnknownOrder).await;

    let order = shopper.call("alibaba.order.create", alibaba_create()).await;
    let cancel = json!({"webSite": "1688", "orderId": order["orderId"], "cancelReason": "不想要了"});
    assert_eq!(shopper.call("alibaba.order.cancel", cancel.clone()).await, true);
    shopper.is_refused("alibaba.order.cancel", cancel, Reason::AlreadyCancelled).await;
    shopper.is_refused("alibaba.order.pay_url", json!({"orderId": order["orderId"]}), Reason::AlreadyCancelled).await;
    let shown = json!({"webSite": "1688", "orderId": order["orderId"]});
    let shown = shopper.call("alibaba.order.get", shown).await;
    assert_eq!(
        (&shown["baseInfo"]["status"], &shown["baseInfo"]["closeReason"]),
        (&json!("cancel"), &json!("不想要了"))
    );
}

#[tokio::test]
async fn unknown_ids_are_refused_in_every_row_that_takes_one() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = json!({"orderId": "1999999999999999999"});
    let web = json!({"orderId": "1999999999999999999", "webSite": "1688", "cancelReason": "x"});
    let refund = json!({"refundId": "1999999999999999999"});
    let line = json!({"subOrderId": "1999999999999999999", "goodsStatus": 1, "refundType": 1});
    let bill = json!({"refundId": "TQ1", "logisticsCompanyNo": "ZTO", "freightBill": "1"});
    let claim = json!({"orderId": "7", "disputeRequest": "refund", "applyPayment": "1", "applyCarriage": "0",
        "applyReasonId": "1", "description": "x", "goodsStatus": "refundWaitSellerSend"});
    let said = json!({"refundId": "7", "refundMessage": "x"});
    for (row, params, reason) in [
        ("taobao.order.get", order.clone(), Reason::UnknownOrder),
        ("taobao.order.pay", order.clone(), Reason::UnknownOrder),
        ("taobao.order.purchase_pay", json!({"purchaseOrderIdList": ["7"]}), Reason::UnknownOrder),
        ("taobao.order.cancel", order.clone(), Reason::UnknownOrder),
        ("taobao.order.upload_voucher", order.clone(), Reason::UnknownOrder),
        ("taobao.order.update_warehouse", order.clone(), Reason::UnknownOrder),
        ("taobao.order.logistics", json!({"subPurchaseOrderId": "7"}), Reason::UnknownOrder),
        ("taobao.after_sale.render", line.clone(), Reason::UnknownOrder),
        ("taobao.after_sale.submit", line, Reason::UnknownOrder),
        ("taobao.after_sale.get", refund.clone(), Reason::UnknownRefund),
        ("taobao.after_sale.cancel", refund.clone(), Reason::UnknownRefund),
        ("taobao.after_sale.modify", refund.clone(), Reason::UnknownRefund),
        ("taobao.after_sale.messages", refund.clone(), Reason::UnknownRefund),
        ("taobao.after_sale.submit_message", said, Reason::UnknownRefund),
        ("taobao.after_sale.return_logistics_render", refund.clone(), Reason::UnknownRefund),
        ("taobao.after_sale.return_logistics_submit", refund.clone(), Reason::UnknownRefund),
        ("taobao.cart.delete", json!({"ids": ["7"]}), Reason::UnknownCartLine),
        ("taobao.cart.edit_quantity", json!({"id": "7", "quantity": 1}), Reason::UnknownCartLine),
        ("taobao.cart.preview_order", json!({"ids": ["7"]}), Reason::UnknownCartLine),
        ("taobao.cart.create_order", json!({"ids": ["7"]}), Reason::UnknownCartLine),
        ("alibaba.order.get", json!({"orderId": "7", "webSite": "1688"}), Reason::UnknownOrder),
        ("alibaba.order.pay_url", order.clone(), Reason::UnknownOrder),
        ("alibaba.order.cancel", web, Reason::UnknownOrder),
        ("alibaba.order.confirm_receipt", order.clone(), Reason::UnknownOrder),
        ("alibaba.order.logistics_trace", order.clone(), Reason::UnknownOrder),
        ("alibaba.order.batch_submit_payment", json!({"orderIds": ["7"]}), Reason::UnknownOrder),
        ("alibaba.after_sale.reasons", order.clone(), Reason::UnknownOrder),
        ("alibaba.after_sale.create", claim, Reason::UnknownOrder),
        ("alibaba.after_sale.get", refund, Reason::UnknownRefund),
        ("alibaba.after_sale.return_goods", bill, Reason::UnknownRefund),
        ("alibaba.cart.delete", json!({"cartIds": ["7"]}), Reason::UnknownCartLine),
        ("alibaba.cart.edit_quantity", json!({"id": "7", "quantity": 1}), Reason::UnknownCartLine),
        ("big_major.order.get", order.clone(), Reason::UnknownOrder),
        ("big_major.order.pay", order.clone(), Reason::UnknownOrder),
        ("poizon.order.pay", order, Reason::UnknownOrder),
        ("address.save", json!({"id": "7", "name": "x"}), Reason::UnknownAddress),
        ("warehouse.book_freight", json!({"renderId": "FF7"}), Reason::UnknownFreight),
        ("warehouse.update_domestic_logistics", json!({"orderId": "7"}), Reason::UnknownFreight),
    ] {
        shopper.is_refused(row, params, reason).await;
    }
}

#[tokio::test]
async fn what_cannot_be_bought_is_refused_and_not_ordered() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let with =
        |line: Value, most: &str| json!({"orderLineList": [line], "purchaseAmount": most, "receiver": json(RECEIVER)});
    let line = |sku: &str, quantity: i64| json!({"itemId": "600126245031041190", "skuId": sku, "quantity": quantity});
    let create = "taobao.order.purchase_create";
    shopper.is_refused(create, with(line("5016042822039", 200), "199"), Reason::UnfitAmount).await;
    shopper.is_refused(create, with(line("5016042822039", 200), "200.5"), Reason::UnfitAmount).await;
    shopper.is_refused(create, with(line("5016042822038", 1), "200"), Reason::UnknownVariant).await;
    shopper.is_refused(create, with(line("5016042822039", 0), "200"), Reason::UnfitQuantity).await;
    shopper.is_refused(create, with(line("5016042822039", -1), "200"), Reason::UnfitQuantity).await;
    shopper.is_refused(create, with(line("5016042822039", 9_007_199_254_740_991), "200"), Reason::UnfitQuantity).await;
    for row in ["poizon.order.preview", "poizon.order.create", "international.order.create"] {
        shopper.is_refused(row, json!({"cargoParamList": [], "remark": "none"}), Reason::UnfitQuantity).await;
    }
    for row in ["alibaba.order.preview", "alibaba.order.batch_preview"] {
        let wrong =
            json!({"addressParam": {}, "cargoParamList": [{"offerId": "1", "specId": "none", "quantity": "1"}]});
        shopper.is_refused(row, wrong, Reason::UnknownVariant).await;
    }
    let quantity = json!({"cargoParamList": [{"offerId": "1", "quantity": "many"}]});
    shopper.is_refused("poizon.order.create", quantity, Reason::UnfitQuantity).await;
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(ledger["entries"], json!([]));
}

#[tokio::test]
async fn the_ledger_tells_who_created_and_paid_what_and_when() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", taobao_create()).await;
    let twin = shopper.order("taobao.order.purchase_create", taobao_create()).await;
    assert_ne!(order["orderId"], twin["orderId"], "the platform knows no key against double orders");
    let id = json!({"orderId": order["orderId"]});
    shopper.call("taobao.order.pay", id.clone()).await;
    shopper.is_refused("taobao.order.pay", id, Reason::AlreadyPaid).await;
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!((&ledger["created"], &ledger["paid"]), (&json!(2), &json!(1)));
    let entries = ledger["entries"].as_array().unwrap();
    let actions: Vec<&str> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["created", "created", "paid", "paid_again"]);
    for entry in entries {
        assert_eq!(entry["reference"], "own-1");
        assert_eq!(entry["userId"], "sandbox-user");
        assert_eq!((&entry["amountInFen"], &entry["amountInYuan"]), (&json!(200), &json!("2.00")));
        assert_eq!(entry["time"], "2024-08-01T12:00:00+08:00");
        assert_eq!(entry["nonce"].as_str().unwrap().len(), 32);
    }
    assert_eq!(entries[2]["orderId"], order["orderId"]);
    assert_eq!(entries[2]["endpoint"], "taobao.order.pay");
    let nonces: std::collections::HashSet<_> = entries.iter().map(|entry| entry["nonce"].as_str().unwrap()).collect();
    assert_eq!(nonces.len(), 4);
}

#[tokio::test]
async fn a_seller_may_change_the_price_until_it_is_paid() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", taobao_create()).await;
    let id = order["orderId"].as_str().unwrap();
    shopper.control("POST", &format!("price/{id}"), r#"{"total":"150"}"#).await;
    let shown = shopper.call("taobao.order.get", json!({"orderId": id})).await;
    let lines = shown["subOrders"].as_array().unwrap();
    assert_eq!(lines.iter().map(|line| fen(&line["purchaseAmount"])).sum::<i64>(), 150);
    let paid = shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    assert_eq!(paid["willPayPurchaseOrderIds"], json!([id]));
    let shown = shopper.call("taobao.order.get", json!({"orderId": id})).await;
    let lines = shown["subOrders"].as_array().unwrap();
    assert_eq!(lines.iter().map(|line| fen(&line["purchaseAmount"])).sum::<i64>(), 150);
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!((&ledger["entries"][1]["action"], &ledger["entries"][1]["amountInFen"]), (&json!("paid"), &json!(150)));
    for (path, body, status, reason) in [
        (format!("price/{id}"), r#"{"total":"100"}"#, 409, Reason::AlreadyPaid),
        (format!("price/{id}"), "{}", 400, Reason::InvalidField),
        (format!("deliver/{id}"), "", 409, Reason::NotShipped),
        ("ship/7".to_string(), "", 404, Reason::UnknownOrder),
        ("agree/7".to_string(), "", 404, Reason::UnknownRefund),
    ] {
        let answer = host.send(host.plain("POST", &format!("/sandbox/{path}")).body(body)).await;
        assert_eq!((answer.status, answer.code()), (status, u64::from(reason.code())), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn examples_are_accepted_again_and_again_in_the_order_of_the_reference() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    for _ in 0..3 {
        for endpoint in xportcn_core::catalogue::ENDPOINTS {
            shopper.call(endpoint.id, json(endpoint.example)).await;
        }
    }
    // What the examples create is real: nine rows create an order, and one of them two, for two sellers.
    let ledger = shopper.control("GET", "ledger", "").await;
    let entries = ledger["entries"].as_array().unwrap();
    let actions = |action: &str| entries.iter().filter(|entry| entry["action"] == action).count();
    assert_eq!((actions("created"), actions("booked"), actions("paid"), entries.len()), (30, 3, 0, 33));
}
