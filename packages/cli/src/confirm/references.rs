//! Whether callers' own references come back with their orders: only then is an order found again whose answer was lost.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use xportcn::{Endpoint, catalogue};
use xportcn_core::effect::{Effect, FoundBy, Shown};

/// The orders that were seen, by the field that would hold a reference.
#[derive(Default)]
pub struct References(Vec<Seen>);

struct Seen {
    row: &'static str,
    /// The field of the call that places an order.
    written: &'static str,
    /// The field of the order.
    shown: &'static str,
    orders: usize,
    with: usize,
}

impl References {
    /// Counts the orders of an answer. No value of theirs is kept.
    pub fn learn(&mut self, endpoint: &Endpoint, data: &str) {
        let data: Value = serde_json::from_str(data).unwrap_or_default();
        for (written, shown) in carried(endpoint.id) {
            let orders: Vec<&Value> = shown.at.iter().flat_map(|path| at(&data, path)).collect();
            let says = |value: &&Value| !value.is_null() && value.as_str() != Some("");
            let with = orders.iter().filter(|order| at(order, shown.key).iter().any(says)).count();
            self.0.push(Seen { row: shown.row, written, shown: shown.key, orders: orders.len(), with });
        }
    }

    pub fn json(&self) -> Value {
        let seen = self.0.iter().filter(|seen| seen.orders > 0);
        seen.map(|Seen { row, written, shown, orders, with }| {
            json!({"row": row, "written": written, "shown": shown, "orders": orders, "with": with})
        })
        .collect()
    }

    /// A sentence for each field.
    pub fn words(&self) -> Vec<String> {
        let seen = self.0.iter().filter(|seen| seen.orders > 0);
        seen.map(|Seen { row, written, shown, orders, with }| {
            let comes_back = match with {
                0 => format!("`{written}` was not seen to come back: place an order with one, and run this again"),
                _ => format!("`{written}` comes back"),
            };
            format!("{row}: {with} of {orders} orders have `{shown}`; {comes_back}")
        })
        .collect()
    }
}

/// The references that a row shows, by the tables.
fn carried(row: &str) -> Vec<(&'static str, &'static Shown)> {
    let writes = catalogue::ENDPOINTS.iter().filter_map(|endpoint| endpoint.effect);
    let effects = writes.flat_map(|effect| [Some(effect), effect.better]).flatten();
    let mut known = BTreeSet::new();
    let shown = effects.filter_map(|effect: &'static Effect| match effect.found_by {
        FoundBy::Reference { field, .. } => Some(effect.shown_by.iter().map(move |shown| (field, shown))),
        _ => None,
    });
    shown.flatten().filter(|(_, shown)| shown.row == row && known.insert(shown.key)).collect()
}

/// The values at a path; a list on the way stands for each of its elements.
fn at<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    path.split('.').fold(vec![value], |values, step| {
        let members = values.into_iter().filter_map(|value| value.get(step.trim_end_matches("[]")));
        members.flat_map(|member| member.as_array().map_or(vec![member], |list| list.iter().collect())).collect()
    })
}
