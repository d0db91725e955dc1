//! The purchase order, as lists and queries answer with it.

use crate::api::prelude::*;
use crate::taobao::{OrderStatus, PurchaseOrderLine};

/// A page of purchase orders.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PurchaseOrderPage {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// The orders of the page.
    pub data: Vec<PurchaseOrder>,
}

/// A purchase order. Its fields are not published as a whole: these are put together from the message about a changed
/// price, from the order lines of after-sale orders, and from the published lists of states.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PurchaseOrder {
    /// Id of the order, as the calls that take an order name it.
    pub order_id: Option<Id>,
    /// Order number on Taobao.
    pub sales_order_id: Option<Id>,
    /// State of the order. The values are published, the name of the field is that of the order messages.
    pub order_status: Option<OrderStatus>,
    /// Lines of the order, which the messages call sub-orders.
    pub sub_orders: Vec<PurchaseOrderLine>,
}
