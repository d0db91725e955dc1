//! A refund in full.

use super::RefundDetail;
use crate::api::prelude::*;

/// Query the details of the after-sales order.
///
/// Everything that is known of one refund. One page has `refundId` in the body, an older one in the query string; it
/// is sent in the body.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.after_sale.get",
    post = "/alibaba/refund/info",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = RefundDetail,
    example = r#"{"refundId":"TQ34931008034741532"}"#,
    sources = ["https://doc-vnm.pandapon.com/api-250496578", "https://doc.pandapon.com/api-250313117"],
)]
pub struct Get {
    /// Refund: TQ and digits.
    pub refund_id: Id,
}
