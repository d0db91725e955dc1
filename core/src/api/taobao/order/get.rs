//! One order.

use super::PurchaseOrder;
use crate::api::prelude::*;

/// Get order details based on the order id.
///
/// One order. Path, request and reply are not published: path and request are named after the neighbouring calls, and
/// the reply is the upstream's purchase order.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.get",
    get = "/open/order/get",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = PurchaseOrder,
    example = r#"{"orderId":"1024285237573584051"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477617", "https://doc-env2.pandapon.com/api-289120996"],
)]
pub struct Get {
    /// Order to query.
    pub order_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
