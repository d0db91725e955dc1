//! Preview and creation of orders, with one seller and with several.

use super::shapes;
use crate::refusal::Refusal;
use crate::rows::visit::wish;
use crate::rows::{Data, Row, Visit};
use crate::state::{Bill, Market, Order, Product, Wish};
use serde_json::Value;

pub(in crate::rows) const ROWS: &[Row] = &[
    ("alibaba.order.preview", preview),
    ("alibaba.order.create", create),
    ("alibaba.order.batch_preview", batch_preview),
    ("alibaba.order.batch_create", batch_create),
];

fn preview(visit: &mut Visit<'_>) -> Data {
    visit.reply(&shapes::preview(&[preview_in(visit, Market::Alibaba)?]))
}

fn create(visit: &mut Visit<'_>) -> Data {
    let order = create_in(visit, Market::Alibaba)?;
    visit.reply(&shapes::created(&order))
}

/// An order for each seller.
fn batch_preview(visit: &mut Visit<'_>) -> Data {
    visit.reply(&shapes::preview(&bills(visit)?))
}

fn batch_create(visit: &mut Visit<'_>) -> Data {
    let receiver = visit.field("addressParam").cloned().unwrap_or_default();
    let mut shown = Vec::new();
    for bill in bills(visit)? {
        let order = visit.new_order(Market::Alibaba, bill, receiver.clone());
        visit.place(order.clone());
        shown.push(shapes::order(visit.state, &order));
    }
    visit.reply(&Value::Array(shown))
}

/// What the lines of the request cost in this market.
pub(in crate::rows) fn preview_in(visit: &Visit<'_>, market: Market) -> Result<Bill, Refusal> {
    Bill::of(market, &visit.cargo())
}

/// Places an order of the lines of the request in this market.
pub(in crate::rows) fn create_in(visit: &mut Visit<'_>, market: Market) -> Result<Order, Refusal> {
    let bill = preview_in(visit, market)?;
    let receiver = visit.field("addressParam").cloned().unwrap_or_default();
    let order = visit.new_order(market, bill, receiver);
    visit.place(order.clone());
    Ok(order)
}

/// What the lines of the request cost, seller by seller, in the order of their first lines.
fn bills(visit: &Visit<'_>) -> Result<Vec<Bill>, Refusal> {
    let lines = visit.field("cargoParamList").and_then(Value::as_array);
    let mut sellers: Vec<(String, Vec<Wish>)> = Vec::new();
    for wish in lines.into_iter().flatten().map(|line| wish(line, "offerId", "specId")) {
        let seller = Product::of(Market::Alibaba, &wish.item).seller.open_id;
        match sellers.iter_mut().find(|(known, _)| *known == seller) {
            Some((_, wishes)) => wishes.push(wish),
            None => sellers.push((seller, vec![wish])),
        }
    }
    if sellers.is_empty() {
        return Bill::of(Market::Alibaba, &[]).map(|bill| vec![bill]);
    }
    sellers.iter().map(|(_, wishes)| Bill::of(Market::Alibaba, wishes)).collect()
}
