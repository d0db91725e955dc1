//! What paying and cancelling answer: what was begun, not what came of it.

use crate::api::prelude::*;

/// The orders whose payment was accepted, and those whose payment was refused. Accepted is not paid: the payment goes on in
/// the background and may still fail, so ask for the orders. The fields are the upstream's, in both spellings.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct AcceptedPayments {
    /// Orders whose payment was accepted. They are not paid yet (upstream).
    #[wire(upstream)]
    pub will_pay_purchase_order_ids: Vec<Id>,
    /// Orders whose payment was refused; look here even where the call succeeds (upstream).
    #[wire(upstream)]
    pub pay_failure_purchase_order_ids: Vec<Id>,
    /// Why each was refused (upstream).
    #[wire(upstream)]
    pub pay_failed_results: Vec<PaymentFailure>,
}

/// Why the payment of an order was refused (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PaymentFailure {
    /// Order. The wire calls it `gspOrderId` (upstream).
    #[wire("gspOrderId", upstream)]
    pub order_id: Option<Id>,
    /// Word of the error (upstream).
    #[wire(upstream)]
    pub error_code: Option<String>,
    /// The error in words (upstream).
    #[wire(upstream)]
    pub error_message: Option<String>,
}

/// Whether the cancellation has begun. Begun is not cancelled: ask for the order until it is closed. The fields are the
/// upstream's, in both spellings.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct BegunCancellation {
    /// Whether the cancellation has begun, no more (upstream).
    #[wire(upstream)]
    pub success: Option<bool>,
    /// Word of an error (upstream).
    #[wire(upstream)]
    pub error_code: Option<String>,
    /// The error in words (upstream).
    #[wire(alias = "errorMessage", upstream)]
    pub error_msg: Option<String>,
}
