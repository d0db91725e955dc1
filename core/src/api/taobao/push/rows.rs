//! The messages that the platform pushes on Taobao orders.

use super::{PriceMessage, RefundMessage, StatusMessage};
use crate::api::message::{PLATFORM_TAOBAO, Push, pushes};
use crate::endpoint::FieldEvidence::{Inferred, Published};

pushes! {
    /// Order price correction.
    ///
    /// The seller has changed the price of an order that is not yet paid. A sister brand's page prints the type where
    /// a path would stand; whether it is sent like this is not proven.
    pub static ORDER_PRICE_MODIFIED: PriceMessage = {
        id: "taobao.push.order_price_modified",
        platform: Some(PLATFORM_TAOBAO),
        types: ["TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"],
        otherwise: Some("PRICE_MODIFY"),
        evidence: (Published, Inferred),
        example: r#"{"messageType":"TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY","messageBody":{"salesOrderId":"3682557363260579405","subOrders":[{"purchase_order_outer_id":"3682557363260579405","product_amount":"9500","quantity":1}]},"messagePlatform":0,"timestamp":"1779263269913"}"#,
        sources: ["https://doc-en.pandapon.com/api-263477629"],
    };

    /// Order status modification callback.
    ///
    /// The state of an order has changed. Neither type nor content is published: any Taobao message on an order that is
    /// not on its price or a refund is taken to be this one. The content is taken to be that of the upstream's message
    /// of type 3, and what is more in it is kept.
    pub static ORDER_STATUS_CHANGED: StatusMessage = {
        id: "taobao.push.order_status_changed",
        platform: Some(PLATFORM_TAOBAO),
        types: [],
        otherwise: Some("ORDER"),
        evidence: (Inferred, Inferred),
        example: r#"{"messageType":"TAOBAO_ORDER_STATUS","messageBody":{"salesOrderId":"3682557363260579405"},"messagePlatform":0,"timestamp":"1779263269913"}"#,
        sources: ["https://doc-en.pandapon.com/api-263477629"],
    };

    /// Order after-sales refund.
    ///
    /// Something happened to a refund. Neither type nor content is published: any Taobao message whose type speaks of a
    /// refund is taken to be this one, and its content is kept. The upstream's message of type 9 is on after-sale orders
    /// and on messages in them.
    pub static ORDER_REFUND: RefundMessage = {
        id: "taobao.push.order_refund",
        platform: Some(PLATFORM_TAOBAO),
        types: [],
        otherwise: Some("REFUND"),
        evidence: (Inferred, Inferred),
        example: r#"{"messageType":"TAOBAO_ORDER_REFUND","messageBody":{"refundId":"110002685755"},"messagePlatform":0,"timestamp":"1779263269913"}"#,
        sources: ["https://doc-en.pandapon.com/api-263477629"],
    };
}
