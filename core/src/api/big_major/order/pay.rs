//! Pays an order of a big buyer.

use crate::alibaba::order::PayUrlReply;
use crate::api::prelude::*;

/// Order payment for big buyers.
///
/// Pays an order. The row is not in the vendor's reference; the vendor's manual for key accounts has its path and says
/// that it takes a JSON body. The fields, which are not public, are those of the plain call for 1688.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.order.pay",
    post = "/alibaba/ka/order/pay",
    safety = Write,
    evidence(path = Reference, request = Inferred, reply = Inferred),
    effect = crate::api::big_major::effects::PAY,
    reply = PayUrlReply,
    example = r#"{"orderId":"2887421737338134260"}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-454827975"],
)]
pub struct Pay {
    /// Order to pay.
    pub order_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
