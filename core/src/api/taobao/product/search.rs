//! Finds products by words.

use super::ProductPage;
use crate::api::prelude::*;

/// Taobao product search API.
///
/// Products that match a keyword, page by page. Path and request are those of a sister brand's second version; its
/// path is written here without the version. The reply is not published; it is taken to be the page of products of
/// the recommendation, whose items are the upstream's: prices in yuan. Other product calls of the first version take a language; whether this one does is not known.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.search",
    post = "/open/product/item/search",
    safety = Read,
    evidence(path = SisterV2, request = Published, reply = Inferred),
    candidates = [post("/open/traffic/item/search", Upstream)],
    reply = ProductPage,
    paging(page = "pageNo", size = "pageSize", items = "data", item = super::ProductSummary),
    example = r#"{"keyword":"电动车","pageSize":5,"pageNo":1,"sort":"tk_rate_desc"}"#,
    sources = ["https://doc-env2.pandapon.com/api-289120988"],
)]
pub struct Search {
    /// Words to search for.
    pub keyword: String,
    /// Products per page, from 1 to 40.
    pub page_size: Option<i64>,
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Order of the products. `tk_rate_desc` has been seen, without its meaning; the upstream has `PRICE_ASC`,
    /// `PRICE_DESC`, `SALE_QTY_ASC` and `SALE_QTY_DESC`.
    pub sort: Option<String>,
}
