//! The content of messages on Taobao orders.

use crate::api::prelude::*;

/// The content of the message that an order's price was changed. The page documents more fields than it shows.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PriceMessage {
    /// Taobao order.
    pub sales_order_id: Option<Id>,
    /// Its sub-orders.
    pub sub_orders: Vec<PricedSubOrder>,
    /// Price of the purchase order; the fields are not published.
    #[wire("purchaseOrderPriceDTO")]
    pub purchase_order_price: Option<Any>,
}

/// A sub-order in a message. The page documents 26 fields, of which these can be seen.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PricedSubOrder {
    /// Taobao's id of the purchase order.
    #[wire("purchase_order_outer_id")]
    pub purchase_order_outer_id: Option<Id>,
    /// Taobao's id of the line.
    #[wire("purchase_order_line_outer_id")]
    pub purchase_order_line_outer_id: Option<Id>,
    /// When it closes unless it is paid; the format is not published.
    #[wire("close_time_without_payment")]
    pub close_time_without_payment: Option<String>,
    /// Code of an error.
    #[wire("detail_error_code")]
    pub detail_error_code: Option<String>,
    /// Price of the goods; the unit is not published.
    #[wire("product_amount")]
    pub product_amount: Option<Amount>,
    /// Carrier.
    #[wire("logistic_company_name")]
    pub logistics_company_name: Option<String>,
    /// Waybill number.
    #[wire("logistic_number")]
    pub logistics_number: Option<String>,
    /// Pieces.
    pub quantity: Option<i64>,
}
