//! A write, how the ledger knows it, and what its caller was told.

use serde_json::Value;
use xportcn::{Error, Outcome};

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
        #[expect(dead_code, reason = "shown with what is wrong")]
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
    pub fn of_outcome(outcome: Outcome) -> (Self, Option<Value>) {
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

    pub fn of_error(error: &Error) -> Self {
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

/// The first text at one of these places.
pub fn text(json: &Value, places: &[&str]) -> Option<String> {
    let found = places.iter().find_map(|place| json.pointer(place).filter(|value| !value.is_null()))?;
    Some(found.as_str().map_or_else(|| found.to_string(), String::from))
}

/// The order that a reply or a found object names.
pub fn order(json: &Value) -> Option<String> {
    text(json, &["/orderList/0/purchaseId", "/orderId", "/baseInfo/id", "/0/baseInfo/id"])
}
