//! The orders that a creation answers with.

use crate::api::prelude::*;

/// The orders that were created. They are to be paid. Xportcn does not publish the fields: they are the upstream's, in
/// both spellings.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CreatedOrders {
    /// Whether the purchase was made (upstream).
    #[wire(upstream)]
    pub success: Option<bool>,
    /// The caller's own key (upstream).
    #[wire(upstream)]
    pub outer_purchase_id: Option<String>,
    /// Page to pay at (upstream).
    #[wire(upstream)]
    pub payment_url: Option<String>,
    /// Word of an error (upstream).
    #[wire(upstream)]
    pub error_code: Option<String>,
    /// The error in words (upstream).
    #[wire(upstream)]
    pub error_message: Option<String>,
    /// Orders, one a seller (upstream).
    #[wire(upstream)]
    pub order_list: Vec<CreatedOrder>,
}

/// An order that was created, with one seller (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CreatedOrder {
    /// Id of the order; paying and cancelling take it (upstream).
    #[wire(upstream)]
    pub purchase_id: Option<Id>,
    /// Nickname of the seller (upstream).
    #[wire(upstream)]
    pub supplier_nick: Option<String>,
    /// Estimated amount, in fen (upstream).
    #[wire(upstream)]
    pub estimate_amount: Option<Amount>,
    /// Currency of that amount (upstream).
    #[wire(upstream)]
    pub estimate_currency: Option<String>,
    /// Market on which it was bought (upstream).
    #[wire(upstream)]
    pub source_market: Option<String>,
    /// The lines (upstream).
    #[wire(upstream)]
    pub order_line_list: Vec<CreatedLine>,
}

/// A line of an order that was created (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CreatedLine {
    /// Id of the sub-order; logistics, chat and refunds take it (upstream).
    #[wire(upstream)]
    pub sub_purchase_order_id: Option<Id>,
    /// The caller's own number of the line (upstream).
    #[wire(upstream)]
    pub order_line_no: Option<Id>,
    /// Item, by its id in the supply catalogue: `mpId` (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// SKU, by its id in the supply catalogue: `mpSkuId` (upstream).
    #[wire(upstream)]
    pub sku_id: Option<Id>,
    /// Pieces (upstream).
    #[wire(upstream)]
    pub quantity: Option<i64>,
    /// Estimated amount, in fen (upstream).
    #[wire(upstream)]
    pub estimate_amount: Option<Amount>,
    /// Currency of that amount (upstream).
    #[wire(upstream)]
    pub estimate_currency: Option<String>,
}
