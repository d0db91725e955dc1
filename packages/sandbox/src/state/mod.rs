//! What the sandbox remembers between calls: everything that users have made.

mod address;
mod cart;
mod embedded;
mod example;
mod file;
mod freight;
mod ids;
mod ledger;
mod line;
mod market;
mod order;
mod parcel;
mod product;
mod refund;

pub(crate) use self::address::Address;
pub(crate) use self::cart::CartLine;
pub(crate) use self::example::is_example;
pub(crate) use self::file::{StateFile, text};
pub(crate) use self::freight::{Booking, Freight, Goods, total as freight_total};
pub(crate) use self::ledger::{Action, Entry};
pub(crate) use self::line::{Line, LineRequest, Quote, yuan};
pub(crate) use self::market::Market;
pub(crate) use self::order::{Order, Stage};
pub(crate) use self::parcel::{CARRIER, CARRIER_CODE};
pub(crate) use self::product::{Product, Variant, pick_items};
pub(crate) use self::refund::{Claim, Message, Refund, RefundStage};

use self::ids::Ids;
use crate::call::Caller;
use crate::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that users have made. Ids order objects by their time of creation.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    ids: Ids,
    orders: BTreeMap<String, Order>,
    refunds: BTreeMap<String, Refund>,
    pub(crate) cart: Vec<CartLine>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) freights: BTreeMap<String, Freight>,
    pub(crate) bookings: BTreeMap<String, Booking>,
    pub(crate) ledger: Vec<Entry>,
    /// How often something was changed since the start.
    #[serde(skip)]
    changes: u64,
}

impl State {
    /// A new id of 19 digits, larger than all before.
    pub(crate) fn next_id(&mut self, now: i64) -> String {
        self.changes += 1;
        self.ids.next(now)
    }

    /// How often something was changed since the start.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// Says that something is being changed.
    pub(crate) fn change(&mut self) {
        self.changes += 1;
    }

    pub(crate) fn add_order(&mut self, order: Order) {
        self.change();
        self.orders.insert(order.id.clone(), order);
    }

    /// An order of the user in this market, if there is one.
    pub(crate) fn order(&self, owner: &Caller, market: Market, id: &str) -> Option<&Order> {
        self.orders.get(id).filter(|order| order.owner == *owner && order.market == market)
    }

    /// An order that is going to be changed.
    pub(crate) fn order_mut(&mut self, id: &str) -> Result<&mut Order, Refusal> {
        self.change();
        self.orders.get_mut(id).ok_or_else(|| unknown_order(id))
    }

    /// The user's orders in this market, the newest first.
    pub(crate) fn orders(&self, owner: &Caller, market: Market) -> Vec<&Order> {
        let orders = self.orders.values().rev();
        orders.filter(|order| order.owner == *owner && order.market == market).collect()
    }

    /// The user's order with this line in this market, and the line's place.
    pub(crate) fn line(&self, owner: &Caller, market: Market, id: &str) -> Option<(&Order, usize)> {
        let orders = self.orders.values().filter(|order| order.owner == *owner && order.market == market);
        orders.rev().find_map(|order| Some((order, order.lines.iter().position(|line| line.id == id)?)))
    }

    pub(crate) fn add_refund(&mut self, refund: Refund) {
        self.change();
        self.refunds.insert(refund.id.clone(), refund);
    }

    /// A refund of the user in this market, if there is one.
    pub(crate) fn refund(&self, owner: &Caller, market: Market, id: &str) -> Option<&Refund> {
        self.refunds.get(id).filter(|refund| refund.owner == *owner && refund.market == market)
    }

    /// A refund that is going to be changed.
    pub(crate) fn refund_mut(&mut self, id: &str) -> Result<&mut Refund, Refusal> {
        self.change();
        let message = format!("refundId: there is no refund {id}");
        self.refunds.get_mut(id).ok_or_else(|| Refusal::new(Reason::UnknownRefund, message))
    }

    /// The user's refunds in this market, the newest first.
    pub(crate) fn refunds(&self, owner: &Caller, market: Market) -> Vec<&Refund> {
        let refunds = self.refunds.values().filter(|refund| refund.owner == *owner && refund.market == market);
        let mut refunds: Vec<&Refund> = refunds.collect();
        refunds.sort_by(|one, other| other.number.cmp(&one.number));
        refunds
    }

    /// The refunds of an order whose money has gone back.
    pub(crate) fn paid_back(&self, order: &Order) -> Vec<&Refund> {
        self.refunds.values().filter(|refund| refund.order == order.id && refund.is_paid_back()).collect()
    }

    /// Ends an order if all that was paid has gone back.
    pub(crate) fn close_if_refunded(&mut self, refund: &str, now: i64) -> Result<(), Refusal> {
        let order = self.refund_mut(refund)?.order.clone();
        let back = self.order_mut(&order)?.clone();
        let back = self.paid_back(&back).iter().map(|refund| refund.total()).sum::<i64>();
        let order = self.order_mut(&order)?;
        order.changed = now;
        if back >= order.total() && order.is_paid() {
            order.end_refunded(now);
        }
        Ok(())
    }

    /// The last refund that was asked for of a line, if any.
    pub(crate) fn refund_of_line(&self, line: &Line) -> Option<&Refund> {
        self.refunds.get(line.refund.as_ref()?)
    }
}

/// There is no such order, or it is another user's.
pub(crate) fn unknown_order(id: &str) -> Refusal {
    Refusal::new(Reason::UnknownOrder, format!("there is no order {id}"))
}
