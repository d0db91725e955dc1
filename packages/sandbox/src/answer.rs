//! Who answers a call: what is set for the endpoint, else the state, else invented data.

use crate::invent::{Facts, invent};
use crate::refusal::Refusal;
use crate::rows::{self, Row};
use crate::store::Store;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;
use xportcn_core::Endpoint;

/// A genuine and well-formed call.
#[derive(Debug)]
#[non_exhaustive]
pub struct Call<'a> {
    /// The endpoint that is called.
    pub endpoint: &'static Endpoint,
    /// Who calls.
    pub caller: &'a Caller,
    /// The request's fields in canonical form.
    pub fields: &'a Map<String, Value>,
    /// The nonce of the request.
    pub nonce: &'a str,
    /// The sandbox's clock, in milliseconds since 1970.
    pub now_ms: u64,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// The developer's access key.
    pub access_key: String,
    /// The sub-account that the call is for.
    pub user_id: String,
}

/// Answers the calls of an endpoint.
pub trait Answer: Send + Sync + 'static {
    /// The reply's `data` as the wire writes it.
    ///
    /// # Errors
    /// A refusal is answered with its code and message.
    fn answer(&self, call: &Call<'_>) -> Result<Box<RawValue>, Refusal>;
}

impl<F> Answer for F
where
    F: Fn(&Call<'_>) -> Result<Box<RawValue>, Refusal> + Send + Sync + 'static,
{
    fn answer(&self, call: &Call<'_>) -> Result<Box<RawValue>, Refusal> {
        self(call)
    }
}

/// The answers by endpoint id: those that are set, and the rows that the state answers.
pub(crate) struct Answers {
    set: HashMap<&'static str, Box<dyn Answer>>,
    rows: HashMap<&'static str, &'static Row>,
}

impl Answers {
    pub(crate) fn new() -> Self {
        Self { set: HashMap::new(), rows: rows::all().map(|row| (row.0, row)).collect() }
    }

    pub(crate) fn set(&mut self, endpoint: &'static Endpoint, answer: impl Answer) {
        self.set.insert(endpoint.id, Box::new(answer));
    }

    pub(crate) fn answer(&self, store: &Store, call: &Call<'_>) -> Result<Box<RawValue>, Refusal> {
        let id = call.endpoint.id;
        match (self.set.get(id), self.rows.get(id)) {
            (Some(answer), _) => answer.answer(call),
            (None, Some(row)) => store.answer(row, call),
            (None, None) => Ok(call.invent()),
        }
    }
}

impl Call<'_> {
    /// Invented data of the documented shape, the same for the same request.
    pub fn invent(&self) -> Box<RawValue> {
        invent(self.endpoint, &Facts::of_request(self.endpoint, self.fields))
    }
}
