//! Pays a purchase order.

use super::AcceptedPayments;
use crate::api::prelude::*;

/// Purchase order pay.
///
/// Asks for the payment of a purchase order. Accepted is not paid: the upstream pays in the background, and a payment can fail within a call
/// that succeeds, so read `payFailedResults`, then ask `taobao.order.purchase_page` until the order is paid. It takes at most 10
/// orders. Path, request and reply are not published: path and request are named after the neighbouring calls, the
/// reply is the upstream's.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_pay",
    post = "/open/purchase/pay",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/purchase/batch/pay", Upstream), post("/open/purchase/order/batch/pay", Upstream)],
    effect = crate::api::taobao::effects::PAY,
    reply = AcceptedPayments,
    example = r#"{"orderId":"1024285237573584051"}"#,
    sources = [],
)]
pub struct PurchasePay {
    /// Order to pay.
    pub order_id: Option<Id>,
    /// Orders to pay, at most 10; the upstream takes them in the place of one (upstream). The wire holds them as JSON
    /// text.
    #[wire(embedded, upstream)]
    pub purchase_order_id_list: Option<Vec<Id>>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
