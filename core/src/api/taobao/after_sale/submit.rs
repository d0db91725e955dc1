//! Applies for a refund or return.

use crate::api::prelude::*;
use crate::taobao::{GoodsStatus, RefundType};

/// After-sale order submission.
///
/// Applies for a refund or return of a sub-order. Render the after-sale order first: it tells the reasons, kinds and
/// amounts that are accepted. Neither path nor fields are published: they are those of the upstream, with the sub-order
/// as the rendering names it. The reply was not seen there either, and is given as it comes; ask
/// `taobao.after_sale.list` for what became of it.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.submit",
    post = "/open/order/refund/submit",
    safety = Write,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    effect = crate::api::taobao::effects::SUBMIT_REFUND,
    reply = Option<Any>,
    example = r#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1,"reasonId":"1","refundFee":"100"}"#,
    sources = [],
)]
pub struct Submit {
    /// Sub-order to refund or return.
    pub sub_order_id: Option<Id>,
    /// Where the goods are (upstream).
    #[wire(upstream)]
    pub goods_status: Option<GoodsStatus>,
    /// Kind of after-sale request (upstream).
    #[wire(upstream)]
    pub refund_type: Option<RefundType>,
    /// Reason, one of those that the rendering offers.
    #[wire(number)]
    pub reason_id: Option<Id>,
    /// Amount asked for, in fen, within the limits of the rendering (upstream).
    #[wire(upstream)]
    pub refund_fee: Option<Amount>,
    /// The buyer's explanation (upstream).
    #[wire(upstream)]
    pub refund_desc: Option<String>,
    /// URLs of pictures, at most 3 (upstream).
    #[wire(upstream)]
    pub refund_images: Option<Vec<String>>,
    /// Currency of the amount, as `CNY` (upstream).
    #[wire(upstream)]
    pub currency: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
