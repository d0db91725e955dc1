//! An order as such: state, parties, totals, times.

use crate::alibaba::RefundStatus;
use crate::api::prelude::*;
use crate::values::codes;

/// An order as such: state, parties, totals, times. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderBase {
    /// When everything had been shipped.
    pub all_delivered_time: Option<Time>,
    /// Kind of trade: `cn` ordinary, `ws` bulk, `yp` sample, `supply`, `factory`, `sp` consignment; others occur.
    pub business_type: Option<String>,
    /// Buyer, as a member.
    #[wire("buyerID")]
    pub buyer_id: Option<Id>,
    /// The buyer's note to self.
    pub buyer_memo: Option<String>,
    /// Sub-account of the buyer.
    #[wire("buyerSubID")]
    pub buyer_sub_id: Option<Id>,
    /// When it was completed.
    pub complete_time: Option<Time>,
    /// When it was created.
    pub create_time: Option<Time>,
    /// Currency.
    pub currency: Option<String>,
    /// Order.
    pub id: Option<Id>,
    /// When it was last changed.
    pub modify_time: Option<Time>,
    /// When it was paid.
    pub pay_time: Option<Time>,
    /// When it was received.
    pub receiving_time: Option<Time>,
    /// Amount refunded, in yuan.
    pub refund: Option<Amount>,
    /// Message given when ordering.
    pub remark: Option<String>,
    /// Seller, as a member.
    #[wire("sellerID")]
    pub seller_id: Option<Id>,
    /// Sub-account of the seller.
    #[wire("sellerSubID")]
    pub seller_sub_id: Option<Id>,
    /// Freight, in yuan.
    pub shipping_fee: Option<Amount>,
    /// State of the order.
    pub status: Option<OrderStatus>,
    /// Total in yuan: what is paid for the lines, and freight.
    pub total_amount: Option<Amount>,
    /// Flag that the buyer put on it; the values are not published.
    pub buyer_remark_icon: Option<String>,
    /// Reduction of the order, in fen.
    pub discount: Option<Amount>,
    /// How to reach the buyer.
    pub buyer_contact: Option<Contact>,
    /// How to reach the seller.
    pub seller_contact: Option<Contact>,
    /// How it is paid: `1` guaranteed, `2` deposit, `4` instant, `6` unified, `7` staged, `8` cash on delivery, `10`
    /// payment term; others occur, for example `50060`.
    pub trade_type: Option<String>,
    /// State of a refund before completion.
    pub refund_status: Option<RefundStatus>,
    /// State of a refund after completion; the values are not published.
    pub refund_status_for_as: Option<String>,
    /// Amount of the refund; the unit is not published.
    pub refund_payment: Option<Amount>,
    /// Order, which 1688 also writes as text.
    pub id_of_str: Option<Id>,
    /// Transaction at Alipay.
    pub alipay_trade_id: Option<Id>,
    /// Who receives it.
    pub receiver_info: Option<Receiver>,
    /// Login name of the buyer.
    pub buyer_login_id: Option<Id>,
    /// Login name of the seller.
    pub seller_login_id: Option<Id>,
    /// Buyer, as a user.
    pub buyer_user_id: Option<Id>,
    /// Seller, as a user.
    pub seller_user_id: Option<Id>,
    /// Buyer at Alipay.
    pub buyer_alipay_id: Option<Id>,
    /// Seller at Alipay.
    pub seller_alipay_id: Option<Id>,
    /// When receipt was confirmed.
    pub confirmed_time: Option<Time>,
    /// Why it was closed, for example `BUYER_NO_PAY`.
    pub close_reason: Option<String>,
    /// Total of the goods, in yuan.
    pub sum_product_payment: Option<Amount>,
    /// Stages of an order that is paid in stages; the fields are not published.
    pub step_order_list: Vec<Any>,
    /// Path of the agreement on the stages.
    pub step_agreement_path: Option<String>,
    /// Whether all stages are paid at once.
    pub step_pay_all: Option<bool>,
    /// Message of the buyer.
    pub buyer_feedback: Option<String>,
    /// Code that joins related orders; the meaning is not published.
    pub related_code: Option<String>,
    /// Whether it goes abroad.
    pub over_sea_order: Option<bool>,
    /// Login name of the buyer's sub-account.
    pub sub_buyer_login_id: Option<Id>,
    /// Whether the seller created it.
    pub seller_order: Option<bool>,
    /// Order in advance that it came from.
    pub pre_order_id: Option<Id>,
    /// Refund before completion: TQ and digits.
    pub refund_id: Option<Id>,
    /// Code of the order's flow; the values are not published.
    pub flow_template_code: Option<String>,
    /// Order with 1688's own logistics service.
    pub official_solution_order_id: Option<Id>,
    /// Cost of 1688's own logistics service, in fen.
    pub official_solution_cost: Option<Amount>,
    /// The caller's own number of the order (upstream).
    #[wire(upstream)]
    pub out_order_id: Option<Id>,
    /// By whom it was closed, as `CLOSE_TRADE_BY_BUYER` (upstream).
    #[wire(upstream)]
    pub close_operate_type: Option<String>,
    /// Seconds after which it closes unless it is paid (upstream).
    #[wire(upstream)]
    pub pay_timeout: Option<i64>,
}

/// How to reach a party of an order. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Contact {
    /// Landline number.
    pub phone: Option<String>,
    /// Fax number.
    pub fax: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Name in the chat of the platform.
    pub im_in_platform: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Name of the company.
    pub company_name: Option<String>,
    /// Name of the sender; of sellers only.
    pub wg_sender_name: Option<String>,
    /// Number of the sender; of sellers only.
    pub wg_sender_phone: Option<String>,
    /// Name of the shop; of sellers only.
    pub shop_name: Option<String>,
}

/// Who receives an order. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Receiver {
    /// Name.
    pub to_full_name: Option<String>,
    /// Code of the district.
    pub to_division_code: Option<String>,
    /// Mobile number.
    pub to_mobile: Option<String>,
    /// Landline number.
    pub to_phone: Option<String>,
    /// Postcode.
    pub to_post: Option<String>,
    /// Code of the town.
    pub to_town_code: Option<String>,
    /// Province, city, district and street.
    pub to_area: Option<String>,
}

codes! {
    /// State of an order on 1688.
    pub enum OrderStatus: text {
        /// Waiting for payment.
        WaitBuyerPay = "waitbuyerpay",
        /// Waiting for shipment.
        WaitSellerSend = "waitsellersend",
        /// Waiting for the carrier to pick it up.
        WaitLogisticsTakeIn = "waitlogisticstakein",
        /// Waiting for the buyer to receive it.
        WaitBuyerReceive = "waitbuyerreceive",
        /// Waiting for a signature.
        WaitBuyerSign = "waitbuyersign",
        /// Signed for.
        Signed = "signinsuccess",
        /// The goods were received.
        GoodsConfirmed = "confirm_goods",
        /// Completed.
        Success = "success",
        /// Cancelled.
        Cancelled = "cancel",
        /// Terminated.
        Terminated = "terminated",
    }
}
