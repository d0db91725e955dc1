//! Who answers a call: invented data, unless something else is set for the endpoint.

use crate::invent::{Facts, invent};
use crate::refusal::Refusal;
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
    /// The sandbox's clock, in milliseconds since 1970.
    pub now_ms: u64,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

/// The answers that are set, by endpoint id.
#[derive(Default)]
pub(crate) struct Answers(HashMap<&'static str, Box<dyn Answer>>);

impl Answers {
    pub(crate) fn set(&mut self, endpoint: &'static Endpoint, answer: impl Answer) {
        self.0.insert(endpoint.id, Box::new(answer));
    }

    pub(crate) fn answer(&self, call: &Call<'_>) -> Result<Box<RawValue>, Refusal> {
        match self.0.get(call.endpoint.id) {
            Some(answer) => answer.answer(call),
            None => Ok(call.invent()),
        }
    }
}

impl Call<'_> {
    /// Invented data of the documented shape, the same for the same request.
    pub fn invent(&self) -> Box<RawValue> {
        invent(self.endpoint, &Facts::of_request(self.endpoint, self.fields))
    }
}
