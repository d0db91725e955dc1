//! What may be filled in when applying for a refund or return.

use super::RefundOrder;
use crate::api::prelude::*;
use crate::taobao::{GoodsStatus, RefundType};

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
    /// Where the goods are: 1 not shipped, 2 shipped, 3 not received, 4 received, 5 sent back, 6 back with the seller
    /// (upstream).
    #[wire(upstream)]
    pub goods_status: i64,
    /// Kind of after-sale request: 1 a refund only, 2 a return and a refund (upstream).
    #[wire(upstream)]
    pub refund_type: i64,
}

/// What a refund or return of the sub-order may ask for.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RenderReply {
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// Distributor that the order belongs to.
    pub distributor_id: Option<Id>,
    /// What may be filled in.
    pub refund_order_template: Option<RefundOrderTemplate>,
}

/// What may be filled in when applying for a refund or return.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundOrderTemplate {
    /// States of the goods on offer; the values are those of the upstream.
    pub goods_status_list: Vec<GoodsStatus>,
    /// Limits of the amount.
    pub max_refund_fee: Option<RefundFeeLimits>,
    /// The after-sale order that the sub-order already has, if any.
    pub refund_order: Option<RefundOrder>,
    /// Reasons on offer.
    pub refund_reasons: Vec<RefundReason>,
    /// Kinds of after-sale request on offer; the values are those of the upstream.
    pub refund_type_list: Vec<RefundType>,
}

/// Limits of the amount to refund.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundFeeLimits {
    /// Whether the amount may be changed; the upstream may send text.
    pub can_edit_refund_fee: Option<bool>,
    /// Hint about the amount, in words.
    pub fee_tips: Option<String>,
    /// Largest amount that may be asked for, in fen (upstream).
    #[wire(upstream)]
    pub max_refund_fee: Option<Amount>,
    /// Smallest amount that may be asked for, in fen (upstream).
    #[wire(upstream)]
    pub min_refund_fee: Option<Amount>,
    /// Amount that is proposed, in fen (upstream).
    #[wire(upstream)]
    pub refund_fee: Option<Amount>,
}

/// A reason that may be given for a refund or return.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundReason {
    /// The reason in words.
    pub reason_desc: Option<String>,
    /// Id of the reason; the submission takes it.
    pub reason_id: Option<Id>,
    /// Hint about the reason, in words.
    pub tips: Option<String>,
}
