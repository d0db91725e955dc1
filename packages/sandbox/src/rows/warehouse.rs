//! Freight from the warehouse to recipients overseas. No reply of these rows is published: their shapes are the
//! sandbox's own. Amounts are whole fen.

use super::context::{number, text};
use super::{Row, RowContext, RowResult};
use crate::refusal::{Reason, Refusal};
use crate::sample::Seed;
use crate::state::{Action, Booking, Entry, Freight, Goods, freight_total, is_example};
use serde_json::{Value, json};

pub(super) const ROWS: &[Row] = &[
    ("warehouse.estimate_freight", estimate),
    ("warehouse.preview_freight", preview),
    ("warehouse.book_freight", book),
    ("warehouse.update_domestic_logistics", update),
];

fn estimate(context: &mut RowContext<'_>) -> RowResult {
    let goods = Goods {
        item: context.text("itemId").unwrap_or_default(),
        sku_id: context.text("skuId").unwrap_or_default(),
        quantity: context.int("quantity").unwrap_or_default(),
    };
    context.reply_raw(&json!({
        "itemId": goods.item, "skuId": goods.sku_id, "quantity": goods.quantity, "currency": "CNY",
        "freight": goods.freight(),
    }))
}

fn preview(context: &mut RowContext<'_>) -> RowResult {
    let goods = goods(context, "renderItems");
    let now = context.now();
    let id = format!("FF{}", context.state.next_id(now));
    let freight = Freight { id: id.clone(), owner: context.caller().clone(), goods };
    let mut shown = sums(&freight.goods);
    shown["renderId"] = json!(id);
    context.state.freights.insert(id, freight);
    context.reply_raw(&shown)
}

/// Nothing is known against double bookings: to book a preview twice makes two.
fn book(context: &mut RowContext<'_>) -> RowResult {
    let render_id = context.text("renderId");
    let previewed = render_id.as_ref().and_then(|id| context.state.freights.get(id));
    let previewed = previewed.filter(|freight| freight.owner == *context.caller()).map(|freight| freight.goods.clone());
    if let Some(id) = render_id.as_ref().filter(|id| previewed.is_none() && !is_example("renderId", id)) {
        return Err(Refusal::new(Reason::UnknownFreight, format!("renderId: there is no freight preview {id}")));
    }
    let now = context.now();
    let id = context.state.next_id(now);
    let booking = Booking {
        waybill: format!("FARJP{:012}", Seed::new("freight").of(&id).below(1_000_000_000_000)),
        id: id.clone(),
        owner: context.caller().clone(),
        render_id,
        tmall_order: context.field("tmallOrderInfo").and_then(|order| text(order.get("tmallOrderId")?)),
        goods: previewed.unwrap_or_else(|| goods(context, "lineItems")),
        created: now,
        parcels: Value::Null,
    };
    let shown = shown(&booking);
    note(context, &booking);
    context.state.bookings.insert(id, booking);
    context.reply_raw(&shown)
}

fn update(context: &mut RowContext<'_>) -> RowResult {
    let (id, tmall_order) = (context.text("orderId"), context.text("tmallOrderId"));
    let parcels = context.field("logisticInfos").cloned().unwrap_or_default();
    let owner = context.caller();
    let is_own = |booking: &Booking| booking.owner == *owner;
    let bookings = &mut context.state.bookings;
    let known = match &id {
        Some(id) => bookings.get_mut_if(id, is_own),
        None => bookings.find_mut(owner, |booking| tmall_order.is_some() && booking.tmall_order == tmall_order),
    };
    if let Some(booking) = known {
        booking.parcels = parcels;
        let shown = shown(booking);
        return context.reply_raw(&shown);
    }
    let name = if id.is_some() { "orderId" } else { "tmallOrderId" };
    let id = id.or(tmall_order).unwrap_or_default();
    if is_example(name, &id) {
        return context.reply_raw(&json!({"orderId": id, "logisticInfos": parcels}));
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

fn goods(context: &RowContext<'_>, name: &str) -> Vec<Goods> {
    let field = |line: &Value, name: &str| line.get(name).and_then(text);
    let lines = context.field(name).and_then(Value::as_array);
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

fn note(context: &mut RowContext<'_>, booking: &Booking) {
    context.state.add_entry(Entry {
        action: Action::Booked,
        endpoint: context.call.endpoint.id.to_string(),
        order: booking.id.clone(),
        market: None,
        user: context.caller().user_id.clone(),
        reference: booking.tmall_order.clone(),
        nonce: context.call.nonce.to_string(),
        amount: freight_total(&booking.goods),
        at: booking.created,
        failure: None,
    });
}
