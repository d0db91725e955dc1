//! Addresses that users save.

use super::{Row, RowContext, RowResult};
use crate::refusal::{Reason, Refusal};
use crate::state::Address;
use serde_json::{Map, Value, json};

pub(super) const ROWS: &[Row] = &[("address.save", save), ("address.list", list)];

const FIELDS: [&str; 6] = ["name", "province", "city", "district", "address", "phone"];

/// With an id, changes what is given of that address; without, adds one.
fn save(context: &mut RowContext<'_>) -> RowResult {
    let (owner, now) = (context.caller().clone(), context.now());
    let given = FIELDS.iter().filter_map(|name| Some((name.to_string(), context.field(name)?.clone())));
    let given: Map<String, Value> = given.collect();
    if let Some(id) = context.text("id") {
        let known = context.state.addresses.get_mut_if(&id, |address| address.owner == owner);
        let known =
            known.ok_or_else(|| Refusal::new(Reason::UnknownAddress, format!("id: there is no address {id}")))?;
        known.fields.extend(given);
    } else {
        let id = context.state.next_id(now);
        context.state.addresses.insert(id.clone(), Address { id, owner, fields: given });
    }
    context.reply_raw(&Value::Null)
}

fn list(context: &mut RowContext<'_>) -> RowResult {
    let own = context.state.addresses.of(context.caller());
    let shown: Vec<Value> = own
        .map(|address| {
            let mut shown: Map<String, Value> = FIELDS
                .iter()
                .map(|name| (name.to_string(), address.fields.get(*name).cloned().unwrap_or_default()))
                .collect();
            shown.insert("id".into(), json!(address.id));
            Value::Object(shown)
        })
        .collect();
    context.reply(&Value::Array(shown))
}
