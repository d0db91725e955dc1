//! What two pages have in common that hold the same items.

use crate::json::three;
use crate::schema::{Kind, Schema};
use alloc::string::String;
use sha2::{Digest, Sha256};

/// Of the ids in a page's items, or of all that they hold where one has none. Other fields may vary though a platform gives
/// its last page again and again.
pub(crate) fn fingerprint(reply: Kind, field: &str, list: &str, items: &[&str]) -> [u8; 32] {
    let ids = schema(reply, field).and_then(|schema| ids(schema, items));
    Sha256::digest(ids.as_deref().unwrap_or(list)).into()
}

/// What an item of the list is.
fn schema(reply: Kind, field: &str) -> Option<&'static Schema> {
    let Kind::Object(reply) = reply else { return None };
    match reply.field(field)?.kind {
        Kind::List(Kind::Object(item)) => Some(item),
        _ => None,
    }
}

fn ids(schema: &Schema, items: &[&str]) -> Option<String> {
    let mut out = String::new();
    for json in items {
        let before = out.len();
        write_ids(json, schema, &mut out);
        if out.len() == before {
            return None;
        }
    }
    Some(out)
}

/// The ids of an object and of the objects in it, as they are written.
fn write_ids(json: &str, schema: &Schema, out: &mut String) {
    for field in schema.fields {
        match field.kind {
            Kind::Id => {
                let [id, ..] = three(json, [field.name(), "", ""]);
                if id != "null" {
                    out.push_str(id);
                    out.push(',');
                }
            }
            Kind::Object(inner) if inner.fields.iter().any(|field| matches!(field.kind, Kind::Id)) => {
                write_ids(three(json, [field.name(), "", ""])[0], inner, out);
            }
            _ => {}
        }
    }
}
