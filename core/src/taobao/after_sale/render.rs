//! What may be filled in when applying for a refund or return.

use crate::prelude::*;

/// After-sale order rendering.
///
/// What a refund or return of a sub-order may ask for: reasons, kinds of request, and the limits of the amount. Call
/// it before submitting. The vendor's page marks it as in development.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.render",
    post = "/open/order/refund/render",
    safety = Read,
    evidence(path = Seed, request = Published, reply = Published),
    reply = RenderReply,
    example = r#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1}"#,
    sources = ["https://doc-cnv2.pandapon.com/api-288803028"],
)]
pub struct Render {
    /// Sub-order to refund or return.
    pub sub_order_id: Id,
    /// Whether the goods were received; the values are not published.
    pub goods_status: i64,
    /// Kind of after-sale request; the values are not published.
    pub refund_type: i64,
}

/// What a refund or return of the sub-order may ask for.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RenderReply {
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// Distributor that the order belongs to.
    pub distributor_id: Option<Id>,
}
