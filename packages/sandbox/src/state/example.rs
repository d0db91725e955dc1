//! The ids in the endpoints' examples, which are nobody's and yet known.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use xportcn_core::catalogue::ENDPOINTS;

/// What the examples name, by the names of the fields.
#[derive(Default)]
struct Examples {
    ids: BTreeMap<String, BTreeSet<String>>,
    /// Products, each with its variants.
    variants: BTreeMap<String, BTreeSet<String>>,
}

static EXAMPLES: LazyLock<Examples> = LazyLock::new(|| {
    let mut examples = Examples::default();
    for endpoint in ENDPOINTS {
        // The core's own tests hold the examples to be JSON.
        examples.collect(&serde_json::from_str(endpoint.example).unwrap_or_default());
    }
    examples
});

/// Whether an example names this id in a field of this name; `orderIds` and `orderId` are the same.
pub(crate) fn is_example(name: &str, id: &str) -> bool {
    EXAMPLES.ids.get(singular(name)).is_some_and(|ids| ids.contains(id))
}

/// The variants of a product that examples name.
pub(super) fn variants(item: &str) -> impl Iterator<Item = &'static str> {
    EXAMPLES.variants.get(item).into_iter().flatten().map(String::as_str)
}

impl Examples {
    fn collect(&mut self, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.collect(value)),
            Value::Object(fields) => {
                let text = |name: &str| fields.get(name)?.as_str().map(String::from);
                if let Some(item) = text("itemId").or_else(|| text("offerId")) {
                    let several = fields.get("skuIds").and_then(Value::as_array).into_iter().flatten();
                    let several = several.filter_map(|id| id.as_str().map(String::from));
                    let variants = [text("skuId"), text("specId")].into_iter().flatten().chain(several);
                    self.variants.entry(item).or_default().extend(variants);
                }
                for (name, value) in fields {
                    self.take(name, value);
                    self.collect(value);
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, name: &str, value: &Value) {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let ids = values.iter().filter_map(|value| value.as_str().map(String::from));
        self.ids.entry(singular(name).to_string()).or_default().extend(ids);
    }
}

fn singular(name: &str) -> &str {
    name.strip_suffix('s').unwrap_or(name)
}
