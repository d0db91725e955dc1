//! Cancels an order.

use crate::api::prelude::*;

/// Cancel the order before payment.
///
/// Cancels an order that has not been paid. The answer is whether it was cancelled.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.cancel",
    post = "/alibaba/order/cancel",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::alibaba::effects::CANCEL,
    reply = Option<bool>,
    example = r#"{"webSite":"1688","orderId":"2542285634920880794","cancelReason":"不想要了"}"#,
    sources = ["https://doc-cnv2.pandapon.com/api-288855711", "https://doc-en.pandapon.com/api-263477650"],
)]
pub struct Cancel {
    /// Site of the order: `1688`.
    pub web_site: String,
    /// Order.
    #[wire(number)]
    pub order_id: Id,
    /// Why; the page's example says in Chinese that the goods are not wanted any more.
    pub cancel_reason: String,
    /// Remark.
    pub remark: Option<String>,
}
