//! The cart.

use super::shapes;
use crate::invent::SEED;
use crate::rows::visit::number;
use crate::rows::{Data, Row, Visit};
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

fn list(visit: &mut Visit<'_>) -> Data {
    let mut sellers: Vec<(Product, Vec<Value>)> = Vec::new();
    for line in visit.state.cart_lines(visit.caller(), Market::Alibaba) {
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
    visit.reply(&json!({"enableList": sellers, "disableList": []}))
}

/// A variant that is in the cart already gets more pieces, on the line that it has.
fn add(visit: &mut Visit<'_>) -> Data {
    let (offer, spec) = (visit.text("offerId").unwrap_or_default(), visit.text("specId"));
    let line = visit.put(Market::Alibaba, &offer, spec.as_deref())?;
    visit.reply_as::<Shown>(&shown(&line))
}

fn delete(visit: &mut Visit<'_>) -> Data {
    let ids = visit.texts("cartIds");
    visit.state.chosen(visit.caller(), Market::Alibaba, &ids)?;
    visit.state.drop_lines(visit.caller(), &ids);
    visit.reply_raw(&json!(true))
}

fn edit_quantity(visit: &mut Visit<'_>) -> Data {
    visit.edit_quantity(Market::Alibaba)?;
    visit.reply(&json!(true))
}

fn preview_order(visit: &mut Visit<'_>) -> Data {
    let (_, bill) = visit.checkout(Market::Alibaba, "cartIds")?;
    visit.reply(&shapes::preview(&[bill]))
}

/// What is ordered leaves the cart.
fn create_order(visit: &mut Visit<'_>) -> Data {
    let (ids, bill) = visit.checkout(Market::Alibaba, "cartIds")?;
    let receiver = visit.field("addressParam").cloned().unwrap_or_default();
    let order = visit.new_order(Market::Alibaba, bill, receiver);
    visit.place(order.clone());
    visit.state.drop_lines(visit.caller(), &ids);
    visit.reply(&shapes::created(&order))
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
