//! What was done, call by call: so that tests can see whether anything was done twice.

use super::market::Market;
use super::order::Order;
use super::written::Written;
use super::{Record, State, line};
use crate::call::Call;
use crate::sample::beijing_time;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use xportcn_core::Time;

/// One action of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) action: Action,
    pub(crate) endpoint: String,
    pub(crate) order: String,
    pub(crate) market: Option<Market>,
    pub(crate) user: String,
    pub(crate) reference: Option<String>,
    pub(crate) nonce: String,
    /// In fen.
    pub(crate) amount: i64,
    pub(crate) at: i64,
    /// Why it came to nothing, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    Booked,
    CancelFailed,
    Cancelled,
    /// A cancellation has begun, and is settled later.
    Cancelling,
    Created,
    Paid,
    /// A payment of an order that had been paid, or was being paid, was refused.
    PaidAgain,
    PayFailed,
    /// A payment has begun, and is settled later.
    Paying,
    Refunding,
}

impl Record for Entry {}

impl State {
    /// Notes what a call did to an order.
    pub(crate) fn note(&mut self, action: Action, order: &Order, call: &Call<'_>) {
        self.add_entry(Entry {
            action,
            endpoint: call.endpoint.id.to_string(),
            order: order.id.clone(),
            market: Some(order.market),
            user: call.caller.user_id.clone(),
            reference: order.reference.clone(),
            nonce: call.nonce.to_string(),
            amount: order.total(),
            at: i64::try_from(call.now_ms).unwrap_or(i64::MAX),
            failure: None,
        });
    }

    /// Adds to the ledger.
    pub(crate) fn add_entry(&mut self, entry: Entry) {
        // As many digits as keep the order of numbers.
        self.ledger.insert(format!("{:012}", self.ledger.len()), entry);
    }

    /// The newest entries of the ledger, and the newest other changes, each the newest first.
    pub(super) fn last_entries(&self, most: usize) -> Value {
        json!({
            "unsettled": self.unsettled(),
            "entries": self.ledger.values().rev().take(most).map(Entry::shown).collect::<Vec<_>>(),
            "changes": self.written.values().rev().take(most).map(Written::shown).collect::<Vec<_>>(),
        })
    }

    /// The ledger as JSON.
    pub(crate) fn ledger(&self) -> Value {
        let count = |action: Action| self.ledger.values().filter(|entry| entry.action == action).count();
        json!({
            "created": count(Action::Created),
            "paid": count(Action::Paid),
            "unsettled": self.unsettled(),
            "entries": self.ledger.values().map(Entry::shown).collect::<Vec<_>>(),
            "changes": self.written.values().map(Written::shown).collect::<Vec<_>>(),
        })
    }
}

impl Entry {
    fn shown(&self) -> Value {
        let time = Time::from_millis(self.at);
        json!({
            "action": self.action,
            "endpoint": self.endpoint,
            "orderId": self.order,
            "market": self.market,
            "userId": self.user,
            "reference": self.reference,
            "nonce": self.nonce,
            "amountInFen": self.amount,
            "amountInYuan": line::yuan(self.amount),
            "time": time.map(|time| time.to_string()),
            "timeInBeijing": time.map(beijing_time),
            "failure": self.failure,
        })
    }
}
