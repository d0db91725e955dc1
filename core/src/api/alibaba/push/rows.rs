//! The messages that the platform pushes on 1688 orders.

use super::{OrderMessage, RefundMessage};
use crate::api::message::{PLATFORM_1688, Push, pushes};
use crate::endpoint::FieldEvidence::{Inferred, Published};

pushes! {
    /// Order price correction.
    ///
    /// The seller has changed the price of an order that is not yet paid.
    pub static ORDER_PRICE_MODIFIED: OrderMessage = {
        id: "alibaba.push.order_price_modified",
        platform: Some(PLATFORM_1688),
        types: ["1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"],
        otherwise: Some("PRICE_MODIFY"),
        evidence: (Published, Inferred),
        example: r#"{"messageType":"ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY","messageBody":"{\"orderId\":\"3305075341149134260\",\"orderNo\":\"PO202605200001\",\"orderStatus\":\"WAITING_FOR_PAYMENT\",\"payStatus\":1,\"totalAmount\":9800,\"shippingFee\":500,\"productAmount\":9300,\"refundAmount\":0,\"refundStatus\":null,\"closeReason\":null,\"tbCreateTime\":\"2026-05-20 15:40:00\",\"payTime\":null}","messagePlatform":1,"timestamp":"1779263269913"}"#,
        sources: [
            "https://doc-en-ka.xportcn.com/doc-7259275",
            "https://doc-en.pandapon.com/api-263477659",
            "https://doc-vnm.pandapon.com/api-250496584",
        ],
    };

    /// Order status modification.
    ///
    /// An order was created, cancelled, paid or the like. The types are the key-account manual's; that they are this
    /// row of the reference is inferred.
    pub static ORDER_STATUS_CHANGED: OrderMessage = {
        id: "alibaba.push.order_status_changed",
        platform: Some(PLATFORM_1688),
        types: ["ORDER_CREATE", "ORDER_CANCEL", "ORDER_PAY_SUCCESS"],
        otherwise: Some("ORDER"),
        evidence: (Published, Inferred),
        example: r#"{"messageType":"ORDER_PAY_SUCCESS","messageBody":"{\"orderId\":\"3305075341149134260\",\"orderNo\":\"PO202605200001\",\"orderStatus\":\"WAITING_FOR_SENT\",\"payStatus\":2,\"totalAmount\":10000,\"shippingFee\":500,\"productAmount\":9500,\"refundAmount\":0,\"refundStatus\":null,\"closeReason\":null,\"tbCreateTime\":\"2026-05-20 15:40:00\",\"payTime\":\"2026-05-20 15:41:00\"}","messagePlatform":1,"timestamp":"1779263269913"}"#,
        sources: ["https://doc-en-ka.xportcn.com/doc-7259275"],
    };

    /// 1688 order after sale refund.
    ///
    /// Something happened to a refund. The type is the key-account manual's; whether it has a prefix elsewhere is not
    /// known.
    pub static ORDER_REFUND: RefundMessage = {
        id: "alibaba.push.order_refund",
        platform: Some(PLATFORM_1688),
        types: ["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND"],
        otherwise: Some("REFUND"),
        evidence: (Published, Inferred),
        example: r#"{"messageType":"ORDER_BUYER_VIEW_ORDER_BUYER_REFUND","messageBody":"{\"refundId\":\"TQ0000000000000001\",\"orderId\":\"3296711100591134260\"}","messagePlatform":1,"timestamp":"1779263269913"}"#,
        sources: ["https://doc-en-ka.xportcn.com/doc-7259275"],
    };
}
