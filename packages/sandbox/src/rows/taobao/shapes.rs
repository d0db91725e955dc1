//! Orders and refunds as Taobao's rows show them.

use crate::rows::context::number;
use crate::sample::SEED;
use crate::state::{CARRIER, Line, Order, Quote, Refund, Stage, State};
use serde_json::{Value, json};

/// An order as the upstream shows it, with the key-account manual's state. In fen.
pub(super) fn order(state: &State, order: &Order) -> Value {
    json!({
        SEED: order.id,
        "orderId": order.id,
        "salesOrderId": order.sales_id,
        "outerPurchaseId": order.reference,
        "sellerOrderNumber": order.reference,
        "orderStatus": status(order),
        "status": word(order),
        "purchaseAmount": order.total(),
        "purchaseCurrency": "CNY",
        "payAmount": order.paid.map(|_| order.total()),
        "payCurrency": order.paid.map(|_| "CNY"),
        "productAmount": order.goods(),
        "domesticPostFee": order.freight,
        "hongbaoDeductionAmount": 0,
        "createdTime": order.created.to_string(),
        "payTime": order.paid.map(|at| at.to_string()),
        "modifyTime": order.changed.to_string(),
        "nextCloseTimeWithoutPayment": null,
        "sourceMarket": "CN_TAOBAO",
        "receiver": order.receiver,
        "subOrders": (0..order.lines.len()).map(|at| sub_order(state, order, at)).collect::<Vec<_>>(),
    })
}

/// A line of an order. The first one carries the freight, so that all of them add up to the order.
fn sub_order(state: &State, order: &Order, at: usize) -> Value {
    let line = &order.lines[at];
    let freight = if at == 0 { order.freight } else { 0 };
    let refund = state.refund_of_line(line);
    let shipped = order.line_shipped(line);
    json!({
        SEED: line.id,
        "subPurchaseOrderId": line.id,
        "purchaseOrderOuterId": order.sales_id,
        "purchaseOrderLineOuterId": line.id,
        "title": line.title,
        "itemId": line.item,
        "skuId": line.sku_id,
        "quantity": pieces(line),
        "status": if order.is_paid() && shipped.is_some() { SENT } else { word(order) },
        "purchaseAmount": line.amount + freight,
        "purchaseCurrency": "CNY",
        "payAmount": order.paid.map(|_| line.amount + freight),
        "payCurrency": order.paid.map(|_| "CNY"),
        "productAmount": line.amount,
        "domesticPostFee": freight,
        "hongbaoDeductionAmount": 0,
        "payTime": order.paid.map(|at| at.to_string()),
        "closeTimeWithoutPayment": null,
        "closeReason": order.close_reason,
        "errorCode": null,
        "errorMessage": null,
        "detailErrorCode": null,
        "refundId": refund.map(|refund| &refund.id),
        "refundStatus": refund.map_or(0, |refund| refund.stage.taobao()),
        "logisticOrders": shipped.map(|at| {
            json!({"logisticCompanyName": CARRIER, "logisticNumber": order.waybill(), "rtsTime": at.to_string()})
        }).into_iter().collect::<Vec<_>>(),
        "internationalLogisticOrders": [],
        "logisticsCompanyName": shipped.map(|_| CARRIER),
        "logisticsNumber": shipped.map(|_| order.waybill()),
        "canConfirmReceipt": shipped.is_some() && matches!(order.stage, Stage::Paid | Stage::Shipped),
        "skuInfo": {"colour": line.colour, "picUrl": line.image},
    })
}

/// An order as the rows without a published shape show it: the same, with its sums. The order's id is a number there.
pub(super) fn changed(state: &State, order: &Order) -> Value {
    let mut shown = self::order(state, order);
    if let (Value::Object(shown), Value::Object(sums)) = (&mut shown, sums(&order.quote())) {
        shown.remove(SEED);
        shown.extend(sums);
        shown.insert("orderId".into(), number(&order.id));
    }
    for line in shown.get_mut("subOrders").and_then(Value::as_array_mut).into_iter().flatten() {
        line.as_object_mut().and_then(|line| line.remove(SEED));
    }
    shown
}

/// What an order of these lines costs.
pub(super) fn preview(quote: &Quote) -> Value {
    json!({
        "renderItemList": [rendered(quote)],
        "unavailableSkuList": [],
        "totalRealPayPrice": money(quote.total()),
    })
}

/// What can be bought, as the upstream shows it: all of one seller.
fn rendered(quote: &Quote) -> Value {
    let line = |line: &Line| {
        json!({
            SEED: line.item, "itemId": line.item, "skuId": line.sku_id, "quantity": pieces(line),
            "originPrice": money(line.price), "discountPrice": money(line.amount),
        })
    };
    json!({
        "itemPriceInfos": quote.lines.iter().map(line).collect::<Vec<_>>(),
        "mainlandShippingFee": money(quote.freight),
        "orderFee": money(quote.total()),
        "deliveryFee": quote.freight,
        "currencyCode": "CNY",
    })
}

/// An order that was created, as the upstream shows it.
pub(super) fn created(order: &Order) -> Value {
    let lines = order.lines.iter().map(|line| {
        json!({
            SEED: line.id,
            "subPurchaseOrderId": line.id, "itemId": line.item, "skuId": line.sku_id,
            "quantity": pieces(line), "estimateAmount": line.amount, "estimateCurrency": "CNY",
        })
    });
    json!({
        "success": true,
        "outerPurchaseId": order.reference,
        "paymentUrl": null,
        "errorCode": null,
        "errorMessage": null,
        "orderList": [{
            SEED: order.id,
            "purchaseId": order.id,
            "estimateAmount": order.total(),
            "estimateCurrency": "CNY",
            "sourceMarket": "CN_TAOBAO",
            "orderLineList": lines.collect::<Vec<_>>(),
        }],
    })
}

fn money(fen: i64) -> Value {
    json!({"amount": fen, "currency": "CNY"})
}

/// A line as after-sale orders show it. The first one carries the freight.
fn line(state: &State, order: &Order, at: usize) -> Value {
    let line = &order.lines[at];
    let freight = if at == 0 { order.freight } else { 0 };
    json!({
        SEED: line.id,
        "purchaseOrderLineId": line.id,
        "purchaseOrderId": order.id,
        "salesOrderId": order.sales_id,
        "itemTitle": line.title,
        "itemImageUrl": line.image,
        "quantity": pieces(line),
        "price": line.price,
        "productFee": line.amount,
        "postFee": freight,
        "totalPrice": line.amount + freight,
        "currency": "CNY",
        "salesMarket": "CN",
        "createTime": order.created.to_string(),
        "refundStatus": state.refund_of_line(line).map_or(0, |refund| refund.stage.taobao()),
    })
}

/// A refund with its parcel and line.
pub(super) fn aggregate(state: &State, refund: &Refund, order: Option<(&Order, usize)>) -> Value {
    json!({
        SEED: refund.id,
        "refundOrder": self::refund(refund, order.map(|(order, _)| order)),
        "logistics": parcel(refund),
        "purchaseOrderLine": order.map(|(order, at)| line(state, order, at)),
    })
}

pub(super) fn refund(refund: &Refund, order: Option<&Order>) -> Value {
    json!({
        SEED: refund.id,
        "refundId": refund.id,
        "payOrderId": order.map(|order| &order.sales_id),
        "refundType": refund.claim.kind,
        "goodsStatus": refund.claim.goods,
        "refundStatus": refund.stage.taobao().to_string(),
        "refundFee": refund.total(),
        "canEditFee": refund.check_changeable().is_ok(),
        "reasonId": refund.claim.reason,
        "refundDesc": refund.claim.description,
        "sellerRefuseReason": refund.refusal,
        "sellerRefuseReasonDescribe": refund.refusal,
    })
}

/// The parcel in which goods go back.
pub(super) fn parcel(refund: &Refund) -> Value {
    let carrier = refund.parcel.as_ref().map(|(carrier, _)| carrier);
    json!({
        SEED: refund.id,
        "receiverAddress": {"receiver": "退货仓", "phone": "13800000000", "detailAddress": "浙江省杭州市余杭区退货路1号"},
        "logisticsNo": refund.parcel.as_ref().map(|(_, waybill)| waybill),
        "logisticsCompany": carrier.map(|carrier| json!({"logisticsCompanyCode": carrier})),
    })
}

/// The published code of an order's state.
pub(super) fn status(order: &Order) -> i64 {
    match order.stage {
        Stage::Unpaid if order.is_being_paid() => 5,
        Stage::Unpaid if order.voucher => 1,
        Stage::Unpaid => 0,
        Stage::Paid => 10,
        Stage::Shipped => 11,
        Stage::Received => 9,
        Stage::Cancelled | Stage::Refunded => 4,
    }
}

/// The upstream's word for what is on its way.
const SENT: &str = "WAIT_BUYER_CONFIRM_GOODS";

/// The upstream's word for an order's state.
fn word(order: &Order) -> &'static str {
    match order.stage {
        Stage::Unpaid => "WAIT_BUYER_P",
        Stage::Paid => "WAIT_SELLER_SEND_GOODS",
        Stage::Shipped | Stage::Received => SENT,
        Stage::Cancelled | Stage::Refunded => "TRADE_CLOSED",
    }
}

fn sums(quote: &Quote) -> Value {
    json!({
        "productFee": quote.goods(),
        "postFee": quote.freight,
        "purchaseAmount": quote.total(),
        "currency": "CNY",
    })
}

/// Taobao counts whole pieces only.
fn pieces(line: &Line) -> Value {
    number(&line.quantity.normalize().to_string())
}
