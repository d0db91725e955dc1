//! What the lost write said, by the names of its fields.

use crate::endpoint::Endpoint;
use crate::json::{elements, members, unescape};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The parameters of a write.
pub(crate) struct Written<'a> {
    endpoint: &'static Endpoint,
    members: Vec<(String, &'a str)>,
}

impl<'a> Written<'a> {
    /// Of parameters that have been encoded before, so they are a JSON object.
    pub(crate) fn new(endpoint: &'static Endpoint, params: &'a str) -> Self {
        Self { endpoint, members: members(params).unwrap_or_default() }
    }

    /// A field, whichever of its spellings was written; absent if it was not, or is null.
    pub(crate) fn field(&self, name: &str) -> Option<&'a str> {
        let is_it = |written: &str| {
            written == name || self.endpoint.request.field(written).is_some_and(|field| field.name() == name)
        };
        let (_, json) = self.members.iter().find(|(written, _)| is_it(written))?;
        (*json != "null").then_some(*json)
    }

    /// The values of a field, or of the elements of its list.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        let Some(json) = self.field(name) else { return Vec::new() };
        let values = elements(json).unwrap_or_else(|| [json].into());
        values.into_iter().filter_map(scalar).filter(|value| !value.is_empty()).collect()
    }
}

/// Text, or a number or a truth value as it is written; absent for null and what is no single value.
pub(crate) fn scalar(json: &str) -> Option<String> {
    match json.as_bytes().first()? {
        b'"' => {
            let content = json.strip_prefix('"')?.strip_suffix('"')?;
            Some(unescape(content).trim().to_string())
        }
        b'{' | b'[' | b'n' => None,
        _ => Some(json.to_string()),
    }
}
