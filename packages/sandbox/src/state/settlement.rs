//! Payments and cancellations: they begin with a call, and are settled at once or after a time of the clock.

use super::ledger::{Action, Entry};
use super::order::Order;
use super::{Record, State};
use crate::call::Call;
use crate::event::Event;
use crate::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What has begun of an order, and will be settled.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settlement {
    of: Begun,
    /// When, in milliseconds since 1970.
    pub(super) due: i64,
    /// Why it will come to nothing, if so.
    failure: Option<String>,
    /// The call that began it.
    endpoint: String,
    nonce: String,
}

/// What begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Begun {
    Cancellation { reason: String },
    Payment,
}

/// When what begins is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    AtOnce,
    /// After the sandbox's time of settlement; a fault may have it fail.
    Later,
}

/// What a user's payments are taken from.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Balance {
    /// In fen.
    left: i64,
}

/// The words of a failure that is injected.
const INJECTED: &str = "the settlement failed on purpose";

impl Record for Balance {}

impl Balance {
    pub(super) fn left(&self) -> i64 {
        self.left
    }
}

impl Settlement {
    pub(crate) fn is_payment(&self) -> bool {
        self.of == Begun::Payment
    }

    pub(super) fn shown(&self) -> Value {
        json!({"action": self.begins(), "dueMs": self.due})
    }
}

impl State {
    /// Sets how many milliseconds later what begins is settled.
    pub(crate) fn settle_after(&mut self, wait_ms: u64) {
        self.settle_ms = i64::try_from(wait_ms).unwrap_or(i64::MAX);
    }

    /// Begins to pay or cancel an order, and settles that where it takes no time. Gives the order as it is then.
    pub(crate) fn begin(
        &mut self,
        id: &str,
        of: Begun,
        pace: Pace,
        call: &Call<'_>,
        events: &mut Vec<Event>,
    ) -> Result<Order, Refusal> {
        let order = self.order_mut(id)?;
        order.check_payable()?;
        let (owner, total) = (order.owner.user_id.clone(), order.total());
        if of == Begun::Payment {
            self.take_from_balance(&owner, total)?;
        }
        let now = i64::try_from(call.now_ms).unwrap_or(i64::MAX);
        let wait = if pace == Pace::Later { self.settle_ms } else { 0 };
        let settlement = Settlement {
            of,
            due: now.saturating_add(wait),
            failure: (call.fails && pace == Pace::Later).then(|| INJECTED.to_string()),
            endpoint: call.endpoint.id.to_string(),
            nonce: call.nonce.to_string(),
        };
        let action = settlement.begins();
        self.index.add_settlement(settlement.due, id);
        let order = self.order_mut(id)?;
        order.changed = whole_second(now);
        order.settlement = Some(settlement);
        if wait == 0 {
            self.finish(id, events);
        } else {
            let order = self.order_mut(id)?.clone();
            self.note(action, &order, call);
        }
        self.order_mut(id).cloned()
    }

    /// Settles all that is due.
    pub(crate) fn settle(&mut self, now_ms: u64, events: &mut Vec<Event>) {
        let now = i64::try_from(now_ms).unwrap_or(i64::MAX);
        while let Some(id) = self.index.due(now) {
            self.finish(&id, events);
        }
    }

    /// Settles what has begun of an order before it is due; with words, it fails.
    pub(crate) fn settle_now(
        &mut self,
        id: &str,
        now_ms: u64,
        failure: Option<String>,
        events: &mut Vec<Event>,
    ) -> Result<(), Refusal> {
        let Some(settlement) = &mut self.order_mut(id)?.settlement else {
            let message = format!("no payment or cancellation of the order {id} is under way");
            return Err(Refusal::new(Reason::NothingUnderWay, message));
        };
        let due = settlement.due;
        settlement.due = i64::try_from(now_ms).unwrap_or(i64::MAX).min(due);
        settlement.failure = failure.or(settlement.failure.take());
        let settled = settlement.due;
        self.index.remove_settlement(due, id);
        self.index.add_settlement(settled, id);
        self.finish(id, events);
        Ok(())
    }

    /// When the next settlement is due, in milliseconds since 1970.
    pub(crate) fn next_settlement(&self) -> Option<i64> {
        self.index.next_settlement()
    }

    /// What is under way, for the ledger.
    pub(super) fn unsettled(&self) -> Value {
        let shown = self.index.settlements().filter_map(|id| {
            let settlement = self.orders.get(id)?.settlement.as_ref()?;
            Some(json!({"orderId": id, "action": settlement.begins(), "dueMs": settlement.due}))
        });
        shown.collect()
    }

    /// Sets what the payments of a user are taken from; without, there is enough for all.
    pub(crate) fn set_balance(&mut self, user_id: &str, left: Option<i64>) {
        match left {
            Some(left) => self.balances.insert(user_id.to_string(), Balance { left }),
            None => self.balances.remove(user_id),
        }
    }

    pub(crate) fn balance(&self, user_id: &str) -> Option<i64> {
        self.balances.get(user_id).map(|balance| balance.left)
    }

    fn finish(&mut self, id: &str, events: &mut Vec<Event>) {
        let Some(order) = self.orders.get_mut(id) else { return };
        let Some(settlement) = order.settlement.take() else { return };
        self.index.remove_settlement(settlement.due, id);
        let at = whole_second(settlement.due);
        let event = match (&settlement.of, &settlement.failure) {
            // Nothing else happens to an order meanwhile, so that it still can be paid or cancelled.
            (Begun::Payment, None) => order.pay(at).map(|()| Event::paid(order)),
            (Begun::Cancellation { reason }, None) => order.cancel(at, reason).map(|()| Event::cancelled(order)),
            (_, Some(_)) => {
                order.changed = at;
                Ok(Event::unchanged(order))
            }
        };
        let order = order.clone();
        if settlement.is_payment() && settlement.failure.is_some() {
            self.give_back(&order.owner.user_id, order.total());
        }
        self.add_entry(settlement.entry(&order));
        events.extend(event);
    }

    fn take_from_balance(&mut self, user_id: &str, amount: i64) -> Result<(), Refusal> {
        let Some(left) = self.balance(user_id) else { return Ok(()) };
        if left < amount {
            let message = format!("the balance of {left} fen does not suffice for {amount} fen");
            return Err(Refusal::new(Reason::BalanceTooLow, message));
        }
        self.set_balance(user_id, Some(left - amount));
        Ok(())
    }

    fn give_back(&mut self, user_id: &str, amount: i64) {
        if let Some(left) = self.balance(user_id) {
            self.set_balance(user_id, Some(left + amount));
        }
    }
}

impl Settlement {
    fn begins(&self) -> Action {
        if self.is_payment() { Action::Paying } else { Action::Cancelling }
    }

    /// What the ledger says when it is settled.
    fn entry(self, order: &Order) -> Entry {
        let action = match (self.is_payment(), &self.failure) {
            (true, None) => Action::Paid,
            (true, Some(_)) => Action::PayFailed,
            (false, None) => Action::Cancelled,
            (false, Some(_)) => Action::CancelFailed,
        };
        Entry {
            action,
            endpoint: self.endpoint,
            order: order.id.clone(),
            market: Some(order.market),
            user: order.owner.user_id.clone(),
            reference: order.reference.clone(),
            nonce: self.nonce,
            amount: order.total(),
            at: self.due,
            failure: self.failure,
        }
    }
}

/// The wire's moments have no milliseconds.
fn whole_second(at: i64) -> i64 {
    at / 1000 * 1000
}
