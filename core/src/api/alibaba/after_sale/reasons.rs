//! Why a refund can be asked for.

use super::ClaimedGoodsStatus;
use crate::api::prelude::*;

/// Find the reason for a refund return (to create a refund return).
///
/// The reasons that a refund of an order can have; `applyReasonId` of the refund is the `id` of one. Path and fields
/// of this row are not published: the path is named after its neighbours, and the fields are those of 1688's own API,
/// which it very likely stands for.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.after_sale.reasons",
    post = "/alibaba/refund/reason/list",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = ReasonsReply,
    example = r#"{"orderId":"2542285634920880794","orderEntryIds":["2542285634921880794"],"goodsStatus":"refundWaitSellerSend"}"#,
    sources = [
        "https://doc-en-ka.xportcn.com/api-446268623",
        "https://doc-en.pandapon.com/api-263477654",
        "https://doc-en.pandapon.com/api-263477656",
    ],
)]
pub struct Reasons {
    /// Order.
    #[wire(number)]
    pub order_id: Option<Id>,
    /// Lines of the order.
    #[wire(number)]
    pub order_entry_ids: Option<Vec<Id>>,
    /// Where the goods are.
    pub goods_status: Option<ClaimedGoodsStatus>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}

/// The reasons that a refund can have. Whether the platform answers with this object or with the list only is not
/// published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ReasonsReply {
    /// The reasons.
    pub reasons: Vec<RefundReason>,
}

/// A reason that a refund can have. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundReason {
    /// Reason; `applyReasonId` takes it.
    pub id: Option<Id>,
    /// The reason in words.
    pub name: Option<String>,
    /// Whether evidence must be given.
    pub need_voucher: Option<bool>,
    /// Whether freight is not refunded for it.
    pub no_refund_carriage: Option<bool>,
    /// A hint.
    pub tip: Option<String>,
}
