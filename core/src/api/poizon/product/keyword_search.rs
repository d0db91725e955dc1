//! Searches Poizon by words.

use super::SpuPage;
use crate::api::prelude::*;

/// Keyword search.
///
/// Finds products on Poizon by words. Path, fields and answer of this row are not published: page and words follow the
/// names of the 1688 rows, the rest is that of the platform which Xportcn most likely passes calls on to. That one has no
/// page numbers: give `startId`, the greatest `id` of the part before.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.product.keyword_search",
    post = "/poizon/product/keywords/query",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [get("/poizon/product/queryList", OtherReseller), post("/poizon/product/querySpuList", Upstream)],
    reply = SpuPage,
    example = r#"{"keyword":"运动鞋","beginPage":1,"pageSize":20}"#,
    sources = [],
)]
pub struct KeywordSearch {
    /// Words to search for.
    pub keyword: Option<String>,
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Where the part begins, by a product's `id`; 0 is the beginning (upstream).
    #[wire(upstream)]
    pub start_id: Option<i64>,
    /// Only these products, at most 200 (upstream).
    #[wire(number, upstream)]
    pub dw_spu_id: Option<Vec<Id>>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
