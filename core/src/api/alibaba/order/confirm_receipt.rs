//! Confirms that an order has arrived.

use crate::alibaba::ActionOutcome;
use crate::api::prelude::*;

/// Buyer confirms receipt of goods.
///
/// Confirms that an order, or some of its lines, has been received, which releases the money to the seller.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.confirm_receipt",
    post = "/alibaba/order/receivegoods",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Published),
    effect = crate::api::alibaba::effects::CONFIRM_RECEIPT,
    reply = ActionOutcome,
    example = r#"{"orderId":"2542285634920880794"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477652"],
)]
pub struct ConfirmReceipt {
    /// Order.
    #[wire(number)]
    pub order_id: Id,
    /// Lines that were received.
    #[wire(number)]
    pub order_entry_ids: Option<Vec<Id>>,
}
