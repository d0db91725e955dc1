//! Products as SPUs, with their SKUs.

use crate::api::prelude::*;

/// Taobao SPUs details query.
///
/// Products with their SKUs, beside the list of what the account distributes. Path, request and reply are those of the
/// upstream; Xportcn's own are not published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.spu_details",
    post = "/open/product/details/query",
    safety = Read,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [get("/open/product/details/query", Upstream), post("/open/product/spu/details", Inferred)],
    reply = SpuDetailsReply,
    example = r#"{"items":["600126245031041190"],"language":"en"}"#,
    sources = [],
)]
pub struct SpuDetails {
    /// Products, by their ids in the supply catalogue; at most 20. The wire holds them as JSON text (upstream).
    #[wire(embedded, upstream)]
    pub items: Option<Vec<Id>>,
    /// Language of the texts: `zh`, which is usual, or `en` (upstream).
    #[wire(upstream)]
    pub language: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}

/// Products with their SKUs. The fields are those that two clients of the upstream read; there are more.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SpuDetailsReply {
    /// The products (upstream).
    #[wire(upstream)]
    pub goods_info_list: Vec<SpuDetail>,
}

/// A product with its SKUs (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SpuDetail {
    /// Product, by its id in the supply catalogue (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// Title (upstream).
    #[wire(upstream)]
    pub title: Option<String>,
    /// Short title (upstream).
    #[wire(upstream)]
    pub short_title: Option<String>,
    /// Price; the unit is not told (upstream).
    #[wire(upstream)]
    pub price: Option<Amount>,
    /// Stock (upstream).
    #[wire(upstream)]
    pub inventory: Option<i64>,
    /// URLs of the pictures (upstream).
    #[wire(upstream)]
    pub images: Vec<String>,
    /// Attributes, each a name and a value by language (upstream).
    #[wire(upstream)]
    pub attributes: Vec<Any>,
    /// SKUs (upstream).
    #[wire(upstream)]
    pub skus: Vec<SpuSku>,
}

/// A SKU of such a product (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SpuSku {
    /// Price; the unit is not told (upstream).
    #[wire(upstream)]
    pub price: Option<Amount>,
    /// Attributes, each a name and a value by language (upstream).
    #[wire(upstream)]
    pub attributes: Vec<Any>,
}
