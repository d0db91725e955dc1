//! Products that sell well.

use super::ProductPage;
use crate::api::prelude::*;

/// Taobao hot product recommendation.
///
/// Products that the platform recommends, page by page. The fields come from a public client of the API: which of
/// them are required is not published. Units and some shapes are those of the upstream's search.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.recommend",
    post = "/open/product/recommend",
    safety = Read,
    evidence(path = Reference, request = Published, reply = PublishedInPart),
    reply = ProductPage,
    paging(page = "pageNo", size = "pageSize", items = "data", item = super::ProductSummary),
    example = r#"{"pageNo":1,"pageSize":10,"language":"en"}"#,
    sources = [],
)]
pub struct Recommend {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Language of the texts in the reply; the values are not published.
    pub language: Option<String>,
}
