//! The shopping cart. No reply of these rows is published: their shapes are the sandbox's own.

use super::{orders, shapes};
use crate::rows::visit::number;
use crate::rows::{Data, Row, Visit};
use crate::state::{CartLine, Market, Product};
use serde_json::{Value, json};

pub(in crate::rows) const ROWS: &[Row] = &[
    ("taobao.cart.list", list),
    ("taobao.cart.add", add),
    ("taobao.cart.delete", delete),
    ("taobao.cart.edit_quantity", edit_quantity),
    ("taobao.cart.preview_order", preview_order),
    ("taobao.cart.create_order", create_order),
];

fn list(visit: &mut Visit<'_>) -> Data {
    let lines = visit.state.cart_lines(visit.caller(), Market::Taobao);
    visit.reply_raw(&Value::Array(lines.map(shown).collect()))
}

/// A variant that is in the cart already gets more pieces, on the line that it has.
fn add(visit: &mut Visit<'_>) -> Data {
    let (item, sku) = (visit.text("itemId").unwrap_or_default(), visit.text("skuId"));
    let line = visit.put(Market::Taobao, &item, sku.as_deref())?;
    visit.reply_raw(&shown(&line))
}

fn delete(visit: &mut Visit<'_>) -> Data {
    let ids = visit.texts("ids");
    visit.state.chosen(visit.caller(), Market::Taobao, &ids)?;
    visit.state.drop_lines(visit.caller(), &ids);
    visit.reply_raw(&json!(true))
}

fn edit_quantity(visit: &mut Visit<'_>) -> Data {
    visit.edit_quantity(Market::Taobao)?;
    visit.reply_raw(&json!(true))
}

fn preview_order(visit: &mut Visit<'_>) -> Data {
    let (_, bill) = visit.checkout(Market::Taobao, "ids")?;
    visit.reply_raw(&shapes::preview(&bill))
}

/// What is ordered leaves the cart.
fn create_order(visit: &mut Visit<'_>) -> Data {
    let (ids, bill) = visit.checkout(Market::Taobao, "ids")?;
    let receiver = visit.field("orderAddress").cloned().unwrap_or_default();
    let order = orders::place(visit, bill, None, receiver)?;
    visit.state.drop_lines(visit.caller(), &ids);
    visit.reply_raw(&shapes::changed(visit.state, &order))
}

fn shown(line: &CartLine) -> Value {
    let product = Product::of(Market::Taobao, &line.item);
    let price = product.variant(Some(&line.sku_id)).map(|variant| variant.price);
    json!({
        "id": number(&line.id),
        "itemId": number(&line.item),
        "skuId": line.sku_id,
        "itemTitle": product.title,
        "itemPic": product.image,
        "price": price,
        "promotionPrice": price,
        "quantity": line.quantity,
        "shopId": number(&product.seller.id),
        "shopName": product.seller.name,
    })
}
