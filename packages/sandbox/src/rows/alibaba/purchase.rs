//! Preview and creation of orders, with one seller and with several.

use super::shapes;
use crate::refusal::Refusal;
use crate::rows::context::line_request;
use crate::rows::{Row, RowContext, RowResult};
use crate::state::{LineRequest, Market, Order, Product, Quote};
use serde_json::Value;

pub(in crate::rows) const ROWS: &[Row] = &[
    ("alibaba.order.preview", preview),
    ("alibaba.order.create", create),
    ("alibaba.order.batch_preview", batch_preview),
    ("alibaba.order.batch_create", batch_create),
];

fn preview(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&shapes::preview(&[preview_in(context, Market::Alibaba)?]))
}

fn create(context: &mut RowContext<'_>) -> RowResult {
    let order = create_in(context, Market::Alibaba)?;
    context.reply(&shapes::created(&order))
}

/// An order for each seller.
fn batch_preview(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&shapes::preview(&quotes(context)?))
}

fn batch_create(context: &mut RowContext<'_>) -> RowResult {
    let receiver = context.field("addressParam").cloned().unwrap_or_default();
    let mut shown = Vec::new();
    for quote in quotes(context)? {
        let order = context.new_order(Market::Alibaba, quote, receiver.clone());
        context.place(order.clone());
        shown.push(shapes::order(context.state, &order));
    }
    context.reply(&Value::Array(shown))
}

/// What the lines of the request cost in this market.
pub(in crate::rows) fn preview_in(context: &RowContext<'_>, market: Market) -> Result<Quote, Refusal> {
    Quote::of(market, &context.cargo_lines())
}

/// Places an order of the lines of the request in this market.
pub(in crate::rows) fn create_in(context: &mut RowContext<'_>, market: Market) -> Result<Order, Refusal> {
    let quote = preview_in(context, market)?;
    let receiver = context.field("addressParam").cloned().unwrap_or_default();
    let order = context.new_order(market, quote, receiver);
    context.place(order.clone());
    Ok(order)
}

/// What the lines of the request cost, seller by seller, in the order of their first lines.
fn quotes(context: &RowContext<'_>) -> Result<Vec<Quote>, Refusal> {
    let lines = context.field("cargoParamList").and_then(Value::as_array);
    let mut sellers: Vec<(String, Vec<LineRequest>)> = Vec::new();
    for line_request in lines.into_iter().flatten().map(|line| line_request(line, "offerId", "specId")) {
        let seller = Product::of(Market::Alibaba, &line_request.item).seller.open_id;
        match sellers.iter_mut().find(|(known, _)| *known == seller) {
            Some((_, line_requests)) => line_requests.push(line_request),
            None => sellers.push((seller, vec![line_request])),
        }
    }
    if sellers.is_empty() {
        return Quote::of(Market::Alibaba, &[]).map(|quote| vec![quote]);
    }
    sellers.iter().map(|(_, line_requests)| Quote::of(Market::Alibaba, line_requests)).collect()
}
