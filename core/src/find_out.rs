//! How to find out whether a call that writes was carried out.

use crate::catalogue::ENDPOINTS;
use crate::codec::{Context, Path, Policy};
use crate::endpoint::{Endpoint, Safety};
use crate::values::{Id, Value};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use serde_json::value::RawValue;

/// Fields of a request by which the platform or the caller knows it again, in the order in which they help.
const REFERENCES: [&str; 5] = ["orderId", "refundId", "sellerOrderNumber", "outOrderId", "renderId"];

/// What to do: the query that shows it, and what to look for.
pub(crate) fn advice(endpoint: &Endpoint, body: Option<&[u8]>) -> String {
    let reference = body.and_then(reference);
    let look_for = match &reference {
        Some((name, value)) => format!("look for {name} {value}"),
        None => "look for what the call would have changed".to_string(),
    };
    match queries(endpoint, reference.as_ref().map(|(name, _)| name.as_str())) {
        Some(id) => format!("before calling again, ask with `{id}` and {look_for}"),
        None => format!("before calling again, ask the platform and {look_for}"),
    }
}

/// The row that shows one object, if the call names it, or else the row that lists them: of the same section, or of
/// the orders where an order may have come out of a cart.
fn queries(endpoint: &Endpoint, reference: Option<&str>) -> Option<&'static str> {
    let (section, _) = endpoint.id.rsplit_once('.')?;
    let orders = section.replace(".cart", ".order");
    let makes_order = endpoint.id.ends_with("create_order");
    let section = if makes_order { orders.as_str() } else { section };
    let reads = |action: &str| {
        let id = format!("{section}.{action}");
        ENDPOINTS.iter().find(|row| row.id == id && row.safety == Safety::Read)
    };
    let by_reference = reads("get").filter(|row| reference.is_some_and(|name| row.request.field(name).is_some()));
    let row = by_reference.or_else(|| ["page", "list", "purchase_page", "get"].into_iter().find_map(reads))?;
    Some(row.id)
}

/// The first field of the body that names the object.
fn reference(body: &[u8]) -> Option<(String, String)> {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_slice(body).ok()?;
    REFERENCES.iter().find_map(|name| {
        let mut context = Context::new(Policy::Reply, 0);
        let id = Id::decode(*fields.get(*name)?, &mut context, &Path::Root).ok()??;
        (!id.as_str().is_empty()).then(|| (name.to_string(), id.into_string()))
    })
}
