//! An order of a big buyer in full.

use crate::alibaba::order::OrderDetail;
use crate::api::prelude::*;

/// Get order details.
///
/// Everything that is known of one order. Path and fields of this row are not published: the path is named after its
/// neighbours, and the fields are those of the plain call for 1688.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.order.get",
    post = "/alibaba/ka/order/detail",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = OrderDetail,
    example = r#"{"webSite":"1688","orderId":"2887421737338134260"}"#,
    sources = [],
)]
pub struct Get {
    /// Site of the order: `1688`.
    pub web_site: Option<String>,
    /// Order.
    pub order_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
