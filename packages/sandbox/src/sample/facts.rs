//! What is known before sample data is made: mostly what the request says.

use super::number::is_number;
use super::seed::Seed;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use xportcn_core::schema::{Kind, Schema};
use xportcn_core::{Endpoint, Time};

/// Known values by the names of fields, and the request's page. A reply repeats them where it has fields of the same
/// names: an order's id, a quantity.
#[derive(Clone, Debug)]
pub struct Facts {
    known: BTreeMap<String, Vec<String>>,
    set: BTreeMap<String, String>,
    pub(super) page: Option<i64>,
    pub(super) size: Option<i64>,
    pub(super) seed: Seed,
}

impl Facts {
    /// Nothing.
    pub(super) fn none(endpoint: &Endpoint) -> Self {
        Self { known: BTreeMap::new(), set: BTreeMap::new(), page: None, size: None, seed: Seed::new(endpoint.id) }
    }

    /// What a request says, given in canonical form.
    pub fn of_request(endpoint: &Endpoint, fields: &Map<String, Value>) -> Self {
        let mut facts = Self::none(endpoint);
        for (name, value) in fields {
            match endpoint.paging {
                Some(paging) if paging.page == name => facts.page = value.as_i64(),
                Some(paging) if paging.size == name => facts.size = value.as_i64(),
                _ => facts.seed = facts.seed.of(name).of(&value.to_string()),
            }
        }
        facts.collect(endpoint.request, fields);
        facts
    }

    /// Sets what every field of this name holds, be it text, a number, `true` or `false`, or a time in any of the
    /// platform's forms. Fields of a kind that it does not fit are left as they are.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.set.insert(name.to_string(), value.into());
    }

    /// What is known for a field. Of what a request says, only ids, codes and numbers are repeated; where it says
    /// several, the place in a list decides.
    pub(super) fn find(&self, name: &str, kind: &Kind, index: Option<usize>) -> Option<&str> {
        if let Some(value) = self.set.get(name).filter(|value| fits(value, kind)) {
            return Some(value);
        }
        if name == "id" && index.is_some() {
            // Of which object it is the id, the name does not say.
            return None;
        }
        let value = match self.known.get(name)?.as_slice() {
            [only] => only,
            several => several.get(index.unwrap_or_default())?,
        };
        (is_repeated(kind) && fits(value, kind)).then_some(value)
    }

    /// How many values are known for a field, if several.
    pub(super) fn several(&self, name: &str) -> Option<usize> {
        self.known.get(name).map(Vec::len).filter(|count| *count > 1)
    }

    fn collect(&mut self, schema: &Schema, fields: &Map<String, Value>) {
        for (name, value) in fields {
            if let Some(field) = schema.field(name) {
                self.take(name, &field.kind, value);
            }
        }
    }

    fn take(&mut self, name: &str, kind: &Kind, value: &Value) {
        match (kind, value) {
            (Kind::List(element), Value::Array(values)) => {
                values.iter().for_each(|value| self.take(singular(name), element, value));
            }
            (Kind::Object(schema), Value::Object(fields)) => self.collect(schema, fields),
            (kind, Value::Number(number)) if is_repeated(kind) => self.push(name, number.to_string()),
            (kind, Value::String(text)) if is_repeated(kind) && !text.is_empty() => self.push(name, text.clone()),
            _ => {}
        }
    }

    fn push(&mut self, name: &str, text: String) {
        self.known.entry(name.to_string()).or_default().push(text);
    }
}

/// Whether a reply repeats values of this kind from its request.
fn is_repeated(kind: &Kind) -> bool {
    matches!(kind, Kind::Amount | Kind::Code(_) | Kind::Id | Kind::Int)
}

fn fits(value: &str, kind: &Kind) -> bool {
    match kind {
        Kind::Amount | Kind::Float => is_number(value),
        Kind::Bool => matches!(value, "true" | "false"),
        Kind::Code(codes) => !codes.numeric || is_number(value),
        Kind::Id | Kind::Text => true,
        Kind::Int => is_number(value) && !value.contains('.'),
        Kind::Time => value.parse::<Time>().is_ok(),
        _ => false,
    }
}

/// The name of one element of a list: `orderId` of `orderIds`.
fn singular(name: &str) -> &str {
    let name = name.strip_suffix("List").unwrap_or(name);
    name.strip_suffix('s').unwrap_or(name)
}
