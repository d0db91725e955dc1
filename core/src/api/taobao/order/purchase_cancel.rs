//! Cancels a purchase order.

use super::BegunCancellation;
use crate::api::prelude::*;

/// Purchase order cancel.
///
/// Begins to cancel a purchase order. Begun is not cancelled: the upstream cancels in the background, so ask
/// `taobao.order.purchase_page` until the order is closed. Path, request and reply are not published: path and request are named
/// after the neighbouring calls, the reason and the reply are the upstream's.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_cancel",
    post = "/open/purchase/cancel",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/purchase/asyn/cancel", Upstream), post("/open/purchase/order/asyn/cancel", Upstream)],
    effect = crate::api::taobao::effects::CANCEL,
    reply = BegunCancellation,
    example = r#"{"orderId":"1024285237573584051","cancelReason":"不想要了"}"#,
    sources = [],
)]
pub struct PurchaseCancel {
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
