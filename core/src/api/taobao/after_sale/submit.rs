//! Applies for a refund or return.

use crate::api::prelude::*;

/// After-sale order submission.
///
/// Applies for a refund or return of a sub-order. Render the after-sale order first: it tells the reasons, kinds and
/// amounts that are accepted. Neither path nor fields are published: the path is named after its neighbours, the
/// fields after those of the rendering. The reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.submit",
    post = "/open/order/refund/submit",
    safety = Write,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1,"reasonId":"1","refundFee":"100"}"#,
    sources = [],
)]
pub struct Submit {
    /// Sub-order to refund or return.
    pub sub_order_id: Option<Id>,
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
