//! An order on Poizon, as its creation answers.

use crate::api::prelude::*;

/// An order on Poizon. Xportcn does not publish the fields: they are those of the platform which it most likely passes
/// calls on to.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PlacedOrder {
    /// The caller's own key (upstream).
    #[wire(upstream)]
    pub request_id: Option<String>,
    /// Order (upstream).
    #[wire(upstream)]
    pub customer_order_no: Option<Id>,
    /// Order, by the number of the distribution (upstream).
    #[wire(upstream)]
    pub dist_order_no: Option<Id>,
    /// The lines (upstream).
    #[wire(upstream)]
    pub order_items: Vec<PlacedItem>,
}

/// A line of an order on Poizon (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PlacedItem {
    /// Sub-order, by the number of the distribution (upstream).
    #[wire(upstream)]
    pub dist_sub_order_no: Option<Id>,
    /// State. Only `PAID` has been seen (upstream).
    #[wire(upstream)]
    pub order_status: Option<String>,
    /// SKU, by the id of the distribution, a UUID (upstream).
    #[wire(upstream)]
    pub dist_sku_id: Option<Id>,
    /// SKU, by Poizon's own id (upstream).
    #[wire(upstream)]
    pub dw_sku_id: Option<Id>,
    /// Pieces (upstream).
    #[wire(upstream)]
    pub quantity: Option<i64>,
    /// What was paid, in yuan, though the request's price is in fen (upstream).
    #[wire(upstream)]
    pub real_pay_amount: Option<Amount>,
    /// Currency, as `CNY` (upstream).
    #[wire(upstream)]
    pub currency: Option<String>,
}
