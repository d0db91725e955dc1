//! All that there is, as the sandbox's own paths show it: for people who watch, and programs that check.

use super::address::Address;
use super::cart::CartLine;
use super::line::{Line, yuan};
use super::order::{Order, Stage};
use super::refund::{Refund, RefundStage};
use super::settlement::Balance;
use super::{Product, State};
use serde_json::{Map, Value, json};
use xportcn_core::Time;

/// Orders, refunds and entries that are shown, the newest of each.
const MAX_SHOWN: usize = 200;

impl State {
    /// Orders, refunds, carts, addresses, balances and the ledger; the newest first.
    pub(crate) fn shown(&self) -> Value {
        let orders = self.orders.values().rev().take(MAX_SHOWN);
        let refunds = self.refunds.values().rev().take(MAX_SHOWN);
        json!({
            "orderCount": self.orders.len(),
            "orders": orders.map(|order| self.order_shown(order)).collect::<Vec<_>>(),
            "refunds": refunds.map(Refund::shown).collect::<Vec<_>>(),
            "carts": self.cart.values().rev().take(MAX_SHOWN).map(CartLine::shown).collect::<Vec<_>>(),
            "addresses": self.addresses.values().rev().take(MAX_SHOWN).map(Address::shown).collect::<Vec<_>>(),
            "balances": self.balances_shown(),
            "ledger": self.last_entries(MAX_SHOWN),
        })
    }

    fn order_shown(&self, order: &Order) -> Value {
        let lines = order.lines.iter().map(|line| self.line_shown(order, line));
        json!({
            "orderId": order.id,
            "market": order.market,
            "userId": order.owner.user_id,
            "stage": order.stage,
            "underWay": order.settlement.as_ref().map(|settlement| settlement.shown()),
            "reference": order.reference,
            "totalInFen": order.total(),
            "totalInYuan": yuan(order.total()),
            "freightInFen": order.freight,
            "closeReason": order.close_reason,
            "lines": lines.collect::<Vec<_>>(),
            "times": {
                "created": time(Some(order.created)),
                "paid": time(order.paid),
                "shipped": time(order.shipped),
                "received": time(order.received),
                "closed": time(order.closed),
            },
            "can": order.can(),
        })
    }

    fn line_shown(&self, order: &Order, line: &Line) -> Value {
        let refund = self.refund_of_line(line);
        json!({
            "lineId": line.id,
            "itemId": line.item,
            "title": line.title,
            "quantity": line.quantity.normalize().to_string(),
            "amountInFen": line.amount,
            "amountInYuan": yuan(line.amount),
            "shipped": time(order.line_shipped(line)),
            "refundId": refund.map(|refund| &refund.id),
            "refundStage": refund.map(|refund| refund.stage),
        })
    }

    fn balances_shown(&self) -> Value {
        let shown = self
            .balances
            .entries()
            .map(|(user, balance): (&String, &Balance)| (user.clone(), Value::from(balance.left())));
        Value::Object(shown.collect::<Map<_, _>>())
    }
}

impl Order {
    /// What a seller, a carrier or the clock can do with it now, by the names of the sandbox's paths.
    fn can(&self) -> Vec<&'static str> {
        match self.stage {
            Stage::Unpaid if self.settlement.is_some() => vec!["settle"],
            Stage::Unpaid => vec!["price"],
            Stage::Paid => vec!["ship"],
            Stage::Shipped => vec!["deliver"],
            Stage::Received | Stage::Cancelled | Stage::Refunded => Vec::new(),
        }
    }
}

impl Refund {
    fn shown(&self) -> Value {
        let can: &[&str] = match self.stage {
            RefundStage::Applied => &["agree", "refuse"],
            RefundStage::Returning => &["take-back"],
            _ => &[],
        };
        let steps = self.steps.iter().map(|(stage, at)| json!({"stage": stage, "time": time(Some(*at))}));
        json!({
            "refundId": self.id,
            "orderId": self.order,
            "market": self.market,
            "lines": self.lines,
            "stage": self.stage,
            "says": self.stage.describe(),
            "totalInFen": self.total(),
            "totalInYuan": yuan(self.total()),
            "returns": self.claim.returns,
            "steps": steps.collect::<Vec<_>>(),
            "can": can,
        })
    }
}

impl CartLine {
    fn shown(&self) -> Value {
        let title = Product::of(self.market, &self.item).title;
        json!({
            "id": self.id,
            "market": self.market,
            "userId": self.owner.user_id,
            "itemId": self.item,
            "skuId": self.sku_id,
            "title": title,
            "quantity": self.quantity,
        })
    }
}

impl Address {
    fn shown(&self) -> Value {
        json!({"id": self.id, "userId": self.owner.user_id, "fields": self.fields})
    }
}

fn time(at: Option<i64>) -> Option<String> {
    at.and_then(Time::from_millis).map(|time| time.to_string())
}
