//! Calls and callers.

use crate::delay::Delay;
use crate::sample::{Facts, sample};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use xportcn_core::Endpoint;

/// A verified and well-formed call.
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
    /// Whether a fault has what the call begins fail later.
    pub(crate) fails: bool,
    /// How long after it reads show what it does, where a fault says so.
    pub(crate) shows_after: Option<Delay>,
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

impl Call<'_> {
    /// Sample data of the documented shape, the same for the same request.
    pub fn sample(&self) -> Box<RawValue> {
        sample(self.endpoint, &Facts::of_request(self.endpoint, self.fields))
    }
}
