//! The line of a purchase order, which orders and after-sale orders both have.

use super::RefundStatus;
use crate::api::prelude::*;

/// A line of a purchase order, also called its sub-order.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PurchaseOrderLine {
    /// Id of the line.
    pub purchase_order_line_id: Option<Id>,
    /// Id of the purchase order.
    pub purchase_order_id: Option<Id>,
    /// Order number on Taobao.
    pub sales_order_id: Option<Id>,
    /// Id of the supplier.
    pub supplier_id: Option<Id>,
    /// Title of the item.
    pub item_title: Option<String>,
    /// URL of the item's picture.
    pub item_image_url: Option<String>,
    /// Number of pieces.
    pub quantity: Option<i64>,
    /// Price of one piece, in fen (upstream).
    #[wire(upstream)]
    pub price: Option<Amount>,
    /// Price of the whole line, in fen (upstream).
    #[wire(upstream)]
    pub total_price: Option<Amount>,
    /// Price of the goods without postage, in fen (upstream).
    #[wire(upstream)]
    pub product_fee: Option<Amount>,
    /// Postage, in fen (upstream).
    #[wire(upstream)]
    pub post_fee: Option<Amount>,
    /// Currency of the amounts, as `CNY`.
    pub currency: Option<String>,
    /// Market on which the item is sold; the values are not published.
    pub sales_market: Option<String>,
    /// When the line was created; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub create_time: Option<Time>,
    /// How far a refund of the line has come. Published for the lines of the order list only.
    pub refund_status: Option<RefundStatus>,
    /// Properties of the SKU: `options` holds them as text (upstream).
    #[wire(upstream)]
    pub properties: Option<Any>,
    /// Coupon money given back, in fen (upstream).
    #[wire(upstream)]
    pub hongbao_deduction_amount: Option<Amount>,
    /// Nickname of the seller (upstream).
    #[wire(upstream)]
    pub supplier_nick: Option<String>,
    /// Services, each an object of texts (upstream).
    #[wire(upstream)]
    pub order_service_expressions: Vec<Any>,
}
