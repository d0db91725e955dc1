//! Changes an after-sale order.

use crate::api::prelude::*;

/// After-sale order modification.
///
/// Changes what a request for a refund or return asks for. Neither path nor fields are published: the path is named
/// after its neighbours, the fields after the after-sale order that the query answers with. The reply is given as it
/// comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.modify",
    post = "/open/order/refund/modify",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"refundId":"110002685755","refundFee":"90"}"#,
    sources = [],
)]
pub struct Modify {
    /// After-sale order to change.
    pub refund_id: Option<Id>,
    /// Whether the goods were received; the values are not published.
    pub goods_status: Option<i64>,
    /// Kind of after-sale request; the values are not published.
    pub refund_type: Option<i64>,
    /// Reason, one of those that the rendering offers.
    #[wire(number)]
    pub reason_id: Option<Id>,
    /// Amount asked for; the unit is not published, but it is that of the rendering's limits.
    pub refund_fee: Option<Amount>,
    /// The buyer's explanation.
    pub refund_desc: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
