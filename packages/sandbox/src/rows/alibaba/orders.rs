//! Orders that have been placed: list, pay, cancel, receive, follow.

use super::shapes;
use crate::invent::SEED;
use crate::refusal::{Reason, Refusal};
use crate::rows::visit::number;
use crate::rows::{Data, Row, Visit};
use crate::state::{Market, Order};
use serde_json::{Value, json};
use xportcn_core::alibaba::order::PayUrlReply;

pub(in crate::rows) const ROWS: &[Row] = &[
    ("alibaba.order.page", page),
    ("alibaba.order.get", get),
    ("alibaba.order.pay_url", pay),
    ("alibaba.order.batch_submit_payment", pay_several),
    ("alibaba.order.cancel", cancel),
    ("alibaba.order.confirm_receipt", confirm_receipt),
    ("alibaba.order.logistics_trace", logistics_trace),
];

fn page(visit: &mut Visit<'_>) -> Data {
    visit.reply(&page_in(visit, Market::Alibaba))
}

fn get(visit: &mut Visit<'_>) -> Data {
    get_in(visit, Market::Alibaba)
}

fn pay(visit: &mut Visit<'_>) -> Data {
    match pay_in(visit, Market::Alibaba)? {
        Some(known) => visit.reply(&known),
        None => visit.sample(),
    }
}

/// Orders that cannot be paid are named and the others paid; an unknown one refuses the whole call.
fn pay_several(visit: &mut Visit<'_>) -> Data {
    let mut orders = Vec::new();
    for id in visit.texts("orderIds") {
        orders.extend(visit.order_of(Market::Alibaba, "orderIds", &id)?);
    }
    let mut unpaid = Vec::new();
    for order in orders {
        if visit.pay(&order.id).is_err() {
            unpaid.push(number(&order.id));
        }
    }
    let known = json!({
        "orderId": null, "protocolPaySuccess": unpaid.is_empty(), "payUrl": cashier("batch"),
        "cantPayOrderList": unpaid,
    });
    visit.reply_as::<PayUrlReply>(&known)
}

fn cancel(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Alibaba, "orderId")? else { return visit.reply(&json!(true)) };
    let reason = visit.text("cancelReason").unwrap_or_default();
    visit.cancel(&order.id, &reason)?;
    visit.reply(&json!(true))
}

/// An order is received as a whole; the lines that are named must be its.
fn confirm_receipt(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Alibaba, "orderId")? else { return visit.sample() };
    let lines = visit.texts("orderEntryIds");
    if let Some(other) = lines.iter().find(|id| !order.lines.iter().any(|line| line.id == **id)) {
        let message = format!("orderEntryIds: the order {} has no line {other}", order.id);
        return Err(Refusal::new(Reason::UnknownOrder, message));
    }
    let now = visit.now();
    visit.state.order_mut(&order.id)?.receive(now)?;
    visit.reply(&json!({"success": true, "errorInfo": "", "errorCode": ""}))
}

fn logistics_trace(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Alibaba, "orderId")? else { return visit.sample() };
    order.check_paid()?;
    let traces = order.traces().into_iter();
    let steps: Vec<Value> =
        traces.map(|trace| json!({"acceptTime": trace.at.to_string(), "remark": trace.words})).collect();
    visit.reply(&json!({
        "logisticsTrace": [{
            SEED: order.id,
            "logisticsId": order.shipment(),
            "orderId": order.id,
            "logisticsBillNo": order.waybill(),
            "logisticsSteps": steps,
        }],
        "errorCode": "",
        "errorMessage": "",
        "success": true,
        "crossPackageFulfillmentDto": [],
    }))
}

/// A page of the caller's orders in this market.
pub(in crate::rows) fn page_in(visit: &Visit<'_>, market: Market) -> Value {
    let orders = filtered(visit, market);
    let page = visit.page(orders.len());
    json!({
        "result": orders[page.range()].iter().map(|order| shapes::order(visit.state, order)).collect::<Vec<_>>(),
        "totalRecord": page.total,
        "errorCode": "",
        "errorMessage": "",
    })
}

pub(in crate::rows) fn get_in(visit: &Visit<'_>, market: Market) -> Data {
    match visit.order(market, "orderId")? {
        Some(order) => visit.reply(&shapes::order(visit.state, &order)),
        None => visit.sample(),
    }
}

/// Pays the order that `orderId` names, at once and by agreement; absent where it is an example's.
pub(in crate::rows) fn pay_in(visit: &mut Visit<'_>, market: Market) -> Result<Option<Value>, Refusal> {
    let Some(order) = visit.order(market, "orderId")? else { return Ok(None) };
    let order = visit.pay(&order.id)?;
    let url = cashier(&order.id);
    Ok(Some(json!({"orderId": order.id, "protocolPaySuccess": true, "payUrl": url, "cantPayOrderList": []})))
}

/// The caller's orders, narrowed down by the state that 1688's own API knows as `orderStatus`.
fn filtered<'a>(visit: &'a Visit<'_>, market: Market) -> Vec<&'a Order> {
    let status = visit.text("orderStatus");
    let mut orders = visit.state.orders(visit.caller(), market);
    orders.retain(|order| status.as_ref().is_none_or(|status| shapes::status(order) == status));
    orders
}

fn cashier(order: &str) -> String {
    format!("https://cashier.example.com/pay?order={order}")
}
