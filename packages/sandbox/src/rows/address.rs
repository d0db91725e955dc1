//! Addresses that users save.

use super::{Data, Row, Visit};
use crate::refusal::{Reason, Refusal};
use crate::state::Address;
use serde_json::{Map, Value, json};

pub(super) const ROWS: &[Row] = &[("address.save", save), ("address.list", list)];

const FIELDS: [&str; 6] = ["name", "province", "city", "district", "address", "phone"];

/// With an id, changes what is given of that address; without, adds one.
fn save(visit: &mut Visit<'_>) -> Data {
    let (owner, now) = (visit.caller().clone(), visit.now());
    let given = FIELDS.iter().filter_map(|name| Some((name.to_string(), visit.field(name)?.clone())));
    let given: Map<String, Value> = given.collect();
    if let Some(id) = visit.text("id") {
        visit.state.change();
        let known = visit.state.addresses.iter_mut().find(|address| address.owner == owner && address.id == id);
        let known =
            known.ok_or_else(|| Refusal::new(Reason::UnknownAddress, format!("id: there is no address {id}")))?;
        known.fields.extend(given);
    } else {
        let id = visit.state.next_id(now);
        visit.state.addresses.push(Address { id, owner, fields: given });
    }
    visit.reply_raw(&Value::Null)
}

fn list(visit: &mut Visit<'_>) -> Data {
    let own = visit.state.addresses.iter().filter(|address| address.owner == *visit.caller());
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
    visit.reply(&Value::Array(shown))
}
