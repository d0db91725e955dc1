//! Cancels an order.

use super::BegunCancellation;
use crate::api::prelude::*;

/// Cancel an order.
///
/// Begins to cancel an order. Begun is not cancelled: the upstream cancels in the background, so ask
/// `taobao.order.get` until the order is closed. Path, request and reply are not published: path and request are named
/// after the neighbouring calls, the reason and the reply are the upstream's.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.cancel",
    post = "/open/order/cancel",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/order/asyn/cancel", Upstream), post("/open/purchase/order/asyn/cancel", Upstream)],
    effect = crate::api::taobao::effects::CANCEL,
    reply = BegunCancellation,
    example = r#"{"orderId":"1024285237573584051","cancelReason":"不想要了"}"#,
    sources = [],
)]
pub struct Cancel {
    /// Order to cancel.
    pub order_id: Option<Id>,
    /// Why, in free words; the upstream needs a reason (upstream).
    #[wire(upstream)]
    pub cancel_reason: Option<String>,
    /// Remark (upstream).
    #[wire(upstream)]
    pub cancel_remark: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
