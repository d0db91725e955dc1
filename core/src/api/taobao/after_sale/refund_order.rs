//! The after-sale order, which rendering, cancelling and querying answer with.

use crate::api::prelude::*;
use crate::taobao::{GoodsStatus, PurchaseOrderLine, RefundStatus, RefundType};

/// An after-sale order with its return parcel and the order line that it is about.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundOrderAggregate {
    /// Parcel in which the goods go back.
    pub logistics: Option<ReturnLogistics>,
    /// The after-sale order itself.
    pub refund_order: Option<RefundOrder>,
    /// Order line that is refunded or returned.
    pub purchase_order_line: Option<PurchaseOrderLine>,
}

/// A request for a refund or return, and how far it has come.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundOrder {
    /// Id of the after-sale order.
    pub refund_id: Option<Id>,
    /// Id of the payment order.
    pub pay_order_id: Option<Id>,
    /// Kind of after-sale request; the values are those of the upstream.
    pub refund_type: Option<RefundType>,
    /// Where the goods are; the values are those of the upstream.
    pub goods_status: Option<GoodsStatus>,
    /// State of the after-sale order. The rendering sends text, the query a number.
    pub refund_status: Option<RefundStatus>,
    /// Amount asked for, in fen (upstream).
    #[wire(upstream)]
    pub refund_fee: Option<Amount>,
    /// Whether the amount may be changed.
    pub can_edit_fee: Option<bool>,
    /// Hint about the amount, in words.
    pub fee_tips: Option<String>,
    /// Id of the reason that was chosen.
    pub reason_id: Option<Id>,
    /// The reason in words.
    pub reason_desc: Option<String>,
    /// The buyer's explanation.
    pub refund_desc: Option<String>,
    /// Time left in the present step, in milliseconds (upstream).
    #[wire(upstream)]
    pub remaining_time: Option<i64>,
    /// When the present step times out; milliseconds since 1970 on the wire (upstream).
    #[wire(number, upstream)]
    pub timeout_date: Option<Time>,
    /// What happens when the present step times out; the values are not published.
    pub timeout_type: Option<String>,
    /// The seller's reason for refusing.
    pub seller_refuse_reason: Option<String>,
    /// The seller's explanation of the refusal.
    pub seller_refuse_reason_describe: Option<String>,
}

/// The parcel in which goods go back to the seller.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ReturnLogistics {
    /// Where to send the goods. Published in two shapes: an object with `detailAddress`, `phone` and `receiver`, and
    /// text.
    pub receiver_address: Option<Any>,
    /// Description of the returned goods.
    pub return_goods_desc: Option<String>,
    /// The buyer's telephone number.
    pub buyer_phone: Option<String>,
    /// Carrier of the parcel.
    pub logistics_company: Option<LogisticsCompany>,
    /// Waybill number of the parcel, as `SF12181323546`.
    pub logistics_no: Option<String>,
    /// The seller's words on agreeing to the return.
    pub seller_agree_return_describe: Option<String>,
}

/// A carrier.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LogisticsCompany {
    /// Code of the carrier, as `SF`. Published in two spellings; both are read.
    #[wire(alias = "logisticCompanyCode")]
    pub logistics_company_code: Option<String>,
    /// Name of the carrier.
    pub logistics_company_name: Option<String>,
}
