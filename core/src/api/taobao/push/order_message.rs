//! The content of messages on Taobao orders.

use crate::api::prelude::*;
use crate::taobao::PurchaseStatus;
use crate::taobao::order::SubPurchaseOrder;

/// The content of the message that an order's price was changed. The page documents more fields than it shows.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PriceMessage {
    /// Taobao order.
    pub sales_order_id: Option<Id>,
    /// Its sub-orders.
    pub sub_orders: Vec<SubPurchaseOrder>,
    /// Price of the purchase order.
    #[wire("purchaseOrderPriceDTO")]
    pub purchase_order_price: Option<PurchaseOrderPrice>,
    /// Purchase order (upstream).
    #[wire(upstream)]
    pub purchase_order_id: Option<Id>,
    /// New prices of its lines (upstream).
    #[wire("purchaseOrderLinePriceChangeMessageDTOList", upstream)]
    pub line_price_changes: Vec<LinePriceChange>,
}

/// The price of a purchase order or of one of its lines (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PurchaseOrderPrice {
    /// Currency (upstream).
    #[wire(upstream)]
    pub purchase_currency: Option<String>,
    /// Total, in fen (upstream).
    #[wire(upstream)]
    pub purchase_total_fee: Option<Amount>,
    /// Price of the goods, in fen (upstream).
    #[wire(upstream)]
    pub purchase_product_fee: Option<Amount>,
    /// Price of one piece, in fen; of lines only (upstream).
    #[wire(upstream)]
    pub purchase_product_unit_fee: Option<Amount>,
    /// Postage, in fen (upstream).
    #[wire(upstream)]
    pub purchase_shipping_fee: Option<Amount>,
}

/// The new price of a line (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LinePriceChange {
    /// Purchase sub-order (upstream).
    #[wire(upstream)]
    pub purchase_order_line_id: Option<Id>,
    /// The caller's own numbers of the line (upstream).
    #[wire(upstream)]
    pub sales_order_line_id_list: Vec<Id>,
    /// New price (upstream).
    #[wire("purchaseOrderItemPriceDTO", upstream)]
    pub purchase_order_item_price: Option<PurchaseOrderPrice>,
}

/// The content of the message that an order's state has changed. Messages may come in another order than the changes: ask for
/// the order before you act. The fields are the upstream's, in both spellings.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct StatusMessage {
    /// When it changed; milliseconds since 1970 on the wire (upstream).
    #[wire(number, upstream)]
    pub business_time: Option<Time>,
    /// Purchase order (upstream).
    #[wire(upstream)]
    pub purchase_id: Option<Id>,
    /// The caller's own key (upstream).
    #[wire(upstream)]
    pub outer_purchase_id: Option<String>,
    /// State of the order (upstream).
    #[wire(upstream)]
    pub status: Option<PurchaseStatus>,
    /// Lines of the order; a line's state may be ahead of the order's (upstream).
    #[wire(upstream)]
    pub sku_list: Vec<StatusLine>,
}

/// A line in the message that an order's state has changed (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct StatusLine {
    /// Item, by its id in the supply catalogue: `mpId` (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// SKU, by its id in the supply catalogue: `mpSkuId` (upstream).
    #[wire(upstream)]
    pub sku_id: Option<Id>,
    /// The caller's own number of the line (upstream).
    #[wire(upstream)]
    pub order_line_no: Option<Id>,
    /// State (upstream).
    #[wire(upstream)]
    pub status: Option<PurchaseStatus>,
    /// Carrier (upstream).
    #[wire(upstream)]
    pub logistic_company_name: Option<String>,
    /// Waybill number (upstream).
    #[wire(upstream)]
    pub logistic_number: Option<String>,
}

/// The content of a message on an after-sale order. Neither Xportcn nor the upstream publishes it: take it as a sign to ask
/// `taobao.after_sale.get`.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundMessage {
    /// After-sale order; the name is that of the after-sale calls.
    pub refund_id: Option<Id>,
}
