//! Purchase orders, page by page.

use super::PurchaseOrderPage;
use crate::api::prelude::*;

/// Purchase order page list.
///
/// Lists purchase orders, page by page. The path and the states of orders and refunds are published for key accounts.
/// The fields are not: the request is named after the neighbouring calls, and the reply is the upstream's page of
/// purchase orders. The upstream filters by `status`, `outer_purchase_id`, `purchase_ids` and the time of change: give
/// them as extra fields.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_page",
    post = "/open/purchase/page",
    safety = Read,
    evidence(path = KeyAccount, request = Inferred, reply = Inferred),
    reply = PurchaseOrderPage,
    paging(page = "pageNo", size = "pageSize", items = "data", item = super::PurchaseOrder, total = "resultsTotal"),
    example = r#"{"pageNo":1,"pageSize":10}"#,
    sources = ["https://doc-en-ka.xportcn.com/doc-8873281"],
)]
pub struct PurchasePage {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
