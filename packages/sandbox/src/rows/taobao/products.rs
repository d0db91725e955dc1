//! Search, recommendation and details of products.

use crate::rows::context::text;
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::{Page, SEED};
use crate::state::{Market, Product, Variant, pick_items};
use serde_json::{Value, json};

pub(in crate::rows) const ROWS: &[Row] = &[
    ("taobao.product.recommend", list),
    ("taobao.product.spu_list", list),
    ("taobao.product.search", list),
    ("taobao.product.image_search", list),
    ("taobao.product.get", detail),
    ("taobao.product.query", detail),
    ("taobao.product.detail_v2", detail),
    ("taobao.product.spu_details", detail),
    ("taobao.product.batch_check", check),
];

fn list(context: &mut RowContext<'_>) -> RowResult {
    let total = usize::try_from(Page::sample_total(context.seed())).unwrap_or_default();
    let page = context.page(total);
    let items = pick_items(Market::Taobao, context.seed(), None, total);
    let shown: Vec<Value> = items[page.range()].iter().map(|id| summary(&Product::of(Market::Taobao, id))).collect();
    context.reply(&json!({"pageNo": page.number, "pageSize": page.size, "data": shown}))
}

fn detail(context: &mut RowContext<'_>) -> RowResult {
    let item = context.text("itemId").unwrap_or_default();
    context.reply(&details(&Product::of(Market::Taobao, &item)))
}

/// The supply platform has every item, but not every SKU that is asked for.
fn check(context: &mut RowContext<'_>) -> RowResult {
    let asked = context.field("params").and_then(Value::as_array).into_iter().flatten();
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for item in asked {
        let id = item.get("itemId").and_then(text).unwrap_or_default();
        let product = Product::of(Market::Taobao, &id);
        let skus = item.get("skuIds").and_then(Value::as_array).into_iter().flatten().filter_map(text);
        if skus.into_iter().all(|sku| product.variant(Some(&sku)).is_some()) {
            found.push(json!({"itemId": id, "mpId": mp_id(&product), "skuIds": item.get("skuIds")}));
        } else {
            missing.push(id);
        }
    }
    let reasons: Vec<Value> = missing.iter().map(|id| json!({"itemId": id, "reason": "没有该SKU"})).collect();
    context.reply(&json!({"mpProducts": found, "noMpProductItemIds": missing, "noMpReasonList": reasons}))
}

fn summary(product: &Product) -> Value {
    json!({
        SEED: product.id,
        "itemId": product.id,
        "title": product.title,
        "mainImageUrl": product.image,
        "price": product.price(),
        "couponPrice": product.price(),
        "quantity": product.stock(),
        "shopName": product.seller.name,
    })
}

fn details(product: &Product) -> Value {
    json!({
        SEED: product.id,
        "itemId": product.id,
        "title": product.title,
        "picUrls": [product.image],
        "price": product.price(),
        "promotionPrice": product.price(),
        "quantity": product.stock(),
        "beginAmount": 1,
        "status": "active",
        "mpId": mp_id(product),
        "shopId": product.seller.id,
        "shopName": product.seller.name,
        "itemUrl": format!("https://www.example.com/item/{}", product.id),
        "skuList": product.variants.iter().map(|variant| sku(product, variant)).collect::<Vec<_>>(),
    })
}

fn sku(product: &Product, variant: &Variant) -> Value {
    json!({
        SEED: variant.spec_id,
        "skuId": variant.sku_id,
        "mpSkuId": mp_sku_id(variant),
        "picUrl": product.image,
        "price": variant.price,
        "promotionPrice": variant.price,
        "postFee": product.freight,
        "quantity": variant.stock,
        "status": "active",
        "properties": properties(variant),
    })
}

/// What makes a variant differ from the others.
pub(super) fn properties(variant: &Variant) -> Value {
    json!([{"propId": "1627207", "propName": "颜色分类", "valueId": "28324", "valueName": variant.colour}])
}

/// The product on the supply platform.
pub(super) fn mp_id(product: &Product) -> String {
    format!("26{}", product.id)
}

fn mp_sku_id(variant: &Variant) -> String {
    format!("65{}", variant.sku_id)
}
