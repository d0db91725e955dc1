//! Lists orders.

use super::OrderPage;
use crate::api::prelude::*;

/// Order list paging query.
///
/// The account's orders, page by page. Only the path of the second version is published; the fields of the request
/// are named after this API's searches, and those of the answer are those of 1688's own API, so both may differ.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.page",
    post = "/alibaba/order/page",
    safety = Read,
    evidence(path = SisterV2, request = Inferred, reply = Inferred),
    reply = OrderPage,
    paging(page = "beginPage", size = "pageSize", items = "result", item = super::OrderDetail, total = "totalRecord"),
    example = r#"{"beginPage":1,"pageSize":20}"#,
    sources = [
        "https://doc-en.pandapon.com/api-263477647",
        "https://doc-es.pandapon.com/api-266459407",
        "https://doc-th.pandapon.com/api-289190488",
    ],
)]
pub struct Page {
    /// Number of the page, from 1. 1688's own API calls it `page`.
    pub begin_page: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here, for example `orderStatus`, `createStartTime` or `orderIds` of 1688's own API;
    /// they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
