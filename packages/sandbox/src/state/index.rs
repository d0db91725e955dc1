//! Where to find objects by something else than their ids, so that no call looks through all of them.

use super::market::Market;
use super::order::Order;
use super::refund::Refund;
use crate::call::Caller;
use std::collections::{BTreeSet, HashMap};

/// Ids by what calls ask for. It follows from the objects, and is not saved.
#[derive(Debug, Default)]
pub(super) struct Index {
    orders: HashMap<Market, HashMap<Caller, Vec<String>>>,
    order_of_line: HashMap<String, String>,
    refunds_of_order: HashMap<String, Vec<String>>,
    /// Orders of which something is under way, by the moment when that is due.
    settlements: BTreeSet<(i64, String)>,
}

impl Index {
    /// Orders must come in the order of their ids.
    pub(super) fn add_order(&mut self, order: &Order) {
        self.orders.entry(order.market).or_default().entry(order.owner.clone()).or_default().push(order.id.clone());
        for line in &order.lines {
            self.order_of_line.insert(line.id.clone(), order.id.clone());
        }
        if let Some(settlement) = &order.settlement {
            self.add_settlement(settlement.due, &order.id);
        }
    }

    pub(super) fn add_refund(&mut self, refund: &Refund) {
        self.refunds_of_order.entry(refund.order.clone()).or_default().push(refund.id.clone());
    }

    pub(super) fn add_settlement(&mut self, due: i64, order: &str) {
        self.settlements.insert((due, order.to_string()));
    }

    pub(super) fn remove_settlement(&mut self, due: i64, order: &str) {
        self.settlements.remove(&(due, order.to_string()));
    }

    /// The id of the first order of which something is due.
    pub(super) fn due(&self, now: i64) -> Option<String> {
        self.settlements.first().filter(|(due, _)| *due <= now).map(|(_, id)| id.clone())
    }

    pub(super) fn next_settlement(&self) -> Option<i64> {
        self.settlements.first().map(|(due, _)| *due)
    }

    /// The ids of orders of which something is under way, in the order in which that is due.
    pub(super) fn settlements(&self) -> impl Iterator<Item = &str> {
        self.settlements.iter().map(|(_, id)| id.as_str())
    }

    /// The ids of the user's orders in this market, the oldest first.
    pub(super) fn orders(&self, owner: &Caller, market: Market) -> &[String] {
        self.orders.get(&market).and_then(|owners| owners.get(owner)).map_or(&[], Vec::as_slice)
    }

    /// The id of the order with this line.
    pub(super) fn order_of_line(&self, line: &str) -> Option<&str> {
        self.order_of_line.get(line).map(String::as_str)
    }

    /// The ids of an order's refunds.
    pub(super) fn refunds_of_order(&self, order: &str) -> &[String] {
        self.refunds_of_order.get(order).map_or(&[], Vec::as_slice)
    }
}
