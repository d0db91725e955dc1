//! Freight from the warehouse to recipients overseas. No reply of these rows is published: their shapes are the
//! sandbox's own. Amounts are whole fen.

use super::visit::{number, text};
use super::{Data, Row, Visit};
use crate::invent::Seed;
use crate::refusal::{Reason, Refusal};
use crate::state::{Booking, Deed, Entry, Freight, Goods, freight_total, is_sample};
use serde_json::{Value, json};

pub(super) const ROWS: &[Row] = &[
    ("warehouse.estimate_freight", estimate),
    ("warehouse.preview_freight", preview),
    ("warehouse.book_freight", book),
    ("warehouse.update_domestic_logistics", update),
];

fn estimate(visit: &mut Visit<'_>) -> Data {
    let goods = Goods {
        item: visit.text("itemId").unwrap_or_default(),
        sku_id: visit.text("skuId").unwrap_or_default(),
        quantity: visit.int("quantity").unwrap_or_default(),
    };
    visit.reply_raw(&json!({
        "itemId": goods.item, "skuId": goods.sku_id, "quantity": goods.quantity, "currency": "CNY",
        "freight": goods.freight(),
    }))
}

fn preview(visit: &mut Visit<'_>) -> Data {
    let goods = goods(visit, "renderItems");
    let now = visit.now();
    let id = format!("FF{}", visit.state.next_id(now));
    let freight = Freight { id: id.clone(), owner: visit.caller().clone(), goods };
    let mut shown = sums(&freight.goods);
    shown["renderId"] = json!(id);
    visit.state.freights.insert(id, freight);
    visit.reply_raw(&shown)
}

/// Nothing is known against double bookings: to book a preview twice makes two.
fn book(visit: &mut Visit<'_>) -> Data {
    let render_id = visit.text("renderId");
    let previewed = render_id.as_ref().and_then(|id| visit.state.freights.get(id));
    let previewed = previewed.filter(|freight| freight.owner == *visit.caller()).map(|freight| freight.goods.clone());
    if let Some(id) = render_id.as_ref().filter(|id| previewed.is_none() && !is_sample("renderId", id)) {
        return Err(Refusal::new(Reason::UnknownFreight, format!("renderId: there is no freight preview {id}")));
    }
    let now = visit.now();
    let id = visit.state.next_id(now);
    let booking = Booking {
        waybill: format!("FARJP{:012}", Seed::new("freight").of(&id).below(1_000_000_000_000)),
        id: id.clone(),
        owner: visit.caller().clone(),
        render_id,
        tmall_order: visit.field("tmallOrderInfo").and_then(|order| text(order.get("tmallOrderId")?)),
        goods: previewed.unwrap_or_else(|| goods(visit, "lineItems")),
        created: now,
        parcels: Value::Null,
    };
    let shown = shown(&booking);
    note(visit, &booking);
    visit.state.bookings.insert(id, booking);
    visit.reply_raw(&shown)
}

fn update(visit: &mut Visit<'_>) -> Data {
    let (id, tmall_order) = (visit.text("orderId"), visit.text("tmallOrderId"));
    let parcels = visit.field("logisticInfos").cloned().unwrap_or_default();
    visit.state.change();
    let caller = visit.caller();
    let meant = |booking: &&mut Booking| {
        booking.owner == *caller
            && match &id {
                Some(id) => booking.id == *id,
                None => tmall_order.is_some() && booking.tmall_order == tmall_order,
            }
    };
    if let Some(booking) = visit.state.bookings.values_mut().find(meant) {
        booking.parcels = parcels;
        let shown = shown(booking);
        return visit.reply_raw(&shown);
    }
    let name = if id.is_some() { "orderId" } else { "tmallOrderId" };
    let id = id.or(tmall_order).unwrap_or_default();
    if is_sample(name, &id) {
        return visit.reply_raw(&json!({"orderId": id, "logisticInfos": parcels}));
    }
    Err(Refusal::new(Reason::UnknownFreight, format!("{name}: there is no freight booking {id}")))
}

fn shown(booking: &Booking) -> Value {
    let mut shown = sums(&booking.goods);
    shown["orderId"] = number(&booking.id);
    shown["renderId"] = json!(booking.render_id);
    shown["tmallOrderId"] = json!(booking.tmall_order);
    shown["logisticNumber"] = json!(booking.waybill);
    shown["logisticInfos"] = booking.parcels.clone();
    shown["createTime"] = json!(booking.created);
    shown
}

fn sums(goods: &[Goods]) -> Value {
    let lines: Vec<Value> = goods
        .iter()
        .map(|goods| {
            json!({"itemId": goods.item, "skuId": goods.sku_id, "quantity": goods.quantity, "freight": goods.freight()})
        })
        .collect();
    json!({"currency": "CNY", "totalFreight": freight_total(goods), "items": lines})
}

fn goods(visit: &Visit<'_>, name: &str) -> Vec<Goods> {
    let field = |line: &Value, name: &str| line.get(name).and_then(text);
    let lines = visit.field(name).and_then(Value::as_array);
    lines
        .into_iter()
        .flatten()
        .map(|line| Goods {
            item: field(line, "itemId").unwrap_or_default(),
            sku_id: field(line, "skuId").unwrap_or_default(),
            quantity: field(line, "quantity").and_then(|quantity| quantity.parse().ok()).unwrap_or_default(),
        })
        .collect()
}

fn note(visit: &mut Visit<'_>, booking: &Booking) {
    visit.state.ledger.push(Entry {
        deed: Deed::Booked,
        endpoint: visit.call.endpoint.id.to_string(),
        order: booking.id.clone(),
        market: None,
        user: visit.caller().user_id.clone(),
        reference: booking.tmall_order.clone(),
        nonce: visit.call.nonce.to_string(),
        amount: freight_total(&booking.goods),
        at: booking.created,
    });
}
