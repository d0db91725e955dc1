//! What is known before anything is invented: mostly what the request says.

use super::seed::Seed;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use xportcn_core::Endpoint;
use xportcn_core::schema::Kind;

/// Known values by the names of fields, and the request's page. A reply repeats them where it has fields of the same
/// names: an order's id, a quantity.
#[derive(Clone, Debug)]
pub struct Facts {
    known: BTreeMap<String, Vec<String>>,
    pub(super) page: Option<i64>,
    pub(super) size: Option<i64>,
    pub(super) seed: Seed,
}

impl Facts {
    /// What a request says, given in canonical form.
    pub fn of_request(endpoint: &Endpoint, fields: &Map<String, Value>) -> Self {
        let mut facts = Self { known: BTreeMap::new(), page: None, size: None, seed: Seed::new(endpoint.id) };
        let paging = endpoint.paging;
        for (name, value) in fields {
            if paging.is_some_and(|paging| paging.page == name) {
                facts.page = value.as_i64();
            } else if paging.is_some_and(|paging| paging.size == name) {
                facts.size = value.as_i64();
            } else {
                facts.seed = facts.seed.of(name).of(&value.to_string());
                facts.collect(name, value);
            }
        }
        facts
    }

    /// Adds a known value: what every field of this name will hold, in place of what was known.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.known.insert(name.to_string(), vec![value.into()]);
    }

    /// What is known for a field. Where several values are, the place in a list decides.
    pub(super) fn find(&self, name: &str, kind: &Kind, index: Option<usize>) -> Option<&str> {
        if !matches!(kind, Kind::Amount | Kind::Code(_) | Kind::Id | Kind::Int) || (name == "id" && index.is_some()) {
            return None;
        }
        match self.known.get(name)?.as_slice() {
            [only] => Some(only),
            several => several.get(index.unwrap_or_default()).map(String::as_str),
        }
    }

    /// How many values are known for a field, if several.
    pub(super) fn several(&self, name: &str) -> Option<usize> {
        self.known.get(name).map(Vec::len).filter(|count| *count > 1)
    }

    fn collect(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) if !text.is_empty() => self.push(name, text.clone()),
            Value::Number(number) => self.push(name, number.to_string()),
            Value::Array(values) => values.iter().for_each(|value| self.collect(singular(name), value)),
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.collect(name, value)),
            _ => {}
        }
    }

    fn push(&mut self, name: &str, text: String) {
        self.known.entry(name.to_string()).or_default().push(text);
    }
}

/// The name of one element of a list: `orderId` of `orderIds`.
fn singular(name: &str) -> &str {
    let name = name.strip_suffix("List").unwrap_or(name);
    name.strip_suffix('s').unwrap_or(name)
}
