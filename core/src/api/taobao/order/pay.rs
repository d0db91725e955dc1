//! Pays an order.

use crate::api::prelude::*;

/// Pay an order.
///
/// Pays an order. Path, request and reply are not published: path and request are named after the neighbouring calls,
/// and the reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.pay",
    post = "/open/order/pay",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/order/batch/pay", Upstream), post("/open/purchase/order/batch/pay", Upstream)],
    reply = Option<Any>,
    example = r#"{"orderId":"1024285237573584051"}"#,
    sources = [],
)]
pub struct Pay {
    /// Order to pay.
    pub order_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
