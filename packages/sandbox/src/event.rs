//! The messages that the platform pushes when orders change, in the form of the key-account manual.

use crate::call::Caller;
use crate::sample::beijing_time;
use crate::state::{Market, Order, Refund, Stage};
use serde_json::{Value, json};
use xportcn_core::Time;
use xportcn_core::push::{PLATFORM_1688, PLATFORM_TAOBAO};

/// A message that is to be pushed.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// Whose orders it is about.
    pub(crate) owner: Caller,
    market: Market,
    kind: EventKind,
    content: Value,
}

#[derive(Clone, Copy, Debug)]
enum EventKind {
    Cancelled,
    Created,
    Paid,
    Refund,
    Repriced,
    Unchanged,
}

impl Event {
    pub(crate) fn created(order: &Order) -> Self {
        Self::of_order(order, EventKind::Created)
    }

    pub(crate) fn paid(order: &Order) -> Self {
        Self::of_order(order, EventKind::Paid)
    }

    pub(crate) fn cancelled(order: &Order) -> Self {
        Self::of_order(order, EventKind::Cancelled)
    }

    /// A payment or cancellation came to nothing.
    pub(crate) fn unchanged(order: &Order) -> Self {
        Self::of_order(order, EventKind::Unchanged)
    }

    pub(crate) fn repriced(order: &Order) -> Self {
        Self::of_order(order, EventKind::Repriced)
    }

    /// Something happened to a claim.
    pub(crate) fn refund(refund: &Refund) -> Self {
        let content = match refund.market {
            Market::Taobao => json!({
                "refundId": refund.id,
                "purchaseOrderId": refund.order,
                "refundStatus": refund.stage.taobao(),
                "refundFee": refund.total(),
            }),
            _ => json!({"refundId": refund.id, "orderId": refund.order}),
        };
        Self { owner: refund.owner.clone(), market: refund.market, kind: EventKind::Refund, content }
    }

    /// The body of the message; absent where no message is known.
    pub(crate) fn body(&self, now_ms: u64) -> Option<String> {
        let (platform, content) = match self.market {
            Market::Taobao => (PLATFORM_TAOBAO, self.content.clone()),
            // 1688's content is text that holds JSON.
            Market::Alibaba | Market::BigMajor => (PLATFORM_1688, Value::String(self.content.to_string())),
            Market::International | Market::Poizon => return None,
        };
        let message = json!({
            "messageType": self.message_type()?,
            "messageBody": content,
            "messagePlatform": platform,
            "timestamp": now_ms.to_string(),
        });
        Some(message.to_string())
    }

    /// The published types; those of Taobao's orders and refunds are not, and named as the price's is.
    fn message_type(&self) -> Option<&'static str> {
        Some(match (self.market, self.kind) {
            (Market::Taobao, EventKind::Repriced) => "TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY",
            (Market::Taobao, EventKind::Refund) => "TAOBAO_ORDER_REFUND",
            (Market::Taobao, _) => "TAOBAO_ORDER_STATUS",
            (_, EventKind::Created) => "ORDER_CREATE",
            (_, EventKind::Paid) => "ORDER_PAY_SUCCESS",
            (_, EventKind::Cancelled) => "ORDER_CANCEL",
            (_, EventKind::Repriced) => "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY",
            (_, EventKind::Refund) => "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND",
            (_, EventKind::Unchanged) => return None,
        })
    }

    fn of_order(order: &Order, kind: EventKind) -> Self {
        let content = match order.market {
            Market::Taobao => taobao(order),
            _ => alibaba(order),
        };
        Self { owner: order.owner.clone(), market: order.market, kind, content }
    }
}

/// In fen.
fn taobao(order: &Order) -> Value {
    let lines: Vec<Value> = order
        .lines
        .iter()
        .map(|line| {
            json!({
                "purchase_order_outer_id": order.sales_id,
                "purchase_order_line_outer_id": line.id,
                "product_amount": line.amount.to_string(),
                "quantity": line.quantity.normalize().to_string().parse::<i64>().ok(),
            })
        })
        .collect();
    json!({
        "salesOrderId": order.sales_id,
        "orderId": order.id,
        "orderStatus": match order.stage {
            Stage::Unpaid => 0,
            Stage::Paid => 10,
            Stage::Shipped => 11,
            Stage::Received => 9,
            Stage::Cancelled | Stage::Refunded => 4,
        },
        "subOrders": lines,
    })
}

/// In fen, as the manual's examples look.
fn alibaba(order: &Order) -> Value {
    json!({
        "orderId": order.id,
        "orderNo": order.sales_id,
        "orderStatus": match order.stage {
            Stage::Unpaid => "WAITING_FOR_PAYMENT",
            Stage::Cancelled | Stage::Refunded => "CANCEL",
            _ => "WAITING_FOR_SENT",
        },
        "payStatus": if order.is_paid() { 2 } else { 1 },
        "totalAmount": order.total(),
        "shippingFee": order.freight,
        "productAmount": order.goods(),
        "refundAmount": 0,
        "refundStatus": null,
        "closeReason": order.close_reason,
        "tbCreateTime": beijing_text(order.created),
        "payTime": order.paid.and_then(beijing_text),
    })
}

fn beijing_text(at: i64) -> Option<String> {
    Time::from_millis(at).map(beijing_time)
}
