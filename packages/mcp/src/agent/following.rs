//! Tools after a write: how an order stands, waiting, and what became of what was sent.

use super::Agent;
use super::arguments::Arguments;
use super::markets::market;
use super::reading::Part;
use crate::answer::Answer;
use crate::asking::{ask, refusal};
use crate::guard::Refusal;
use crate::kept::{Fate, Kept};
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::time::timeout;
use xportcn::{Entry, EntryState, Outcome, RetryPolicy, Waited};

/// The longest that a tool looks for open writes: clients give up after a minute.
const LONGEST: Duration = Duration::from_secs(40);

impl Agent {
    pub(super) async fn order_status(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let market = market(&arguments.text("market")?)?;
        let id = arguments.text("id")?;
        let part = Part::of(arguments)?;
        arguments.end()?;
        let (row, with) = market.order.ok_or_else(|| {
            Refusal::invalid(format!("no call shows one order of {}: read its list of orders", market.name))
        })?;
        let mut params = Map::from_iter([("orderId".to_string(), json!(id))]);
        params.extend(with.iter().map(|(name, value)| ((*name).to_string(), json!(value))));
        let data = ask(&self.client, row, &params).await?;
        Ok(Answer::foreign(json!({"call": row}), part.take(data)?))
    }

    pub(super) async fn wait_for(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let (of, state, id) = (arguments.text("of")?, arguments.text("state")?, arguments.text("id")?);
        let seconds = arguments.number("seconds", 1, 50, 20)?;
        arguments.end()?;
        let policy = RetryPolicy { wait_timeout: Duration::from_secs(seconds), ..self.policy };
        let waited = self.client.with_policy(policy).wait_until(&of, &state, &id).await.map_err(refusal)?;
        let (outcome, found) = match waited {
            Waited::Reached { found } => ("reached", Some(found)),
            Waited::Never { found } => ("never", Some(found)),
            Waited::TimedOut { found, .. } => ("not yet", found),
            _ => ("not yet", None),
        };
        let data = found.and_then(|found| serde_json::from_str(&found).ok()).unwrap_or(Value::Null);
        Ok(Answer::foreign(json!({"outcome": outcome, "of": of, "state": state, "id": id}), data))
    }

    /// Looks for the writes of which it is not known what became of them, or tells what is known of one.
    pub(super) async fn recover(&self, arguments: &mut Arguments) -> Result<Answer, Refusal> {
        let proposal = arguments.text_if_any("proposal")?;
        arguments.end()?;
        // What is not found within the time is looked for again by the next call.
        let _ = timeout(LONGEST, self.look()).await;
        self.reconcile()?;
        let Some(id) = proposal else {
            let open = self.kept.reserved()?;
            let open: Vec<Value> = open.iter().map(|id| Ok(self.told(id)?.0)).collect::<Result<_, Refusal>>()?;
            return Ok(Answer::own(json!({"open": open})));
        };
        let (about, data) = self.told(&id)?;
        Ok(Answer::foreign(json!({"write": about}), data))
    }

    /// What became of a write, in our words, and what the platform answered.
    pub(super) fn told(&self, id: &str) -> Result<(Value, Value), Refusal> {
        let (state, data, row) = match self.fate(id)? {
            Fate::NotBegun => ("not begun", Value::Null, None),
            Fate::Kept(entry) => (entry.state().as_str(), shown(&entry), Some(entry.ticket().endpoint().id)),
        };
        let about =
            json!({"proposal": id, "key": Kept::key(id), "call": row, "state": state, "meaning": meaning(state)});
        Ok((about, data))
    }
}

fn shown(entry: &Entry) -> Value {
    if let (EntryState::Answered, Some((data, _))) = (entry.state(), entry.answer()) {
        return serde_json::from_str(data).unwrap_or_default();
    }
    match entry.outcome() {
        Some(Outcome::Done { found } | Outcome::Partly { found, .. }) => {
            found.iter().filter_map(|found| serde_json::from_str::<Value>(found).ok()).collect()
        }
        _ => Value::Null,
    }
}

/// What a state of the journal means for who asked for the write.
fn meaning(state: &str) -> &'static str {
    match state {
        "answered" => "the platform answered: it was accepted",
        "done" => "the answer was lost, and it was found to be carried out",
        "partly" => "the answer was lost, and a part of it was found: do not propose that part again",
        "failed" => "it was certainly not carried out: it can be proposed again",
        "not done" => "it was looked for, and was not carried out: it can be proposed again",
        "not begun" => "nothing was sent under this proposal",
        _ => "what became of it is not known yet: do not propose it again, and ask again later",
    }
}
