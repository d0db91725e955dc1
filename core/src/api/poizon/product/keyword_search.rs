//! Searches Poizon by words.

use crate::api::prelude::*;

/// Keyword search.
///
/// Finds products on Poizon by words. Path, fields and answer of this row are not published: its names follow those
/// of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.product.keyword_search",
    post = "/poizon/product/keywords/query",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [get("/poizon/product/queryList", OtherReseller), post("/poizon/product/querySpuList", Upstream)],
    reply = Option<Any>,
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
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
