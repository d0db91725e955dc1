//! A refund with everything that is known of it.

use super::RefundOperation;
use crate::alibaba::RefundStatus;
use crate::api::prelude::*;
use crate::values::codes;

/// A refund with everything that is known of it.
///
/// The platform's page shows the fields up to `buyerUserId`; those after it are 1688's own API's. Amounts are in fen.
/// The formats of the times are not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundDetail {
    /// Refund, as the platform counts it.
    pub id: Option<Id>,
    /// Who recorded it.
    pub create_by: Option<String>,
    /// Who recorded it, as an id.
    pub create_by_id: Option<Id>,
    /// When it was recorded.
    pub create_time: Option<String>,
    /// Who last changed the record.
    pub update_by: Option<String>,
    /// Who last changed the record, as an id.
    pub update_by_id: Option<Id>,
    /// When the record was last changed.
    pub update_time: Option<String>,
    /// Remark.
    pub remark: Option<String>,
    /// Transaction at Alipay.
    pub alipay_payment_id: Option<Id>,
    /// Freight asked back, in fen.
    pub apply_carriage: Option<Amount>,
    /// What the buyer expects; the meaning is not published.
    pub apply_expect: Option<i64>,
    /// Amount asked back, in fen.
    pub apply_payment: Option<Amount>,
    /// Reason, in words.
    pub apply_reason: Option<String>,
    /// Reason.
    pub apply_reason_id: Option<Id>,
    /// Reason on the second level, in words.
    pub apply_sub_reason: Option<String>,
    /// Reason on the second level.
    pub apply_sub_reason_id: Option<Id>,
    /// Buyer at Alipay.
    pub buyer_alipay_id: Option<Id>,
    /// Carrier with which the goods come back.
    pub buyer_logistics_name: Option<String>,
    /// Buyer, as a member.
    pub buyer_member_id: Option<Id>,
    /// Whether the buyer has sent the goods back.
    pub buyer_send_goods: Option<bool>,
    /// Buyer, as a user.
    pub buyer_user_id: Option<Id>,
    /// Whether the seller's time to agree ran out, after completion.
    pub aftersale_agree_timeout: Option<bool>,
    /// Whether the money was paid out by itself, after completion.
    pub aftersale_auto_disburse: Option<bool>,
    /// Fault of a step in the background, as a code.
    pub asyn_err_code: Option<String>,
    /// Fault of a step in the background, in detail.
    pub asyn_sub_err_code: Option<String>,
    /// The most that can be refunded, in fen.
    pub can_refund_payment: Option<Amount>,
    /// Whether 1688's staff changed the refund.
    pub crm_modify_refund: Option<bool>,
    /// Through which channel the money is paid out; the values are not published.
    pub disburse_channel: Option<String>,
    /// What is asked for, as a number; the values are not published.
    pub dispute_request: Option<i64>,
    /// Whether it began before or after completion, as a number; the values are not published.
    pub dispute_type: Option<i64>,
    /// Extra properties, by name.
    pub ext_info: Option<Any>,
    /// Waybill with which the goods come back.
    pub freight_bill: Option<String>,
    /// Money held back, in fen.
    pub frozen_fund: Option<Amount>,
    /// When it was asked for.
    pub gmt_apply: Option<String>,
    /// When it was completed.
    pub gmt_completed: Option<String>,
    /// When it was created.
    pub gmt_create: Option<String>,
    /// When money was held back.
    pub gmt_freezed: Option<String>,
    /// When it was last changed.
    pub gmt_modified: Option<String>,
    /// Until when the next step must be taken.
    pub gmt_time_out: Option<String>,
    /// Whether the buyer has received the goods.
    pub goods_received: Option<bool>,
    /// Where the goods are.
    pub goods_status: Option<RefundGoodsStatus>,
    /// Kind of a refund at once; the values are not published.
    pub instant_refund_type: Option<String>,
    /// Whether the seller's account holds too little.
    pub insufficient_account: Option<bool>,
    /// Whether the seller's deposit holds too little.
    pub insufficient_bail: Option<bool>,
    /// Whether it follows the newer way of refunds with return.
    pub new_refund_return: Option<bool>,
    /// Whether money is refunded without a return.
    pub only_refund: Option<bool>,
    /// How many of each line: the line's id, and the quantity.
    pub order_entry_count_map: Option<Any>,
    /// Lines of the order.
    pub order_entry_id_list: Vec<Id>,
    /// Order.
    pub order_id: Option<Id>,
    /// Balance paid in advance; the unit is not published.
    pub prepaid_balance: Option<Amount>,
    /// Name of the product.
    pub product_name: Option<String>,
    /// Freight refunded, in fen.
    pub refund_carriage: Option<Amount>,
    /// Whether the goods must go back.
    pub refund_goods: Option<bool>,
    /// Refund: TQ and digits.
    pub refund_id: Option<Id>,
    /// Amount refunded, in fen.
    pub refund_payment: Option<Amount>,
    /// Why the seller refused, in words.
    pub reject_reason: Option<String>,
    /// Why the seller refused.
    pub reject_reason_id: Option<Id>,
    /// How often the seller refused.
    pub reject_times: Option<i64>,
    /// Seller at Alipay.
    pub seller_alipay_id: Option<Id>,
    /// Whether the seller pays out late.
    pub seller_delay_disburse: Option<bool>,
    /// Seller, as a member.
    pub seller_member_id: Option<Id>,
    /// Mobile number of the seller.
    pub seller_mobile: Option<String>,
    /// Name of the seller.
    pub seller_real_name: Option<String>,
    /// Where to send the goods.
    pub seller_receive_address: Option<String>,
    /// Landline number of the seller.
    pub seller_tel: Option<String>,
    /// Seller, as a user.
    pub seller_user_id: Option<Id>,
    /// State of the refund.
    pub status: Option<RefundStatus>,
    /// Whether the newer payment in stages applies.
    pub support_new_steppay: Option<bool>,
    /// State of 1688's own task; the values are not published.
    pub task_status: Option<String>,
    /// Whether the time for the next step stands still.
    pub time_out_freeze: Option<bool>,
    /// What happens when the time for the next step runs out; the values are not published.
    pub time_out_operate_type: Option<String>,
    /// How the order was paid; the values are not published.
    pub trade_type_str: Option<String>,
    /// What has happened so far.
    pub refund_operation_list: Vec<RefundOperation>,
    /// Login name of the buyer.
    pub buyer_login_id: Option<Id>,
    /// Login name of the seller.
    pub seller_login_id: Option<Id>,
    /// Refund of 1688's own logistics service, in fen.
    pub refund_official_solution_cost: Option<Amount>,
}

codes! {
    /// Where the goods of a refund on 1688 are.
    pub enum RefundGoodsStatus: number {
        /// Not received.
        NotReceived = "1",
        /// Received.
        Received = "2",
        /// Returned.
        Returned = "3",
    }
}
