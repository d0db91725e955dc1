//! The invoices that a seller offers.

use crate::api::prelude::*;

/// The invoices that the seller of a product offers. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct InvoiceInfo {
    /// Whether an invoice can be asked for online.
    pub support_online_invoice: Option<bool>,
    /// Whether the invoice is issued at once.
    pub support_fast_invoice: Option<bool>,
    /// Kinds of invoice on offer; the values are not published.
    pub invoice_types: Vec<String>,
    /// The seller's class as a taxpayer; the values are not published.
    pub taxpayer_type: Option<String>,
}
