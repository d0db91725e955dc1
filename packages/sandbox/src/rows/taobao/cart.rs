//! The shopping cart. The replies on its lines are not published: their shapes are the sandbox's own.

use super::{orders, shapes};
use crate::rows::context::number;
use crate::rows::{Row, RowContext, RowResult};
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

fn list(context: &mut RowContext<'_>) -> RowResult {
    let lines = context.state.cart_lines(context.caller(), Market::Taobao);
    context.reply_raw(&Value::Array(lines.map(shown).collect()))
}

/// A variant that is in the cart already gets more pieces, on the line that it has.
fn add(context: &mut RowContext<'_>) -> RowResult {
    let (item, sku) = (context.text("itemId").unwrap_or_default(), context.text("skuId"));
    let line = context.add_to_cart(Market::Taobao, &item, sku.as_deref())?;
    context.reply_raw(&shown(&line))
}

fn delete(context: &mut RowContext<'_>) -> RowResult {
    let ids = context.texts("ids");
    context.state.selected_lines(context.caller(), Market::Taobao, &ids)?;
    context.state.remove_cart_lines(context.caller(), &ids);
    context.reply_raw(&json!(true))
}

fn edit_quantity(context: &mut RowContext<'_>) -> RowResult {
    context.edit_quantity(Market::Taobao)?;
    context.reply_raw(&json!(true))
}

fn preview_order(context: &mut RowContext<'_>) -> RowResult {
    let (_, quote) = context.checkout(Market::Taobao, "ids")?;
    context.reply(&shapes::preview(&quote))
}

/// What is ordered leaves the cart.
fn create_order(context: &mut RowContext<'_>) -> RowResult {
    let (ids, quote) = context.checkout(Market::Taobao, "ids")?;
    let receiver = context.field("orderAddress").cloned().unwrap_or_default();
    let order = orders::place(context, quote, None, receiver)?;
    context.state.remove_cart_lines(context.caller(), &ids);
    context.reply(&shapes::created(&order))
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
