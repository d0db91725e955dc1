//! Writes that were carried out and stand in no other entry of the ledger: changed carts, addresses, claims and the like.

use super::{Record, State, embedded};
use crate::call::Call;
use crate::sample::beijing_time;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use xportcn_core::Time;

/// One call that changed something.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    endpoint: String,
    user: String,
    nonce: String,
    at: i64,
    /// What it said, in canonical form.
    #[serde(with = "embedded")]
    params: Value,
}

/// How far the state and its ledger had come before a call.
pub(crate) struct Before {
    changes: u64,
    entries: usize,
}

impl Record for Written {}

impl State {
    /// Begins to watch a call.
    pub(crate) fn before(&mut self) -> Before {
        Before { changes: self.changes(), entries: self.ledger.len() }
    }

    /// Notes a call that has changed something since, unless the ledger tells of it.
    pub(crate) fn note_change(&mut self, before: &Before, call: &Call<'_>) {
        if self.ledger.len() != before.entries || self.changes() == before.changes {
            return;
        }
        let written = Written {
            endpoint: call.endpoint.id.to_string(),
            user: call.caller.user_id.clone(),
            nonce: call.nonce.to_string(),
            at: i64::try_from(call.now_ms).unwrap_or(i64::MAX),
            params: Value::Object(call.fields.clone()),
        };
        // As many digits as keep the order of numbers.
        self.written.insert(format!("{:012}", self.written.len()), written);
    }
}

impl Written {
    pub(super) fn shown(&self) -> Value {
        let time = Time::from_millis(self.at);
        json!({
            "endpoint": self.endpoint,
            "userId": self.user,
            "nonce": self.nonce,
            "time": time.map(|time| time.to_string()),
            "timeInBeijing": time.map(beijing_time),
            "params": self.params,
        })
    }
}
