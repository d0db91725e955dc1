//! Orders, page by page.

use super::PurchaseOrderPage;
use crate::api::prelude::*;

/// Query the order list by page.
///
/// Lists orders, page by page. Path, request and reply are not published: path and request are named after the
/// neighbouring calls, and the reply is the upstream's page of purchase orders. The second version of a sister brand
/// has a POST here; if yours does, set the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.page",
    get = "/open/order/page",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/order/page", SisterV2)],
    reply = PurchaseOrderPage,
    paging(page = "pageNo", size = "pageSize", items = "data", item = super::PurchaseOrder, total = "resultsTotal"),
    example = r#"{"pageNo":1,"pageSize":10}"#,
    sources = ["https://doc-en.pandapon.com/api-263477611", "https://doc-en.xportcn.com/api-205190224"],
)]
pub struct Page {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
