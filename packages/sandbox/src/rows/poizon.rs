//! The rows of Poizon: in the shapes of the platform behind it where one is known, else in those of the 1688 rows.

use super::alibaba::{create_in, page_in, pay_in, preview_in, shapes};
use super::context::number;
use super::{Row, RowContext, RowResult};
use crate::sample::{Page, SEED};
use crate::state::{Market, Product, pick_items};
use serde_json::{Value, json};
use xportcn_core::alibaba::order::{OrderPage, OrderPreview, PayUrlReply};

pub(super) const ROWS: &[Row] = &[
    ("poizon.product.keyword_search", list),
    ("poizon.product.detail", detail),
    ("poizon.order.preview", preview),
    ("poizon.order.create", create),
    ("poizon.order.page", page),
    ("poizon.order.pay", pay),
];

fn list(context: &mut RowContext<'_>) -> RowResult {
    let total = usize::try_from(Page::sample_total(context.seed())).unwrap_or_default();
    let page = context.page(total);
    let items = pick_items(Market::Poizon, context.seed(), None, total);
    let shown = page.range().map(|at| spu(&Product::of(Market::Poizon, &items[at]), at + 1));
    context.reply(&json!({"total": total, "spuList": shown.collect::<Vec<_>>()}))
}

fn detail(context: &mut RowContext<'_>) -> RowResult {
    let id = context.text("dwSpuId").or_else(|| context.text("offerId")).unwrap_or_default();
    context.reply(&spu(&Product::of(Market::Poizon, &id), 1))
}

fn preview(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OrderPreview>(&shapes::preview(&[preview_in(context, Market::Poizon)?]))
}

/// The upstream pays with the creation; the sandbox does not, so that no line is paid yet.
fn create(context: &mut RowContext<'_>) -> RowResult {
    let order = create_in(context, Market::Poizon)?;
    let items = order.lines.iter().map(|line| {
        json!({
            SEED: line.id,
            "distSubOrderNo": line.id,
            "orderStatus": null,
            "distSkuId": line.spec_id,
            "dwSkuId": line.sku_id,
            "quantity": number(&line.quantity.normalize().to_string()),
            "realPayAmount": null,
            "currency": "CNY",
        })
    });
    context.reply(&json!({
        SEED: order.id,
        "requestId": order.reference,
        "customerOrderNo": order.id,
        "distOrderNo": order.id,
        "orderItems": items.collect::<Vec<_>>(),
    }))
}

fn page(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OrderPage>(&page_in(context, Market::Poizon))
}

fn pay(context: &mut RowContext<'_>) -> RowResult {
    match pay_in(context, Market::Poizon)? {
        Some(known) => context.reply_as::<PayUrlReply>(&known),
        None => context.sample_as::<PayUrlReply>(),
    }
}

/// A product with its place in the list; in fen.
fn spu(product: &Product, place: usize) -> Value {
    let skus = product.variants.iter().map(|variant| {
        json!({
            SEED: variant.spec_id,
            "dwSkuId": variant.sku_id,
            "distSkuId": variant.spec_id,
            "distStatus": "PRODUCT_ON",
            "image": product.image,
            "minBidPrice": variant.price,
        })
    });
    json!({
        SEED: product.id,
        "id": place,
        "dwSpuId": product.id,
        "distStatus": "PRODUCT_ON",
        "dwSpuTitle": product.title,
        "image": product.image,
        "baseImage": [product.image],
        "authPrice": product.price(),
        "skuList": skus.collect::<Vec<_>>(),
    })
}
