//! What the sandbox remembers between calls: everything that users have made.

mod address;
mod cart;
mod embedded;
mod example;
mod file;
mod freight;
mod ids;
mod index;
mod ledger;
mod line;
mod market;
mod order;
mod parcel;
mod product;
mod records;
mod refund;
mod settlement;
mod shown;
mod written;

pub(crate) use self::address::Address;
pub(crate) use self::cart::CartLine;
pub(crate) use self::example::is_example;
pub(crate) use self::file::StateFile;
pub(crate) use self::freight::{Booking, Freight, Goods, total as freight_total};
pub(crate) use self::ledger::{Action, Entry};
pub(crate) use self::line::{Line, LineRequest, Quote, yuan};
pub(crate) use self::market::Market;
pub(crate) use self::order::{Order, Stage};
pub(crate) use self::parcel::{CARRIER, CARRIER_CODE};
pub(crate) use self::product::{Product, Variant, pick_items};
pub(crate) use self::records::{Change, Record, Records, View};
pub(crate) use self::refund::{Claim, Message, Refund, RefundStage};
pub(crate) use self::settlement::{Begun, Pace};

use self::ids::Ids;
use self::index::Index;
use self::records::Table;
use self::settlement::Balance;
use self::written::Written;
use crate::call::Caller;
use crate::refusal::{Reason, Refusal};
use std::ops::Range;

/// Everything that users have made. Ids order objects by their time of creation.
#[derive(Debug, Default)]
pub(crate) struct State {
    ids: Records<Ids>,
    orders: Records<Order>,
    refunds: Records<Refund>,
    pub(crate) cart: Records<CartLine>,
    pub(crate) addresses: Records<Address>,
    pub(crate) freights: Records<Freight>,
    pub(crate) bookings: Records<Booking>,
    balances: Records<Balance>,
    ledger: Records<Entry>,
    written: Records<Written>,
    index: Index,
    /// How long payments and cancellations take that go on after the call.
    settle_ms: i64,
    view: View,
    /// When all changes so far will show in reads.
    all_shown: i64,
}

/// How many kinds of objects there are.
const TABLES: usize = 10;

impl State {
    /// Reads the state from a file's rows, and notes from then on what changes.
    ///
    /// # Errors
    /// Passes on which row cannot be read, and why.
    pub(crate) fn load<E>(
        mut read: impl FnMut(&str, &mut dyn FnMut(&str, &[u8]) -> serde_json::Result<()>) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut state = Self::default();
        for (name, table) in state.tables() {
            read(name, &mut |id, json| table.load(id, json))?;
            table.track();
        }
        let Self { orders, refunds, index, .. } = &mut state;
        orders.values().for_each(|order| index.add_order(order));
        refunds.values().for_each(|refund| index.add_refund(refund));
        Ok(state)
    }

    /// Whether something changed that is not saved.
    pub(crate) fn has_unsaved(&mut self) -> bool {
        self.tables().iter().any(|(_, table)| table.has_unsaved())
    }

    /// Takes all that changed since it was last taken.
    pub(crate) fn take_unsaved(&mut self) -> serde_json::Result<Vec<Change>> {
        let mut changes = Vec::new();
        self.tables().into_iter().try_for_each(|(name, table)| table.take_unsaved(name, &mut changes))?;
        Ok(changes)
    }

    /// Gives back changes that could not be saved.
    pub(crate) fn put_back(&mut self, changes: &[Change]) {
        let mut tables = self.tables();
        for change in changes {
            if let Some((_, table)) = tables.iter_mut().find(|(name, _)| *name == change.table) {
                table.mark(&change.id);
            }
        }
    }

    /// The tables of the state file, by their names.
    fn tables(&mut self) -> [(&'static str, &mut dyn Table); TABLES] {
        [
            ("ids", &mut self.ids),
            ("orders", &mut self.orders),
            ("refunds", &mut self.refunds),
            ("cart_lines", &mut self.cart),
            ("addresses", &mut self.addresses),
            ("freight_previews", &mut self.freights),
            ("freight_bookings", &mut self.bookings),
            ("balances", &mut self.balances),
            ("ledger", &mut self.ledger),
            ("changes", &mut self.written),
        ]
    }

    /// Sets what is seen of the objects, and what becomes of changes, until it is set again.
    pub(crate) fn look(&mut self, view: View) {
        let view = match view {
            View::Shown { at } if at >= self.all_shown && self.all_shown != 0 => {
                self.all_shown = 0;
                self.set_view(view);
                View::All
            }
            View::Shown { .. } if self.all_shown == 0 => View::All,
            View::Hiding { until } => {
                self.all_shown = self.all_shown.max(until);
                view
            }
            view => view,
        };
        self.set_view(view);
    }

    fn set_view(&mut self, view: View) {
        if self.view != view {
            self.view = view;
            self.tables().into_iter().for_each(|(_, table)| table.look(view));
        }
    }

    /// How often anything was changed.
    pub(crate) fn changes(&mut self) -> u64 {
        self.tables().iter().map(|(_, table)| table.changes()).sum()
    }

    /// A new id of 19 digits, larger than all before.
    pub(crate) fn next_id(&mut self, now: i64) -> String {
        self.ids.get_or_default("all").next(now)
    }

    pub(crate) fn add_order(&mut self, order: Order) {
        self.index.add_order(&order);
        self.orders.insert(order.id.clone(), order);
    }

    /// An order of the user in this market, if there is one.
    pub(crate) fn order(&self, owner: &Caller, market: Market, id: &str) -> Option<&Order> {
        self.orders.get(id).filter(|order| order.owner == *owner && order.market == market)
    }

    /// An order that is going to be changed.
    pub(crate) fn order_mut(&mut self, id: &str) -> Result<&mut Order, Refusal> {
        self.orders.get_mut(id).ok_or_else(|| unknown_order(id))
    }

    /// How many orders the user has in this market.
    pub(crate) fn order_count(&self, owner: &Caller, market: Market) -> usize {
        let unseen = self.orders.unseen().filter(|order| order.owner == *owner && order.market == market).count();
        self.index.orders(owner, market).len() - unseen
    }

    /// The user's orders in this market, the newest first.
    pub(crate) fn orders(&self, owner: &Caller, market: Market) -> impl Iterator<Item = &Order> {
        self.index.orders(owner, market).iter().rev().filter_map(|id| self.orders.get(id))
    }

    /// Those of the user's orders in this market that stand on a page, the newest first.
    pub(crate) fn order_page(
        &self,
        owner: &Caller,
        market: Market,
        page: Range<usize>,
    ) -> impl Iterator<Item = &Order> {
        let ids = self.index.orders(owner, market);
        let len = page.len();
        let (ids, skipped) = match self.view {
            // Those that reads do not show yet may be anywhere.
            View::Shown { .. } => (ids, page.start),
            _ => (&ids[ids.len().saturating_sub(page.end)..ids.len().saturating_sub(page.start)], 0),
        };
        ids.iter().rev().filter_map(|id| self.orders.get(id)).skip(skipped).take(len)
    }

    /// The user's order with this line in this market, and the line's place.
    pub(crate) fn line(&self, owner: &Caller, market: Market, id: &str) -> Option<(&Order, usize)> {
        let order = self.order(owner, market, self.index.order_of_line(id)?)?;
        Some((order, order.lines.iter().position(|line| line.id == id)?))
    }

    pub(crate) fn add_refund(&mut self, refund: Refund) {
        self.index.add_refund(&refund);
        self.refunds.insert(refund.id.clone(), refund);
    }

    /// A refund of the user in this market, if there is one.
    pub(crate) fn refund(&self, owner: &Caller, market: Market, id: &str) -> Option<&Refund> {
        self.refunds.get(id).filter(|refund| refund.owner == *owner && refund.market == market)
    }

    /// A refund that is going to be changed.
    pub(crate) fn refund_mut(&mut self, id: &str) -> Result<&mut Refund, Refusal> {
        let message = format!("refundId: there is no refund {id}");
        self.refunds.get_mut(id).ok_or_else(|| Refusal::new(Reason::UnknownRefund, message))
    }

    /// The user's refunds in this market, the newest first.
    pub(crate) fn refunds(&self, owner: &Caller, market: Market) -> Vec<&Refund> {
        let refunds = self.refunds.of(owner).filter(|refund| refund.market == market);
        let mut refunds: Vec<&Refund> = refunds.collect();
        refunds.sort_by(|one, other| other.number.cmp(&one.number));
        refunds
    }

    /// The refunds of an order whose money has gone back.
    pub(crate) fn paid_back(&self, order: &Order) -> impl Iterator<Item = &Refund> {
        let refunds = self.index.refunds_of_order(&order.id).iter().filter_map(|id| self.refunds.get(id));
        refunds.filter(|refund| refund.is_paid_back())
    }

    /// Ends an order if all that was paid has gone back.
    pub(crate) fn close_if_refunded(&mut self, refund: &str, now: i64) -> Result<(), Refusal> {
        let order = self.refund_mut(refund)?.order.clone();
        let back = self.order_mut(&order)?.clone();
        let back = self.paid_back(&back).map(Refund::total).sum::<i64>();
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
