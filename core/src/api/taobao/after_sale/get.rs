//! One after-sale order.

use super::RefundOrderAggregate;
use crate::api::prelude::*;

/// After-sale simple query.
///
/// One after-sale order with its return parcel and its order line. The vendor marks it as in development; a part of
/// the reply's fields is published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.get",
    get = "/open/order/refund/query",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = GetReply,
    example = r#"{"refundId":"110002685755"}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288803036",
        "https://doc-th.pandapon.com/api-289190464",
        "https://doc-vnm.pandapon.com/api-250496551",
    ],
)]
pub struct Get {
    /// After-sale order to query.
    pub refund_id: Id,
}

/// An after-sale order, its distributor and its currency.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct GetReply {
    /// Distributor that the order belongs to.
    pub distributor_id: Option<Id>,
    /// Currency of the amounts, as `CNY`.
    pub currency: Option<String>,
    /// The after-sale order with its return parcel and order line.
    pub refund_order_aggregate: Option<RefundOrderAggregate>,
}
