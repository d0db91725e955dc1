//! The sub-order of a purchase order, which orders and the messages about them both have.

use crate::api::prelude::*;
use crate::taobao::{PurchaseStatus, RefundStatus};

/// A sub-order of a purchase order: one of its lines. The vendor's page on the message about a changed price documents 26
/// fields and shows eight; these are the upstream's, all eight among them. Both spellings of the names are read.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SubPurchaseOrder {
    /// Id of the sub-order; logistics, chat and refunds take it (upstream).
    #[wire(upstream)]
    pub sub_purchase_order_id: Option<Id>,
    /// Taobao's id of the purchase order.
    #[wire("purchase_order_outer_id")]
    pub purchase_order_outer_id: Option<Id>,
    /// Taobao's id of the line.
    #[wire("purchase_order_line_outer_id")]
    pub purchase_order_line_outer_id: Option<Id>,
    /// Item, by its id in the supply catalogue: `mpId` (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// SKU, by its id in the supply catalogue: `mpSkuId` (upstream).
    #[wire(upstream)]
    pub sku_id: Option<Id>,
    /// Title of the item (upstream).
    #[wire(upstream)]
    pub title: Option<String>,
    /// Pieces.
    pub quantity: Option<i64>,
    /// State of the sub-order; it may be ahead of the order's (upstream).
    #[wire(upstream)]
    pub status: Option<PurchaseStatus>,
    /// Amount of the purchase, in fen (upstream).
    #[wire(upstream)]
    pub purchase_amount: Option<Amount>,
    /// Currency of that amount (upstream).
    #[wire(upstream)]
    pub purchase_currency: Option<String>,
    /// What was paid, in fen (upstream).
    #[wire(upstream)]
    pub pay_amount: Option<Amount>,
    /// Currency of the payment (upstream).
    #[wire(upstream)]
    pub pay_currency: Option<String>,
    /// Price of the goods, in fen (upstream).
    #[wire("product_amount", upstream)]
    pub product_amount: Option<Amount>,
    /// Postage within China, in fen (upstream).
    #[wire(upstream)]
    pub domestic_post_fee: Option<Amount>,
    /// Coupon money used, in fen (upstream).
    #[wire(upstream)]
    pub hongbao_deduction_amount: Option<Amount>,
    /// When it was paid; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub pay_time: Option<Time>,
    /// When it closes unless it is paid: milliseconds since 1970 upstream, a date in the page's sample.
    #[wire("close_time_without_payment")]
    pub close_time_without_payment: Option<Time>,
    /// Why it was closed (upstream).
    #[wire(upstream)]
    pub close_reason: Option<String>,
    /// Word of an error (upstream).
    #[wire(upstream)]
    pub error_code: Option<String>,
    /// The error in words (upstream).
    #[wire(upstream)]
    pub error_message: Option<String>,
    /// Finer word of the error.
    #[wire("detail_error_code")]
    pub detail_error_code: Option<String>,
    /// After-sale order (upstream).
    #[wire(upstream)]
    pub refund_id: Option<Id>,
    /// How far the refund has come (upstream).
    #[wire(upstream)]
    pub refund_status: Option<RefundStatus>,
    /// Parcels within China (upstream).
    #[wire(upstream)]
    pub logistic_orders: Vec<LogisticOrder>,
    /// International parcels (upstream).
    #[wire(upstream)]
    pub international_logistic_orders: Vec<LogisticOrder>,
    /// Service orders (upstream).
    #[wire(upstream)]
    pub supply_chain_service_orders: Vec<Any>,
    /// Carrier; older than the parcels.
    #[wire("logistic_company_name")]
    pub logistics_company_name: Option<String>,
    /// Waybill number; older than the parcels.
    #[wire("logistic_number")]
    pub logistics_number: Option<String>,
    /// Whether receipt may be confirmed (upstream).
    #[wire(upstream)]
    pub can_confirm_receipt: Option<bool>,
    /// Properties and picture of the SKU (upstream).
    #[wire(upstream)]
    pub sku_info: Option<Any>,
}

/// A parcel of a sub-order (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LogisticOrder {
    /// Carrier (upstream).
    #[wire(upstream)]
    pub logistic_company_name: Option<String>,
    /// Waybill number (upstream).
    #[wire(upstream)]
    pub logistic_number: Option<String>,
    /// When it was shipped; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub rts_time: Option<Time>,
}
