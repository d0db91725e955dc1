//! After-sale orders, page by page.

use super::RefundOrderAggregate;
use crate::api::prelude::*;
use crate::taobao::RefundStatus;

/// After-sale single-column table query.
///
/// Lists after-sale orders, narrowed down by order, state and time. It is not certain that this path belongs to this
/// title: the public page of the path carries the title of the message list, but path and filters are those of a list
/// of orders. The reply is not published; it is taken to be a page of after-sale orders.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.list",
    post = "/open/order/refund/queryList",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = ListReply,
    paging(page = "pageNo", size = "pageSize", items = "data", item = RefundOrderAggregate),
    example = r#"{"refundStatus":10,"pageNo":1,"pageSize":10}"#,
    sources = ["https://doc-vnm.pandapon.com/api-250496545"],
)]
pub struct List {
    /// Only this after-sale order.
    pub refund_id: Option<Id>,
    /// Only after-sale orders of this purchase order.
    pub purchase_order_id: Option<Id>,
    /// Only after-sale orders of this Taobao order.
    pub sales_order_id: Option<Id>,
    /// Only after-sale orders in this state; the values are those of the upstream.
    pub refund_status: Option<RefundStatus>,
    /// Beginning of the time range; neither the unit nor which time is meant is published. Times of the upstream are
    /// milliseconds since 1970.
    pub refund_start_time: Option<i64>,
    /// End of the time range; neither the unit nor which time is meant is published.
    pub refund_end_time: Option<i64>,
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// After-sale orders per page.
    pub page_size: i64,
}

/// A page of after-sale orders.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ListReply {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// After-sale orders per page.
    pub page_size: Option<i64>,
    /// The after-sale orders of the page.
    pub data: Vec<RefundOrderAggregate>,
}
