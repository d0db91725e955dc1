//! Orders that have been placed: list, pay, cancel, receive, follow.

use super::shapes;
use crate::refusal::{Reason, Refusal};
use crate::rows::context::number;
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::{Page, SEED};
use crate::state::{Market, Order, Pace};
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

fn page(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&page_in(context, Market::Alibaba))
}

fn get(context: &mut RowContext<'_>) -> RowResult {
    get_in(context, Market::Alibaba)
}

fn pay(context: &mut RowContext<'_>) -> RowResult {
    match pay_in(context, Market::Alibaba)? {
        Some(known) => context.reply(&known),
        None => context.sample(),
    }
}

/// Orders that cannot be paid are named, and the payment of the others begins; an unknown one refuses the whole call.
fn pay_several(context: &mut RowContext<'_>) -> RowResult {
    let mut orders = Vec::new();
    for id in context.texts("orderIds") {
        orders.extend(context.order_of(Market::Alibaba, "orderIds", &id)?);
    }
    let mut unpaid = Vec::new();
    let mut is_settled = true;
    for order in orders {
        match context.pay(&order.id, Pace::Later) {
            Ok(order) => is_settled &= order.is_paid(),
            Err(_) => unpaid.push(number(&order.id)),
        }
    }
    let known = json!({
        "orderId": null, "protocolPaySuccess": is_settled && unpaid.is_empty(), "payUrl": cashier("batch"),
        "cantPayOrderList": unpaid,
    });
    context.reply_as::<PayUrlReply>(&known)
}

fn cancel(context: &mut RowContext<'_>) -> RowResult {
    let Some(order) = context.order(Market::Alibaba, "orderId")? else { return context.reply(&json!(true)) };
    let reason = context.text("cancelReason").unwrap_or_default();
    context.cancel(&order.id, reason, Pace::AtOnce)?;
    context.reply(&json!(true))
}

/// An order is received as a whole; the lines that are named must be its.
fn confirm_receipt(context: &mut RowContext<'_>) -> RowResult {
    let Some(order) = context.order(Market::Alibaba, "orderId")? else { return context.sample() };
    let lines = context.texts("orderEntryIds");
    if let Some(other) = lines.iter().find(|id| !order.lines.iter().any(|line| line.id == **id)) {
        let message = format!("orderEntryIds: the order {} has no line {other}", order.id);
        return Err(Refusal::new(Reason::UnknownOrder, message));
    }
    let now = context.now();
    context.state.order_mut(&order.id)?.receive(now)?;
    context.reply(&json!({"success": true, "errorInfo": "", "errorCode": ""}))
}

fn logistics_trace(context: &mut RowContext<'_>) -> RowResult {
    let Some(order) = context.order(Market::Alibaba, "orderId")? else { return context.sample() };
    order.check_paid()?;
    let traces = order.traces(order.sent_lines().map(|(_, first)| first)).into_iter();
    let steps: Vec<Value> =
        traces.map(|trace| json!({"acceptTime": trace.at.to_string(), "remark": trace.description})).collect();
    context.reply(&json!({
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

/// A page of the caller's orders in this market, narrowed down by the state that 1688's own API knows as `orderStatus`.
pub(in crate::rows) fn page_in(context: &RowContext<'_>, market: Market) -> Value {
    let (state, caller) = (&*context.state, context.caller());
    let (page, orders): (Page, Vec<&Order>) = match context.text("orderStatus") {
        Some(status) => {
            let orders: Vec<&Order> =
                state.orders(caller, market).filter(|order| shapes::status(order) == status).collect();
            let page = context.page(orders.len());
            (page, orders[page.range()].to_vec())
        }
        None => {
            let page = context.page(state.order_count(caller, market));
            (page, state.order_page(caller, market, page.range()).collect())
        }
    };
    json!({
        "result": orders.into_iter().map(|order| shapes::order(state, order)).collect::<Vec<_>>(),
        "totalRecord": page.total,
        "errorCode": "",
        "errorMessage": "",
    })
}

pub(in crate::rows) fn get_in(context: &RowContext<'_>, market: Market) -> RowResult {
    match context.order(market, "orderId")? {
        Some(order) => context.reply(&shapes::order(context.state, &order)),
        None => context.sample(),
    }
}

/// Pays the order that `orderId` names, at once and by agreement; absent where it is an example's.
pub(in crate::rows) fn pay_in(context: &mut RowContext<'_>, market: Market) -> Result<Option<Value>, Refusal> {
    let Some(order) = context.order(market, "orderId")? else { return Ok(None) };
    let order = context.pay(&order.id, Pace::AtOnce)?;
    let url = cashier(&order.id);
    Ok(Some(json!({"orderId": order.id, "protocolPaySuccess": true, "payUrl": url, "cantPayOrderList": []})))
}

fn cashier(order: &str) -> String {
    format!("https://cashier.example.com/pay?order={order}")
}
