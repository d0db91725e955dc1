//! The content of messages on 1688 orders.

use crate::alibaba::order::{OrderBase, OrderDelivery, OrderLine};
use crate::api::prelude::*;

/// What is known of the content of messages on 1688 orders.
///
/// Three forms are published, and their fields stand side by side here: the key-account manual's flat fields, the
/// groups of an order's details on a sister brand's page, and the short content of 1688's own messages.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderMessage {
    /// Order.
    pub order_id: Option<Id>,
    /// The platform's own number of the order.
    pub order_no: Option<Id>,
    /// State of the order; seen: `WAITING_FOR_PAYMENT`, `CANCEL`, `WAITING_FOR_SENT`.
    pub order_status: Option<String>,
    /// State of the payment; seen: 1 with unpaid and cancelled orders, 2 with paid ones.
    pub pay_status: Option<i64>,
    /// Goods and freight together; the unit is not published, the examples look like fen.
    pub total_amount: Option<Amount>,
    /// Freight, in the unit of the total.
    pub shipping_fee: Option<Amount>,
    /// Goods, in the unit of the total.
    pub product_amount: Option<Amount>,
    /// What was refunded, in the unit of the total.
    pub refund_amount: Option<Amount>,
    /// State of the refund; only empty in the examples.
    pub refund_status: Option<Any>,
    /// Why the order was closed; seen: `buyer_cancel`.
    pub close_reason: Option<String>,
    /// When the order was created.
    pub tb_create_time: Option<Time>,
    /// When it was paid.
    pub pay_time: Option<Time>,
    /// State of the order in 1688's own messages, for example `waitbuyerpay`.
    pub current_status: Option<String>,
    /// When 1688 sent its own message.
    pub msg_send_time: Option<Time>,
    /// The buyer, in 1688's own messages.
    pub buyer_member_id: Option<Id>,
    /// The seller, in 1688's own messages.
    pub seller_member_id: Option<Id>,
    /// The order as such, on the sister brand's page.
    pub base_info: Option<OrderBase>,
    /// Where and how it is delivered, on the sister brand's page.
    pub native_logistics: Option<OrderDelivery>,
    /// The lines, on the sister brand's page.
    pub product_items: Vec<OrderLine>,
}

/// What is known of the content of messages on 1688 refunds.
///
/// The key-account manual shows the first two fields and no more; the others are those of 1688's own messages.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundMessage {
    /// Refund.
    pub refund_id: Option<Id>,
    /// Order.
    pub order_id: Option<Id>,
    /// What happened, in 1688's own messages.
    pub refund_action: Option<String>,
    /// Who did it, in 1688's own messages: buyer, seller or system.
    pub operator: Option<String>,
    /// State of the order, in 1688's own messages.
    pub current_status: Option<String>,
    /// When 1688 sent its own message.
    pub msg_send_time: Option<Time>,
    /// The buyer, in 1688's own messages.
    pub buyer_member_id: Option<Id>,
    /// The seller, in 1688's own messages.
    pub seller_member_id: Option<Id>,
}
