//! Orders and previews as 1688's rows show them.

use crate::rows::context::number;
use crate::sample::{SEED, beijing_time};
use crate::state::{CARRIER, CARRIER_CODE, Line, Order, Quote, Refund, Stage, State, yuan};
use serde_json::{Value, json};
use xportcn_core::Time;

/// An order with everything that is known of it.
pub(in crate::rows) fn order(state: &State, order: &Order) -> Value {
    json!({
        SEED: order.id,
        "baseInfo": base(state, order),
        "nativeLogistics": delivery(order),
        "productItems": (0..order.lines.len()).map(|at| line(state, order, at)).collect::<Vec<_>>(),
        "tradeTerms": [{
            SEED: order.id,
            "payStatus": pay_status(order),
            "payTime": order.paid.map(time),
            "payWay": "1",
            "phaseAmount": yuan(order.total()),
            "phase": 1,
        }],
    })
}

/// What orders of these lines would cost: sums in fen, lines in yuan. One order for each quote.
pub(in crate::rows) fn preview(quotes: &[Quote]) -> Value {
    let orders: Vec<Value> = quotes
        .iter()
        .map(|quote| {
            json!({
                "discountFee": 0,
                "tradeModeNameList": ["nzassure"],
                "status": true,
                "sumPayment": quote.total(),
                "message": "",
                "sumCarriage": quote.freight,
                "resultCode": "200",
                "sumPaymentNoCarriage": quote.goods(),
                "additionalFee": 0,
                "flowFlag": "general",
                "cargoList": quote.lines.iter().map(previewed).collect::<Vec<_>>(),
                "shopPromotionList": [],
                "tradeModelList": [{"name": "担保交易", "description": "担保交易", "tradeType": "nzassure",
                    "opSupport": true}],
            })
        })
        .collect();
    json!({
        "orderPreviewResult": orders,
        "success": true,
        "errorCode": "",
        "errorMsg": "",
        "postFeeByDescOfferList": [],
        "consignOfferList": [],
        "unsupportedCrossBorderPayOfferList": [],
    })
}

/// What big buyers see of it: all in fen.
pub(in crate::rows) fn priced(quote: &Quote) -> Value {
    json!([{
        "sumCarriage": quote.freight,
        "sumPayment": quote.total(),
        "sumTotalPayment": quote.total(),
        "sumPaymentNoCarriage": quote.goods(),
        "orderItemToList": quote.lines.iter().map(|line| {
            json!({
                SEED: line.item, "amount": line.amount, "message": null, "finalUnitPrice": line.price,
                "specId": line.spec_id, "skuId": line.sku_id, "offerId": line.item,
            })
        }).collect::<Vec<_>>(),
    }])
}

/// An order that has just been created; in fen.
pub(in crate::rows) fn created(order: &Order) -> Value {
    json!({
        SEED: order.id,
        "totalSuccessAmount": order.total(),
        "orderId": order.id,
        "success": true,
        "code": "",
        "message": "",
        "accountPeriod": null,
        "failedOfferList": [],
        "postFee": order.freight,
        "orderList": [],
    })
}

/// The published state of an order.
pub(in crate::rows) fn status(order: &Order) -> &'static str {
    match order.stage {
        Stage::Unpaid => "waitbuyerpay",
        Stage::Paid => "waitsellersend",
        Stage::Shipped => "waitbuyerreceive",
        Stage::Received => "success",
        Stage::Cancelled => "cancel",
        Stage::Refunded => "terminated",
    }
}

/// 1688's own state of an order's payment.
fn pay_status(order: &Order) -> &'static str {
    match order.stage {
        Stage::Unpaid if order.is_being_paid() => "9",
        Stage::Unpaid => "1",
        Stage::Cancelled | Stage::Refunded => "8",
        _ => "2",
    }
}

/// A moment as text, where the format is not published.
pub(super) fn beijing_text(at: i64) -> Option<String> {
    Time::from_millis(at).map(beijing_time)
}

fn base(state: &State, order: &Order) -> Value {
    let refund = order.lines.iter().find_map(|line| state.refund_of_line(line));
    json!({
        SEED: order.id,
        "id": order.id,
        "idOfStr": order.id,
        "businessType": "cn",
        "currency": "CNY",
        "status": status(order),
        "totalAmount": yuan(order.total()),
        "sumProductPayment": yuan(order.goods()),
        "shippingFee": yuan(order.freight),
        "discount": 0,
        "refund": yuan(refunded(state, order)),
        "refundStatus": refund.map(|refund| refund.stage.alibaba()),
        "refundStatusForAs": null,
        "refundPayment": refund.map(Refund::total),
        "refundId": refund.map(|refund| &refund.id),
        "closeReason": order.close_reason,
        "remark": order.message,
        "buyerFeedback": order.message,
        "outOrderId": order.reference.as_ref().filter(|number| Some(*number) != order.message.as_ref()),
        "createTime": time(order.created),
        "modifyTime": time(order.changed),
        "payTime": order.paid.map(time),
        "allDeliveredTime": order.shipped.map(time),
        "receivingTime": order.received.map(time),
        "confirmedTime": order.received.map(time),
        "completeTime": order.received.or(order.closed).map(time),
        "tradeType": "1",
        "stepPayAll": false,
        "overSeaOrder": false,
        "sellerOrder": false,
        "receiverInfo": receiver(order),
    })
}

fn delivery(order: &Order) -> Value {
    let field = |name: &str| order.receiver.get(name).cloned().unwrap_or_default();
    let parcel = order.sent_lines().map(|(lines, shipped)| {
        json!({
            SEED: order.id,
            "deliveredTime": time(shipped),
            "gmtCreate": time(shipped),
            "gmtModified": time(shipped),
            "logisticsCode": order.shipment(),
            "type": "0",
            "carriage": yuan(order.freight),
            "logisticsCompanyNo": CARRIER_CODE,
            "logisticsCompanyName": CARRIER,
            "logisticsBillNo": order.waybill(),
            "subItemIds": lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>().join(","),
            "toProvince": field("provinceText"), "toCity": field("cityText"), "toArea": field("areaText"),
            "toAddress": field("address"), "toPhone": field("phone"), "toMobile": field("mobile"),
            "toPost": field("postCode"),
        })
    });
    json!({
        SEED: order.id,
        "address": field("address"), "area": field("areaText"), "areaCode": field("districtCode"),
        "city": field("cityText"), "contactPerson": field("fullName"), "mobile": field("mobile"),
        "province": field("provinceText"), "telephone": field("phone"), "zip": field("postCode"),
        "town": field("townText"),
        "logisticsItems": parcel.into_iter().collect::<Vec<_>>(),
    })
}

fn receiver(order: &Order) -> Value {
    let field = |name: &str| order.receiver.get(name).cloned().unwrap_or_default();
    let parts = ["provinceText", "cityText", "areaText", "townText", "address"].map(field);
    let area: Vec<&str> = parts.iter().filter_map(Value::as_str).filter(|part| !part.is_empty()).collect();
    json!({
        SEED: order.id,
        "toFullName": field("fullName"), "toMobile": field("mobile"), "toPhone": field("phone"),
        "toPost": field("postCode"), "toDivisionCode": field("districtCode"), "toArea": area.join(" "),
    })
}

/// A line of an order; in yuan. The first one carries the freight.
fn line(state: &State, order: &Order, at: usize) -> Value {
    let line = &order.lines[at];
    let refund = state.refund_of_line(line);
    let share = if at == 0 { order.freight } else { 0 };
    let is_sent = order.stage == Stage::Paid && line.shipped.is_some();
    let status = if is_sent { "waitbuyerreceive" } else { status(order) };
    json!({
        SEED: line.id,
        "itemAmount": yuan(line.amount),
        "name": line.title,
        "price": yuan(line.price),
        "productId": line.item,
        "productImgUrl": [line.image],
        "quantity": line.quantity.to_string(),
        "quantityFactor": 1,
        "refund": yuan(refund.filter(|refund| refund.is_paid_back()).map_or(0, |refund| refund.claim.payment)),
        "skuId": line.sku_id,
        "specId": line.spec_id,
        "skuInfos": [{"name": "颜色", "value": line.colour}],
        "status": status,
        "statusStr": status,
        "subItemId": line.id,
        "entryDiscount": 0,
        "refundStatus": refund.map(|refund| refund.stage.alibaba_line()),
        "refundId": refund.map(|refund| &refund.id),
        "refundIdForAs": null,
        "closeReason": order.close_reason,
        "logisticsStatus": match order.stage {
            Stage::Shipped => "2",
            Stage::Paid if is_sent => "2",
            Stage::Received => "3",
            Stage::Paid => "1",
            _ => "8",
        },
        "sharePostage": yuan(share),
    })
}

fn previewed(line: &Line) -> Value {
    json!({
        SEED: line.item,
        "amount": yuan(line.amount),
        "message": "",
        "finalUnitPrice": yuan(line.price),
        "specId": line.spec_id,
        "skuId": line.sku_id,
        "resultCode": "200",
        "offerId": line.item,
        "cargoPromotionList": [],
    })
}

/// What has gone back of an order, in fen.
fn refunded(state: &State, order: &Order) -> i64 {
    state.paid_back(order).map(Refund::total).sum()
}

fn time(at: i64) -> Value {
    number(&at.to_string())
}
