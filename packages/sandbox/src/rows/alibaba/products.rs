//! Searches and details of products.

use crate::rows::{Row, RowContext, RowResult};
use crate::sample::{Page, SEED};
use crate::state::{Market, Product, Variant, pick_items, yuan};
use serde_json::{Value, json};

pub(in crate::rows) const ROWS: &[Row] = &[
    ("alibaba.product.keyword_search", list),
    ("alibaba.product.image_search", list),
    ("alibaba.product.seller_offers", list),
    ("alibaba.product.detail", detail),
];

fn list(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&list_of(context, Market::Alibaba))
}

fn detail(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&detail_of(context, Market::Alibaba))
}

/// A page of the products that a search finds in this market.
pub(in crate::rows) fn list_of(context: &RowContext<'_>, market: Market) -> Value {
    let total = usize::try_from(Page::sample_total(context.seed())).unwrap_or_default();
    let page = context.page(total);
    let items = pick_items(market, context.seed(), context.text("sellerOpenId").as_deref(), total);
    json!({
        "totalRecords": page.total,
        "totalPage": page.count(),
        "pageSize": page.size,
        "currentPage": page.number,
        "data": items[page.range()].iter().map(|id| summary(&Product::of(market, id))).collect::<Vec<_>>(),
    })
}

/// The product that `offerId` names in this market.
pub(in crate::rows) fn detail_of(context: &RowContext<'_>, market: Market) -> Value {
    let product = Product::of(market, &context.text("offerId").unwrap_or_default());
    let price = yuan(product.price());
    json!({
        SEED: product.id,
        "offerId": product.id,
        "subject": product.title,
        "productImage": {SEED: product.id, "images": [product.image]},
        "productSkuInfos": product.variants.iter().map(sku).collect::<Vec<_>>(),
        "productSaleInfo": {
            SEED: product.id,
            "amountOnSale": product.stock(),
            "priceRangeList": [{SEED: product.id, "startQuantity": 1, "price": price, "promotionPrice": price}],
            "consignPrice": price,
            "quoteType": "1",
        },
        "sellerOpenId": product.seller.open_id,
        "companyName": product.seller.name,
        "minOrderQuantity": 1,
        "batchNumber": 1,
        "status": "published",
        "channelPrice": {
            "channelSkuPriceList": product.variants.iter().map(|variant| {
                json!({"skuId": variant.sku_id, "currentPrice": yuan(variant.price)})
            }).collect::<Vec<_>>(),
        },
        "promotionModel": {"hasPromotion": false},
    })
}

fn summary(product: &Product) -> Value {
    let price = yuan(product.price());
    json!({
        SEED: product.id,
        "offerId": product.id,
        "subject": product.title,
        "imageUrl": product.image,
        "priceInfo": {"price": price, "jxhyPrice": price, "pfJxhyPrice": price, "consignPrice": price,
            "promotionPrice": price},
        "companyName": product.seller.name,
        "minOrderQuantity": 1,
        "promotionModel": {SEED: product.id, "hasPromotion": false},
    })
}

fn sku(variant: &Variant) -> Value {
    let price = yuan(variant.price);
    json!({
        SEED: variant.spec_id,
        "skuId": variant.sku_id,
        "specId": variant.spec_id,
        "amountOnSale": variant.stock,
        "price": price,
        "jxhyPrice": price,
        "pfJxhyPrice": price,
        "consignPrice": price,
        "promotionPrice": price,
        "skuAttributes": [{SEED: variant.spec_id, "attributeName": "颜色", "value": variant.colour}],
    })
}
