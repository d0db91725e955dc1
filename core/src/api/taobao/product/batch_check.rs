//! Which items the supply platform has.

use crate::api::prelude::*;

/// Batch query products according to Taobao product id.
///
/// Finds the supply platform's products for items and SKUs of Taobao, and tells for which there is none. A part of
/// the reply's fields is published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.batch_check",
    post = "/open/product/batch/check",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = BatchCheckReply,
    example = r#"{"params":[{"itemId":"672991141190","skuIds":["3452545926724"]}]}"#,
    sources = ["https://doc-en.pandapon.com/api-263477607"],
)]
pub struct BatchCheck {
    /// Items to check. The wire holds them as JSON text.
    #[wire(embedded)]
    pub params: Vec<ItemToCheck>,
}

/// An item of Taobao and those of its SKUs that are to be checked.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ItemToCheck {
    /// Id of the item on Taobao.
    pub item_id: Id,
    /// Ids of the SKUs on Taobao.
    pub sku_ids: Option<Vec<Id>>,
}

/// The supply platform's products for the items.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct BatchCheckReply {
    /// Products that the supply platform has: objects of three fields, which are not published.
    pub mp_products: Vec<Any>,
    /// Ids of the items that the supply platform does not have.
    pub no_mp_product_item_ids: Vec<Id>,
    /// Why it does not have them: objects of two fields, which are not published.
    pub no_mp_reason_list: Vec<Any>,
}
