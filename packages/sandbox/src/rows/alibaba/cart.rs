//! The cart.

use super::shapes;
use crate::rows::context::number;
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::SEED;
use crate::state::{CartLine, Market, Product, yuan};
use serde_json::{Value, json};
use xportcn_core::alibaba::cart::CartLine as Shown;

pub(in crate::rows) const ROWS: &[Row] = &[
    ("alibaba.cart.list", list),
    ("alibaba.cart.add", add),
    ("alibaba.cart.delete", delete),
    ("alibaba.cart.edit_quantity", edit_quantity),
    ("alibaba.cart.preview_order", preview_order),
    ("alibaba.cart.create_order", create_order),
];

fn list(context: &mut RowContext<'_>) -> RowResult {
    let mut sellers: Vec<(Product, Vec<Value>)> = Vec::new();
    for line in context.state.cart_lines(context.caller(), Market::Alibaba) {
        let product = Product::of(Market::Alibaba, &line.item);
        let shown = shown(line);
        match sellers.iter_mut().find(|(known, _)| known.seller.id == product.seller.id) {
            Some((_, lines)) => lines.push(shown),
            None => sellers.push((product, vec![shown])),
        }
    }
    let sellers: Vec<Value> = sellers
        .into_iter()
        .map(|(product, lines)| {
            json!({
                "sellerOpenId": product.seller.open_id,
                "sellerNickName": product.seller.name,
                "cartItemInfos": lines,
            })
        })
        .collect();
    context.reply(&json!({"enableList": sellers, "disableList": []}))
}

/// A variant that is in the cart already gets more pieces, on the line that it has.
fn add(context: &mut RowContext<'_>) -> RowResult {
    let (offer, spec) = (context.text("offerId").unwrap_or_default(), context.text("specId"));
    let line = context.add_to_cart(Market::Alibaba, &offer, spec.as_deref())?;
    context.reply_as::<Shown>(&shown(&line))
}

fn delete(context: &mut RowContext<'_>) -> RowResult {
    let ids = context.texts("cartIds");
    context.state.selected_lines(context.caller(), Market::Alibaba, &ids)?;
    context.state.remove_cart_lines(context.caller(), &ids);
    context.reply_raw(&json!(true))
}

fn edit_quantity(context: &mut RowContext<'_>) -> RowResult {
    context.edit_quantity(Market::Alibaba)?;
    context.reply(&json!(true))
}

fn preview_order(context: &mut RowContext<'_>) -> RowResult {
    let (_, quote) = context.checkout(Market::Alibaba, "cartIds")?;
    context.reply(&shapes::preview(&[quote]))
}

/// What is ordered leaves the cart.
fn create_order(context: &mut RowContext<'_>) -> RowResult {
    let (ids, quote) = context.checkout(Market::Alibaba, "cartIds")?;
    let receiver = context.field("addressParam").cloned().unwrap_or_default();
    let order = context.new_order(Market::Alibaba, quote, receiver);
    context.place(order.clone());
    context.state.remove_cart_lines(context.caller(), &ids);
    context.reply(&shapes::created(&order))
}

fn shown(line: &CartLine) -> Value {
    let product = Product::of(Market::Alibaba, &line.item);
    let variant = product.variant(Some(&line.sku_id));
    json!({
        SEED: line.id,
        "id": number(&line.id),
        "specId": line.spec_id,
        "skuId": line.sku_id,
        "itemTitle": product.title,
        "itemPic": product.image,
        "price": variant.map(|variant| yuan(variant.price)),
        "quantity": line.quantity,
        "amountOnSale": variant.map(|variant| variant.stock),
        "properties": variant.map(|variant| variant.colour),
    })
}
