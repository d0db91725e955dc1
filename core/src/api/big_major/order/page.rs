//! Lists the orders of a big buyer.

use crate::alibaba::order::OrderPage;
use crate::api::prelude::*;

/// Order list.
///
/// The account's orders, page by page. Path and fields of this row are not published: the path is named after its
/// neighbours, and the fields are those of the plain list of 1688 orders.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.order.page",
    post = "/alibaba/ka/order/page",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = OrderPage,
    paging(page = "beginPage", size = "pageSize", items = "result", item = crate::alibaba::order::OrderDetail, total = "totalRecord"),
    example = r#"{"beginPage":1,"pageSize":20}"#,
    sources = ["https://doc-en.xportcn.com/api-337775950"],
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
