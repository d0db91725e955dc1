//! Users do not see each other's orders, carts and addresses.

use crate::host::{Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, Shopper, json};
use serde_json::{Value, json};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Reason, Sandbox, USER_ID};

#[tokio::test]
async fn what_one_user_has_another_does_not_find() {
    let builder = Sandbox::builder().clock(|| NOW_MS);
    let builder = builder.account(ACCESS_KEY, ACCESS_SECRET, USER_ID).account(ACCESS_KEY, ACCESS_SECRET, "other");
    let host = Host::start_with(builder).await;
    let (one, other) = (Shopper::new(&host), Shopper { user: "other", ..Shopper::new(&host) });

    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": json(RECEIVER),
    });
    let order = one.order("taobao.order.purchase_create", create).await;
    let id = json!({"orderId": order["orderId"]});
    let line = &order["subOrders"][0]["subPurchaseOrderId"];
    for row in ["taobao.order.get", "taobao.order.pay", "taobao.order.cancel", "taobao.order.upload_voucher"] {
        other.is_refused(row, id.clone(), Reason::UnknownOrder).await;
    }
    other.is_refused("taobao.order.logistics", json!({"subPurchaseOrderId": line}), Reason::UnknownOrder).await;
    assert_eq!(other.call("taobao.order.page", json!({})).await["data"], json!([]));
    one.call("taobao.order.pay", id.clone()).await;
    // Nor does one market find the orders of another.
    one.is_refused("alibaba.order.pay_url", id, Reason::UnknownOrder).await;

    let submit = json!({"subOrderId": line, "refundType": 1});
    other.is_refused("taobao.after_sale.submit", submit.clone(), Reason::UnknownOrder).await;
    let refund = one.call("taobao.after_sale.submit", submit).await;
    let refund = json!({"refundId": refund["refundOrderAggregate"]["refundOrder"]["refundId"]});
    other.is_refused("taobao.after_sale.get", refund.clone(), Reason::UnknownRefund).await;
    other.is_refused("taobao.after_sale.cancel", refund, Reason::UnknownRefund).await;
    assert_eq!(other.call("taobao.after_sale.list", json!({"pageSize": 5})).await["data"], json!([]));

    let put = one.call("alibaba.cart.add", json!({"offerId": "1", "quantity": 1})).await;
    assert_eq!(other.call("alibaba.cart.list", json!({})).await["enableList"], json!([]));
    let checkout = json!({"flow": "general", "addressParam": json(ADDRESS), "cartIds": [put["id"]]});
    other.is_refused("alibaba.cart.create_order", checkout, Reason::UnknownCartLine).await;
    other.is_refused("alibaba.cart.delete", json!({"cartIds": [put["id"]]}), Reason::UnknownCartLine).await;
}

#[tokio::test]
async fn addresses_are_saved_changed_and_listed() {
    let builder = Sandbox::builder().clock(|| NOW_MS);
    let builder = builder.account(ACCESS_KEY, ACCESS_SECRET, USER_ID).account(ACCESS_KEY, ACCESS_SECRET, "other");
    let host = Host::start_with(builder).await;
    let (one, other) = (Shopper::new(&host), Shopper { user: "other", ..Shopper::new(&host) });
    assert_eq!(one.call("address.list", json!({})).await, json!([]));
    one.call("address.save", json!({"name": "张三", "city": "杭州市", "phone": "13800000000"})).await;
    one.call("address.save", json!({"name": "李四", "city": "广州市"})).await;
    let listed = one.call("address.list", json!({})).await;
    let names: Vec<&Value> = listed.as_array().unwrap().iter().map(|address| &address["name"]).collect();
    assert_eq!(names, ["张三", "李四"]);
    let change = json!({"id": listed[0]["id"], "city": "宁波市"});
    other.is_refused("address.save", change.clone(), Reason::UnknownAddress).await;
    one.call("address.save", change).await;
    let changed = one.call("address.list", json!({})).await;
    assert_eq!(changed.as_array().unwrap().len(), 2);
    assert_eq!((&changed[0]["city"], &changed[0]["name"]), (&json!("宁波市"), &json!("张三")));
    assert_eq!(other.call("address.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn freight_is_the_same_in_estimate_preview_and_booking() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let receiver = json!({"name": "Ann Example", "country": "US", "city": "Los Angeles"});
    let estimate = json!({
        "itemId": "2048232789087639", "skuId": "4970432383383", "receiverAddress": receiver, "quantity": 2,
        "currency": "CNY", "price": "100",
    });
    let estimate = shopper.call("warehouse.estimate_freight", estimate).await;
    let item = json!({
        "itemId": "2048232789087639", "skuId": "4970432383383", "quantity": 2, "freightInfo": {"serviceId": "1"},
        "currency": "CNY", "price": "100",
    });
    let preview = json!({"receiverAddress": receiver, "renderItems": [item, item]});
    let preview = shopper.call("warehouse.preview_freight", preview).await;
    assert_eq!(preview["totalFreight"].as_i64().unwrap(), 2 * estimate["freight"].as_i64().unwrap());
    let book = json!({"renderId": preview["renderId"], "tmallOrderInfo": {"tmallOrderId": "mine-5"}});
    let booked = shopper.call("warehouse.book_freight", book).await;
    assert_eq!(booked["totalFreight"], preview["totalFreight"]);
    let parcels = json!([{"domesticLogisticInfo": [{"logisticNumber": "SF1", "rtsTime": 1_754_342_534}]}]);
    let update = json!({"orderId": booked["orderId"], "logisticInfos": parcels});
    let updated = shopper.call("warehouse.update_domestic_logistics", update).await;
    assert_eq!(updated["logisticInfos"][0]["domesticLogisticInfo"][0]["logisticNumber"], "SF1");
    let update = json!({"tmallOrderId": "mine-5", "logisticInfos": []});
    let updated = shopper.call("warehouse.update_domestic_logistics", update).await;
    assert_eq!(updated["orderId"], booked["orderId"]);
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(
        (&ledger["entries"][0]["action"], &ledger["entries"][0]["reference"]),
        (&json!("booked"), &json!("mine-5"))
    );
}
