//! Asks for a refund.

use crate::api::prelude::*;
use crate::values::codes;

/// Create a refund return request.
///
/// Asks the seller for a refund of an order or of some of its lines, with or without the return of the goods. The
/// platform's page gives neither the unit of the amounts nor the values of the codes; both are those of 1688's own
/// API, which refuses with 5001 no such order, 5002 not the buyer, 5003 a wrong `goodsStatus`, 5004 a wrong reason,
/// 5005 evidence needed, 5006 a reason without refund of freight, 5010 not in this state, 5011 a wrong amount, 5012 a
/// description too short or too long, 5013 a wrong quantity, 5100 other.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.after_sale.create",
    post = "/alibaba/refund/detail/create",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Published),
    effect = crate::api::alibaba::effects::CREATE_REFUND,
    reply = CreateReply,
    example = r#"{"orderId":"2542285634920880794","orderEntryIds":["2542285634921880794"],"disputeRequest":"refund","applyPayment":"3600","applyCarriage":"800","applyReasonId":"20021","description":"颜色不符","goodsStatus":"refundWaitSellerSend"}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288876782",
        "https://doc-en.pandapon.com/api-263477656",
        "https://doc-env2.pandapon.com/api-289121047",
        "https://doc.pandapon.com/api-250313120",
    ],
)]
pub struct Create {
    /// Order.
    #[wire(number)]
    pub order_id: Id,
    /// Lines of the order that are concerned.
    #[wire(number)]
    pub order_entry_ids: Option<Vec<Id>>,
    /// What is asked for.
    pub dispute_request: DisputeRequest,
    /// Amount asked back for the goods; fen in 1688's own API. At most what was paid, and before shipment exactly
    /// what was paid.
    pub apply_payment: Amount,
    /// Amount asked back for freight; fen in 1688's own API.
    pub apply_carriage: Amount,
    /// Reason, from the list of reasons.
    #[wire(number)]
    pub apply_reason_id: Id,
    /// The reason in the buyer's words; 1688's own API takes 2 to 150 characters.
    pub description: String,
    /// Where the goods are.
    pub goods_status: ClaimedGoodsStatus,
    /// Addresses of pictures as evidence; 1688's own API takes 1 to 5.
    pub vouchers: Option<Vec<String>>,
    /// How many of each line; where it is absent, all.
    pub order_entry_count_list: Option<Vec<OrderEntryCount>>,
}

/// How many of a line a refund is for.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderEntryCount {
    /// Line of the order.
    #[wire(number)]
    pub id: Option<Id>,
    /// How many.
    pub count: Option<i64>,
}

/// The refund that was created.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CreateReply {
    /// Refund: TQ and digits.
    pub refund_id: Option<Id>,
}

codes! {
    /// What a refund on 1688 asks for.
    pub enum DisputeRequest: text {
        /// Money back.
        Refund = "refund",
        /// Money back, and the goods go back; only once they were received.
        ReturnRefund = "returnRefund",
    }
}

codes! {
    /// Where the goods of a refund on 1688 are, by the buyer's claim.
    pub enum ClaimedGoodsStatus: text {
        /// Before completion: waiting for the seller to ship.
        WaitSellerSend = "refundWaitSellerSend",
        /// Before completion: shipped, not yet received.
        WaitBuyerReceive = "refundWaitBuyerReceive",
        /// Before completion: received, and receipt not confirmed.
        BuyerReceived = "refundBuyerReceived",
        /// After completion: not received.
        CompletedNotReceived = "aftersaleBuyerNotReceived",
        /// After completion: received.
        CompletedReceived = "aftersaleBuyerReceived",
    }
}
