//! Who answers a call: what is set for the endpoint, else the state, else sample data.

use crate::call::Call;
use crate::refusal::Refusal;
use crate::rows::{self, Row};
use crate::store::Store;
use serde_json::value::RawValue;
use std::collections::HashMap;
use xportcn_core::Endpoint;

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
            (None, None) => Ok(call.sample()),
        }
    }
}
