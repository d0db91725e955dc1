//! Refunds and returns, from the claim to the money.

use crate::host::Host;
use crate::shopper::{ADDRESS, RECEIVER, Shopper, fen, json, yuan};
use serde_json::{Value, json};
use xportcn_core::alibaba::RefundStatus;
use xportcn_core::alibaba::after_sale::Get;
use xportcn_sandbox::Reason;

/// A paid order on Taobao of two lines.
async fn taobao_order(shopper: &Shopper<'_>) -> Value {
    let mut lines = Vec::new();
    for item in ["672991141190", "672991141191"] {
        let detail = shopper.call("taobao.product.get", json!({"itemId": item})).await;
        lines.push(json!({"itemId": item, "skuId": detail["skuList"][0]["skuId"], "quantity": 2}));
    }
    let create = json!({"orderLineList": lines, "receiver": json(RECEIVER), "purchaseAmount": "99999999"});
    let created = shopper.order("taobao.order.purchase_create", create).await;
    let id = json!({"orderId": created["orderId"]});
    shopper.call("taobao.order.purchase_pay", id.clone()).await;
    shopper.call("taobao.order.get", id).await
}

/// A paid order on 1688 of one line.
async fn alibaba_order(shopper: &Shopper<'_>) -> Value {
    let detail = shopper.call("alibaba.product.detail", json!({"offerId": "706627393257"})).await;
    let lines = json!([{"offerId": "706627393257", "specId": detail["productSkuInfos"][0]["specId"], "quantity": "3"}]);
    let create = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
    let id = shopper.call("alibaba.order.create", create).await["orderId"].clone();
    shopper.call("alibaba.order.pay_url", json!({"orderId": id})).await;
    shopper.call("alibaba.order.get", json!({"webSite": "1688", "orderId": id})).await
}

#[tokio::test]
async fn a_refund_on_taobao_is_claimed_changed_and_paid_back() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = taobao_order(&shopper).await;
    let line = &order["subOrders"][0];
    let render = json!({"subOrderId": line["subPurchaseOrderId"], "goodsStatus": 1, "refundType": 1});
    let render = shopper.call("taobao.after_sale.render", render).await;
    let template = &render["refundOrderTemplate"];
    let most = fen(&template["maxRefundFee"]["maxRefundFee"]);
    assert_eq!(most, fen(&line["purchaseAmount"]));
    assert_eq!(template["refundOrder"], Value::Null);

    let submit = json!({
        "subOrderId": line["subPurchaseOrderId"], "goodsStatus": 1, "refundType": 1,
        "reasonId": template["refundReasons"][1]["reasonId"], "refundFee": most.to_string(),
    });
    let submitted = shopper.call("taobao.after_sale.submit", submit.clone()).await;
    let id = submitted["refundOrderAggregate"]["refundOrder"]["refundId"].clone();
    let message = shopper.is_refused("taobao.after_sale.submit", submit, Reason::RefundUnderWay).await;
    assert!(message.contains(id.as_str().unwrap()), "{message}");

    let refund = json!({"refundId": id});
    let got = shopper.call("taobao.after_sale.get", refund.clone()).await;
    let shown = &got["refundOrderAggregate"];
    assert_eq!(shown["refundOrder"]["refundStatus"], 10);
    assert_eq!(fen(&shown["refundOrder"]["refundFee"]), most);
    assert_eq!(shown["refundOrder"]["reasonDesc"], template["refundReasons"][1]["reasonDesc"]);
    assert_eq!(shown["purchaseOrderLine"]["purchaseOrderLineId"], line["subPurchaseOrderId"]);
    assert_eq!(shown["purchaseOrderLine"]["refundStatus"], 10);

    shopper.call("taobao.after_sale.modify", json!({"refundId": id, "refundFee": "90"})).await;
    let said = json!({"refundId": id, "refundMessage": "尺码不合适"});
    shopper.call("taobao.after_sale.submit_message", said).await;
    let messages = shopper.call("taobao.after_sale.messages", refund.clone()).await;
    assert_eq!(messages[0]["refundMessage"], "尺码不合适");

    let listed = shopper.call("taobao.after_sale.list", json!({"refundStatus": 10, "pageSize": 10})).await;
    assert_eq!(listed["data"][0]["refundOrder"]["refundId"], id);
    let listed = shopper.call("taobao.after_sale.list", json!({"refundStatus": 100, "pageSize": 10})).await;
    assert_eq!(listed["data"], json!([]));

    shopper.seller(&format!("agree/{}", id.as_str().unwrap())).await;
    let got = shopper.call("taobao.after_sale.get", refund.clone()).await;
    assert_eq!(got["refundOrderAggregate"]["refundOrder"]["refundStatus"], 100);
    assert_eq!(fen(&got["refundOrderAggregate"]["refundOrder"]["refundFee"]), 90);
    shopper.is_refused("taobao.after_sale.cancel", refund, Reason::WrongRefundState).await;
    // A part of one line has gone back: the order goes on.
    let order = shopper.call("taobao.order.get", json!({"orderId": order["orderId"]})).await;
    assert_eq!((&order["orderStatus"], &order["subOrders"][1]["refundStatus"]), (&json!(10), &json!(0)));
}

#[tokio::test]
async fn goods_go_back_on_taobao_and_a_claim_can_be_withdrawn() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = taobao_order(&shopper).await;
    let submit = |at: usize| json!({"subOrderId": order["subOrders"][at]["subPurchaseOrderId"], "refundType": 2});
    let submitted = shopper.call("taobao.after_sale.submit", submit(0)).await;
    let id = submitted["refundOrderAggregate"]["refundOrder"]["refundId"].clone();
    let refund = json!({"refundId": id});
    let parcel = json!({"refundId": id, "logisticsNo": "SF12181323546", "logisticsCompanyCode": "SF"});
    let too_early = Reason::WrongRefundState;
    shopper.is_refused("taobao.after_sale.return_logistics_render", refund.clone(), too_early).await;
    shopper.is_refused("taobao.after_sale.return_logistics_submit", parcel.clone(), too_early).await;
    shopper.seller(&format!("agree/{}", id.as_str().unwrap())).await;
    let render = shopper.call("taobao.after_sale.return_logistics_render", refund.clone()).await;
    assert_eq!(render, json!([{"logisticsCompanyCode": "SF", "logisticsCompanyName": "顺丰速运"}]));
    let logistics =
        shopper.call("taobao.after_sale.get", refund.clone()).await["refundOrderAggregate"]["logistics"].take();
    assert!(logistics["receiverAddress"]["detailAddress"].is_string(), "{logistics}");
    let sent = shopper.call("taobao.after_sale.return_logistics_submit", parcel).await;
    assert_eq!(sent["refundOrder"]["refundStatus"], 30);
    assert_eq!(sent["logistics"]["logisticsNo"], "SF12181323546");
    shopper.is_refused("taobao.after_sale.cancel", refund.clone(), Reason::WrongRefundState).await;
    shopper.seller(&format!("take-back/{}", id.as_str().unwrap())).await;
    let got = shopper.call("taobao.after_sale.get", refund).await;
    assert_eq!(got["refundOrderAggregate"]["refundOrder"]["refundStatus"], 100);

    let other = shopper.call("taobao.after_sale.submit", submit(1)).await;
    let other = json!({"refundId": other["refundOrderAggregate"]["refundOrder"]["refundId"]});
    let cancelled = shopper.call("taobao.after_sale.cancel", other.clone()).await;
    assert_eq!(cancelled["cancelSuccess"], true);
    assert_eq!(cancelled["refundOrderAggregate"]["refundOrder"]["refundStatus"], -20);
    shopper.is_refused("taobao.after_sale.cancel", other.clone(), Reason::WrongRefundState).await;
    // What is withdrawn can be claimed anew; then all of the order goes back, and it ends.
    let again = shopper.call("taobao.after_sale.submit", submit(1)).await;
    let again = again["refundOrderAggregate"]["refundOrder"]["refundId"].as_str().unwrap().to_string();
    shopper.seller(&format!("agree/{again}")).await;
    let parcel = json!({"refundId": again, "logisticsNo": "SF1", "logisticsCompanyCode": "SF"});
    shopper.call("taobao.after_sale.return_logistics_submit", parcel).await;
    shopper.seller(&format!("take-back/{again}")).await;
    let order = shopper.call("taobao.order.get", json!({"orderId": order["orderId"]})).await;
    assert_eq!(order["orderStatus"], 4);
}

#[tokio::test]
async fn a_refund_on_1688_is_claimed_refused_and_returned() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = alibaba_order(&shopper).await;
    let (id, line) = (&order["baseInfo"]["id"], &order["productItems"][0]);
    let paid = yuan(&line["itemAmount"]);
    let freight = yuan(&order["baseInfo"]["shippingFee"]);
    let asked = json!({"orderId": id, "goodsStatus": "refundWaitSellerSend"});
    let reasons = shopper.call("alibaba.after_sale.reasons", asked).await;
    let claim = |payment: i64, carriage: i64| {
        json!({
            "orderId": id, "orderEntryIds": [line["subItemId"]], "disputeRequest": "returnRefund",
            "applyPayment": payment.to_string(), "applyCarriage": carriage.to_string(),
            "applyReasonId": reasons["reasons"][0]["id"], "description": "颜色不符",
            "goodsStatus": "refundWaitSellerSend",
        })
    };
    let create = "alibaba.after_sale.create";
    // Before shipment it is all or nothing.
    shopper.is_refused(create, claim(paid - 1, 0), Reason::UnfitAmount).await;
    shopper.is_refused(create, claim(paid + 1, 0), Reason::UnfitAmount).await;
    shopper.is_refused(create, claim(paid, freight + 1), Reason::UnfitAmount).await;
    let refund = shopper.call(create, claim(paid, freight)).await["refundId"].clone();
    assert!(refund.as_str().unwrap().starts_with("TQ"), "{refund}");
    shopper.is_refused(create, claim(paid, freight), Reason::RefundUnderWay).await;

    let typed = shopper.typed::<Get>(json!({"refundId": refund})).await;
    assert_eq!(typed.status, Some(RefundStatus::WaitSellerAgree));
    assert_eq!(typed.apply_payment, Some(paid.into()));
    assert_eq!(typed.apply_carriage, Some(freight.into()));
    assert_eq!(typed.order_id.unwrap().as_str(), id.as_str().unwrap());
    assert_eq!(typed.gmt_create.as_deref(), Some("2024-08-01 12:00:00"));

    let back = json!({"refundId": refund, "logisticsCompanyNo": "ZTO", "freightBill": "3832890717253"});
    shopper.is_refused("alibaba.after_sale.return_goods", back.clone(), Reason::WrongRefundState).await;
    let refund_id = refund.as_str().unwrap();
    shopper.seller(&format!("agree/{refund_id}")).await;
    let shown = shopper.call("alibaba.order.get", json!({"webSite": "1688", "orderId": id})).await;
    assert_eq!(shown["baseInfo"]["refundStatus"], "waitbuyersend");
    assert_eq!(shown["productItems"][0]["refundStatus"], "WAIT_BUYER_SEND");
    let sent = shopper.call("alibaba.after_sale.return_goods", back).await;
    assert_eq!(sent["success"], true);
    shopper.seller(&format!("take-back/{refund_id}")).await;
    let got = shopper.call("alibaba.after_sale.get", json!({"refundId": refund})).await;
    assert_eq!((&got["status"], &got["freightBill"]), (&json!("refundsuccess"), &json!("3832890717253")));
    let steps: Vec<&Value> =
        got["refundOperationList"].as_array().unwrap().iter().map(|step| &step["afterOperateStatus"]).collect();
    assert_eq!(steps, ["waitselleragree", "waitbuyersend", "waitsellerreceive", "refundsuccess"]);
    let shown = shopper.call("alibaba.order.get", json!({"webSite": "1688", "orderId": id})).await;
    assert_eq!(shown["baseInfo"]["status"], "terminated");
    assert_eq!(yuan(&shown["baseInfo"]["refund"]), paid + freight);
}

#[tokio::test]
async fn what_the_seller_refuses_says_why() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = taobao_order(&shopper).await;
    let submit = json!({"subOrderId": order["subOrders"][1]["subPurchaseOrderId"], "refundType": 1});
    let submitted = shopper.call("taobao.after_sale.submit", submit).await;
    let id = submitted["refundOrderAggregate"]["refundOrder"]["refundId"].as_str().unwrap().to_string();
    shopper.control("POST", &format!("refuse/{id}"), r#"{"reason":"已使用"}"#).await;
    let got = shopper.call("taobao.after_sale.get", json!({"refundId": id})).await;
    let refund = &got["refundOrderAggregate"]["refundOrder"];
    assert_eq!((&refund["refundStatus"], &refund["sellerRefuseReason"]), (&json!(-10), &json!("已使用")));
    shopper.call("taobao.after_sale.modify", json!({"refundId": id, "refundFee": "1"})).await;
    let got = shopper.call("taobao.after_sale.get", json!({"refundId": id})).await;
    assert_eq!(got["refundOrderAggregate"]["refundOrder"]["refundStatus"], 10);
}
