//! Lists orders on Poizon.

use crate::api::prelude::*;

/// Order list.
///
/// The account's orders on Poizon. Path, fields and answer of this row are not published: the page follows the names of
/// the 1688 rows. The platform which Xportcn most likely passes calls on to has no page numbers, but `startId`; its answer
/// was not seen, and this one is given as it comes.
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
    /// Where the part begins, by an order's number; 0 is the beginning (upstream).
    #[wire(upstream)]
    pub start_id: Option<i64>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
