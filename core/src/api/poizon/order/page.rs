//! Lists orders on Poizon.

use crate::api::prelude::*;

/// Order list.
///
/// The account's orders on Poizon, page by page. Path, fields and answer of this row are not published: its names
/// follow those of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.order.page",
    post = "/poizon/order/page",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/poizon/order/queryOrderList", Upstream)],
    reply = Option<Any>,
    example = r#"{"beginPage":1,"pageSize":20}"#,
    sources = [],
)]
pub struct Page {
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
