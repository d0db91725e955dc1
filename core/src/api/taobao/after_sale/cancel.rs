//! Withdraws an after-sale order.

use super::RefundOrderAggregate;
use crate::api::prelude::*;

/// After-sale order cancellation.
///
/// Withdraws a request for a refund or return. It changes the order although it is a GET, so it is never repeated
/// when it may have arrived. The vendor marks it as in development; a part of the reply's fields is published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.cancel",
    get = "/open/order/refund/cancel/{refundId}",
    safety = Write,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    effect = crate::api::taobao::effects::CANCEL_REFUND,
    reply = CancelReply,
    example = r#"{"refundId":"110000235001"}"#,
    sources = [
        "https://doc-env2.pandapon.com/api-289121008",
        "https://doc-vnm.pandapon.com/api-250496552",
        "https://doc.pandapon.com/api-250313087",
    ],
)]
pub struct Cancel {
    /// After-sale order to withdraw.
    pub refund_id: Id,
}

/// Whether the after-sale order was withdrawn, and how it stands now.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CancelReply {
    /// Whether it was withdrawn.
    pub cancel_success: Option<bool>,
    /// Currency of the amounts, as `CNY`.
    pub currency: Option<String>,
    /// Distributor that the order belongs to.
    pub distributor_id: Option<Id>,
    /// The after-sale order with its return parcel and order line.
    pub refund_order_aggregate: Option<RefundOrderAggregate>,
}
