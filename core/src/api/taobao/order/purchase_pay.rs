//! Pays a purchase order.

use crate::api::prelude::*;

/// Purchase order pay.
///
/// Pays a purchase order. Path, request and reply are not published: path and request are named after the
/// neighbouring calls, and the reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_pay",
    post = "/open/purchase/pay",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/purchase/batch/pay", Upstream), post("/open/purchase/order/batch/pay", Upstream)],
    reply = Option<Any>,
    example = r#"{"orderId":"1024285237573584051"}"#,
    sources = [],
)]
pub struct PurchasePay {
    /// Order to pay.
    pub order_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
