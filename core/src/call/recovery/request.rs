//! What the lost write said, by the names of its fields.

use crate::endpoint::Endpoint;
use crate::json::{elements, members, unescape};
use crate::schema::Form;
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The parameters of a write.
pub(crate) struct Written<'a> {
    endpoint: &'static Endpoint,
    members: Vec<(String, Cow<'a, str>)>,
}

impl<'a> Written<'a> {
    /// Of parameters that have been encoded before, so they are a JSON object. What the wire embeds as text is taken out.
    pub(crate) fn new(endpoint: &'static Endpoint, params: &'a str) -> Self {
        let plain = |(name, json): (String, &'a str)| {
            let is_embedded = endpoint.request.field(&name).is_some_and(|field| field.form == Form::Embedded);
            let content = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|_| is_embedded);
            (name, content.map_or(Cow::Borrowed(json), |content| Cow::Owned(unescape(content).into_owned())))
        };
        Self { endpoint, members: members(params).unwrap_or_default().into_iter().map(plain).collect() }
    }

    /// A field, whichever of its spellings was written; absent if it was not, or is null.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let is_it = |written: &str| {
            written == name || self.endpoint.request.field(written).is_some_and(|field| field.name() == name)
        };
        let (_, json) = self.members.iter().find(|(written, _)| is_it(written))?;
        (json != "null").then_some(json.as_ref())
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
