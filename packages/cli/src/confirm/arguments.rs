//! Harmless arguments: what earlier answers named, in the place of what the tables' samples name.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use xportcn_core::endpoint::Endpoint;
use xportcn_core::schema::Kind;

/// Ids that answers have named, by the group of the row and the field.
#[derive(Default)]
pub struct Known(BTreeMap<(String, String), Value>);

/// The request of a call, and where its ids are from.
pub struct Arguments {
    pub json: String,
    pub from: &'static str,
}

/// Levels of an answer that are searched.
const DEEPEST: usize = 8;

impl Known {
    /// Takes note of the data of an answer, as canonical JSON.
    pub fn learn(&mut self, endpoint: &Endpoint, data: &str) {
        let data: Value = serde_json::from_str(data).unwrap_or_default();
        self.search(group(endpoint.id), &data, 0);
    }

    fn search(&mut self, group: &str, value: &Value, depth: usize) {
        match value {
            _ if depth == DEEPEST => {}
            // The first of a list is as good as any.
            Value::Array(elements) => elements.iter().take(1).for_each(|value| self.search(group, value, depth + 1)),
            Value::Object(members) => {
                for (name, value) in members {
                    let is_id = value.as_str().is_some_and(|text| !text.is_empty()) || value.is_u64();
                    if is_id {
                        self.0.entry((group.to_string(), name.clone())).or_insert_with(|| value.clone());
                    } else {
                        self.search(group, value, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// The requests to try: with what answers named, if they named any of it, and with the table's sample.
    pub fn arguments(&self, endpoint: &Endpoint) -> Vec<Arguments> {
        let sample: Map<String, Value> = serde_json::from_str(endpoint.example).unwrap_or_default();
        let mut request = sample.clone();
        for field in endpoint.request.fields.iter().filter(|field| matches!(field.kind, Kind::Id)) {
            let known = self.0.get(&(group(endpoint.id).to_string(), field.name().to_string()));
            if let (Some(value), true) = (known, sample.contains_key(field.name())) {
                request.insert(field.name().to_string(), value.clone());
            }
        }
        let sampled = Arguments { json: endpoint.example.to_string(), from: "sample" };
        if request == sample {
            return vec![sampled];
        }
        vec![Arguments { json: Value::Object(request).to_string(), from: "earlier answers" }, sampled]
    }
}

fn group(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}
