//! The purchase order, as lists and queries answer with it.

use super::SubPurchaseOrder;
use crate::api::prelude::*;
use crate::taobao::{OrderStatus, PurchaseStatus};

/// A page of purchase orders.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PurchaseOrderPage {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// Orders in all (upstream).
    #[wire(upstream)]
    pub results_total: Option<i64>,
    /// The orders of the page. The upstream calls them `purchase_orders`; both names are read.
    #[wire(alias = "purchaseOrders")]
    pub data: Vec<PurchaseOrder>,
}

/// A purchase order. Xportcn does not publish its fields: those marked so are the upstream's, the others are named
/// after the neighbouring calls. Both spellings of the names are read, `purchaseAmount` and `purchase_amount`.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PurchaseOrder {
    /// Id of the order; paying and cancelling take it. The upstream calls it `purchase_id`.
    #[wire(alias = "purchaseId")]
    pub order_id: Option<Id>,
    /// Order number on Taobao.
    pub sales_order_id: Option<Id>,
    /// The caller's own key (upstream).
    #[wire(upstream)]
    pub outer_purchase_id: Option<String>,
    /// Number of the order on the buyer's own sales platform, as the creation took it (upstream).
    #[wire(upstream)]
    pub seller_order_number: Option<Id>,
    /// State of the order, by the key-account manual's numbers.
    pub order_status: Option<OrderStatus>,
    /// State of the order, in the upstream's words (upstream).
    #[wire(upstream)]
    pub status: Option<PurchaseStatus>,
    /// The buyer's own sales platform (upstream).
    #[wire(upstream)]
    pub order_source: Option<String>,
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
    #[wire(upstream)]
    pub product_amount: Option<Amount>,
    /// Postage within China, in fen (upstream).
    #[wire(upstream)]
    pub domestic_post_fee: Option<Amount>,
    /// Coupon money used, in fen (upstream).
    #[wire(upstream)]
    pub hongbao_deduction_amount: Option<Amount>,
    /// When it was created; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub created_time: Option<Time>,
    /// When it was paid; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub pay_time: Option<Time>,
    /// When it was last changed; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub modify_time: Option<Time>,
    /// When it closes unless it is paid; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub next_close_time_without_payment: Option<Time>,
    /// Market on which it was bought (upstream).
    #[wire(upstream)]
    pub source_market: Option<String>,
    /// Nickname of the seller (upstream).
    #[wire(upstream)]
    pub supplier_nick: Option<String>,
    /// Where it is delivered: area and address only, neither name nor telephone (upstream).
    #[wire(upstream)]
    pub receiver: Option<Any>,
    /// Sub-orders: its lines. The upstream calls them `sub_purchase_orders`.
    #[wire(alias = "subPurchaseOrders")]
    pub sub_orders: Vec<SubPurchaseOrder>,
}
