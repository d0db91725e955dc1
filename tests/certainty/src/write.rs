//! A write, how the ledger knows it, and what its caller was told.

use serde_json::{Value, json};
use xportcn::{Error, Outcome, Settled, catalogue};

/// What was told of a write.
#[derive(Clone, Debug)]
pub struct Told {
    pub user: String,
    pub row: &'static str,
    /// What the ledger knows each of its objects by: one, or one for each order of a list.
    pub marks: Vec<String>,
    pub end: End,
}

/// How a write ended.
#[derive(Clone, Debug)]
pub enum End {
    /// The platform answered: but for these, it is done.
    Answered {
        order: Option<String>,
        failed: Vec<String>,
    },
    /// Its answer was lost, and it was found.
    Done {
        order: Option<String>,
    },
    /// It was certainly not carried out: so the platform said, or nothing was sent.
    Failed {
        kind: &'static str,
        words: String,
    },
    NotDone,
    Partly {
        missing: Vec<String>,
    },
    Unknown {
        reason: String,
    },
}

impl End {
    /// In a word.
    pub fn word(&self) -> &'static str {
        match self {
            End::Answered { .. } => "answered",
            End::Done { .. } => "done",
            End::Failed { .. } => "failed",
            End::NotDone => "not done",
            End::Partly { .. } => "partly",
            End::Unknown { .. } => "unknown",
        }
    }

    /// What was told by an outcome, and the first object that shows it.
    fn of_outcome(outcome: Outcome) -> (Self, Option<Value>) {
        match outcome {
            Outcome::Done { found } => {
                let object = found.first().and_then(|json| serde_json::from_str(json).ok());
                (End::Done { order: object.as_ref().and_then(order) }, object)
            }
            Outcome::NotDone => (End::NotDone, None),
            Outcome::Partly { missing, .. } => (End::Partly { missing }, None),
            Outcome::Unknown { reason } => (End::Unknown { reason }, None),
            other => (End::Unknown { reason: format!("{other:?}") }, None),
        }
    }

    /// What was told by a client; and what shows the write, if it is known to be done.
    pub fn of(settled: Result<Settled<String>, Error>) -> (Self, Option<Value>) {
        let answered = |data: &str| {
            let data = serde_json::from_str(data).unwrap_or_default();
            (End::Answered { order: order(&data), failed: failed(&data) }, Some(data))
        };
        match settled {
            Ok(Settled::Answered(reply)) => answered(&reply.data),
            Ok(Settled::Kept { data, .. }) => answered(&data),
            Ok(Settled::Recovered(outcome)) => Self::of_outcome(outcome),
            Err(error) => (Self::of_error(&error), None),
        }
    }

    fn of_error(error: &Error) -> Self {
        let kind = match error {
            Error::Api { .. } => "refused",
            Error::Http { .. } => "turned away",
            Error::Transport { .. } | Error::Timeout { .. } => "not sent",
            Error::AmbiguousWrite { .. } => "ambiguous",
            _ => "broken",
        };
        End::Failed { kind, words: error.to_string() }
    }
}

impl Told {
    /// As a line of JSON, for a write of one object.
    pub fn to_json(&self) -> String {
        let (order, words) = match &self.end {
            End::Answered { order, .. } | End::Done { order } => (order.as_deref(), ""),
            End::Failed { kind, words } if *kind == "broken" || *kind == "ambiguous" => (Some(*kind), words.as_str()),
            End::Failed { kind, .. } => (Some(*kind), ""),
            End::Unknown { reason } => (None, reason.as_str()),
            End::NotDone | End::Partly { .. } => (None, ""),
        };
        json!([self.user, self.row, self.marks, self.end.word(), order, words]).to_string()
    }

    /// Of such a line; absent if it is none, as one that was cut off.
    pub fn parse(line: &str) -> Option<Self> {
        let (user, row, marks, word, order, words): (String, String, Vec<String>, String, Option<String>, String) =
            serde_json::from_str(line).ok()?;
        let end = match word.as_str() {
            "answered" => End::Answered { order, failed: Vec::new() },
            "done" => End::Done { order },
            "not done" => End::NotDone,
            "unknown" => End::Unknown { reason: words },
            "failed" => {
                let kinds = ["refused", "turned away", "not sent", "ambiguous"];
                let kind = kinds.into_iter().find(|kind| order.as_deref() == Some(kind)).unwrap_or("broken");
                End::Failed { kind, words }
            }
            _ => return None,
        };
        Some(Self { user, row: catalogue::find(&row)?.id, marks, end })
    }
}

/// Orders of a payment that the answer says are not paid.
fn failed(data: &Value) -> Vec<String> {
    let lists =
        ["/payFailurePurchaseOrderIds", "/cantPayOrderList"].iter().filter_map(|place| data.pointer(place)?.as_array());
    lists.flatten().filter_map(|id| text(id, &[""])).collect()
}

/// The first text at one of these places.
pub fn text(json: &Value, places: &[&str]) -> Option<String> {
    let found = places.iter().find_map(|place| json.pointer(place).filter(|value| !value.is_null()))?;
    Some(found.as_str().map_or_else(|| found.to_string(), String::from))
}

/// The order that a reply or a found object names.
pub fn order(json: &Value) -> Option<String> {
    text(json, &["/orderList/0/purchaseId", "/orderId", "/baseInfo/id", "/0/baseInfo/id"])
}
