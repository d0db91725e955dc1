//! Finds products by a picture.

use super::ProductPage;
use crate::api::prelude::*;

/// Taobao product image search API.
///
/// Products that look like a picture, page by page. Path, request and reply are not published: path and request are
/// named after the neighbouring calls, the picture after 1688's image search, and the reply is taken to be the page
/// of products of the recommendation. The upstream takes `picUrl` or `imageId`, has no pages, and answers with a list of
/// at most 100 of the same products, prices in yuan.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.image_search",
    post = "/open/product/image/search",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/product/item/imgsearch", Upstream), post("/open/traffic/item/imgsearch", Upstream)],
    reply = ProductPage,
    paging(page = "pageNo", size = "pageSize", items = "data", item = super::ProductSummary),
    example = r#"{"imageAddress":"https://img.alicdn.com/bao/uploaded/i1/263669477/O1CN01fH0cbf2JsW8fvHFwx_!!263669477.jpg","pageNo":1,"pageSize":10}"#,
    sources = [],
)]
pub struct ImageSearch {
    /// URL of the picture.
    pub image_address: Option<String>,
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
