//! An order that has just been created.

use crate::api::prelude::*;

/// An order that has just been created, or the orders that it was split into.
///
/// The platform does not publish this answer. The fields are those of 1688's own API, and it is not certain that the
/// platform passes them on: its call for several sellers answers with whole orders instead.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CreatedOrder {
    /// Total, in fen; absent where several orders arose.
    pub total_success_amount: Option<Amount>,
    /// Order; absent where several arose.
    pub order_id: Option<Id>,
    /// Whether the order was created.
    pub success: Option<bool>,
    /// Why not, as a code.
    pub code: Option<String>,
    /// Why not, in words.
    pub message: Option<String>,
    /// Term of payment.
    pub account_period: Option<AccountPeriod>,
    /// Products that could not be ordered.
    pub failed_offer_list: Vec<FailedOffer>,
    /// Freight, in fen.
    pub post_fee: Option<Amount>,
    /// The orders, where several arose.
    pub order_list: Vec<SplitOrder>,
}

/// A term of payment. The values are not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct AccountPeriod {
    /// Kind of term.
    pub tap_type: Option<i64>,
    /// Date or length of the term; which one, is not published.
    pub tap_date: Option<i64>,
    /// What is overdue; the unit is not published.
    pub tap_overdue: Option<i64>,
}

/// A product that could not be ordered.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct FailedOffer {
    /// Product.
    pub offer_id: Option<Id>,
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// Why not, as a code.
    pub error_code: Option<String>,
    /// Why not, in words.
    pub error_message: Option<String>,
}

/// One of several orders that arose.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SplitOrder {
    /// Freight; presumably in fen, as the other amounts are.
    pub post_fee: Option<Amount>,
    /// Total, in fen.
    #[wire("orderAmmount")]
    pub order_amount: Option<Amount>,
    /// Remark of 1688.
    pub message: Option<String>,
    /// Result, as a code.
    pub result_code: Option<String>,
    /// Whether the order was created.
    pub success: Option<bool>,
    /// Order.
    pub order_id: Option<Id>,
    /// How it is paid.
    pub pay_channel: Option<String>,
}
