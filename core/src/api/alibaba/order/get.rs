//! An order in full.

use super::OrderDetail;
use crate::api::prelude::*;

/// Get order details.
///
/// Everything that is known of one order. The row is not in the vendor's reference; a sister brand of the platform
/// publishes it. The answer is not published; the fields are those of 1688's own API.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.get",
    post = "/alibaba/order/detail",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = OrderDetail,
    example = r#"{"webSite":"1688","orderId":"2019601741959504495"}"#,
    sources = ["https://doc-vnm.pandapon.com/api-250496569"],
)]
pub struct Get {
    /// Site of the order: `1688`.
    pub web_site: String,
    /// Order.
    pub order_id: Id,
}
