//! How an order is paid.

use crate::api::prelude::*;
use crate::values::codes;

/// A stage in which an order is paid; most orders have one. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PaymentTerm {
    /// State of the payment.
    pub pay_status: Option<PayStatus>,
    /// When it was paid.
    pub pay_time: Option<Time>,
    /// Way of paying: `1` Alipay, `3` credit, `4` bank transfer, `7` payment term, `9` none; `2`, `6`, `8` and `10`
    /// occur, and their meaning is not published.
    pub pay_way: Option<String>,
    /// Amount of the stage; yuan in 1688's sample.
    #[wire("phasAmount")]
    pub phase_amount: Option<Amount>,
    /// Number of the stage.
    pub phase: Option<i64>,
    /// Condition on which it is due.
    pub phase_condition: Option<String>,
    /// When it is due; the format is not published.
    pub phase_date: Option<String>,
    /// Way of paying, in words.
    pub pay_way_desc: Option<String>,
}

codes! {
    /// State of a payment on 1688.
    pub enum PayStatus: text {
        /// Not paid.
        Unpaid = "1",
        /// Paid.
        Paid = "2",
        /// Refunded in full.
        Refunded = "4",
        /// The seller has received the money.
        SellerReceived = "6",
        /// The payment outside 1688 has not been created.
        ExternalNotCreated = "7",
        /// Cancelled before payment.
        Cancelled = "8",
        /// In progress.
        InProgress = "9",
    }
}
