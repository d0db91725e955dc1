//! Products as SPUs, page by page.

use super::ProductPage;
use crate::api::prelude::*;

/// Taobao SPUs list query.
///
/// Lists products, each with all its SKUs taken together. Path, request and reply are not published: path and request
/// are named after the neighbouring calls, and the reply is taken to be the page of products of the recommendation.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.spu_list",
    post = "/open/product/spus/get",
    safety = Read,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [get("/open/product/spus/get", Upstream), post("/open/product/spu/list", Inferred)],
    reply = ProductPage,
    paging(page = "pageNo", size = "pageSize", items = "data"),
    example = r#"{"pageNo":1,"pageSize":10}"#,
    sources = [],
)]
pub struct SpuList {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
