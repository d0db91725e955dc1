//! Changes an after-sale order.

use crate::api::prelude::*;
use crate::taobao::{GoodsStatus, RefundType};

/// After-sale order modification.
///
/// Changes what a request for a refund or return asks for. Neither path nor fields are published: the path is named
/// after its neighbours, the fields are most likely those of the submission. The reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.modify",
    post = "/open/order/refund/modify",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::taobao::effects::MODIFY_REFUND,
    reply = Option<Any>,
    example = r#"{"refundId":"110002685755","refundFee":"90"}"#,
    sources = [],
)]
pub struct Modify {
    /// After-sale order to change.
    pub refund_id: Option<Id>,
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
