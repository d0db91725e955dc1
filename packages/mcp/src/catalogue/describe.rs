//! One call, as an agent is told of it.

use super::schema;
use crate::guard::{Cost, Refusal, cost};
use serde_json::{Value, json};
use xportcn::Endpoint;
use xportcn_core::endpoint::Safety;

/// The call of this id.
///
/// # Errors
/// Names the nearest one.
pub fn named(id: &str) -> Result<&'static Endpoint, Refusal> {
    xportcn::endpoint(id).map_err(|error| Refusal::invalid(error.to_string()))
}

/// A call with its fields. The reply's fields are many, and are given where they are asked for.
pub fn describe(row: &'static Endpoint, with_reply: bool) -> Value {
    let mut out = json!({
        "call": row.id,
        "title": row.title(),
        "description": row.doc,
        "writes": row.safety == Safety::Write,
        "evidence": evidence(row),
        "params": schema::of_request(row.request),
        "example": serde_json::from_str::<Value>(row.example).unwrap_or_default(),
    });
    if row.safety == Safety::Write {
        out["cost"] = json!(match cost(row.id) {
            Cost::Nothing => "it moves no money towards a seller".to_string(),
            Cost::Previewed(preview) => format!("what `{}` previews", preview.row),
            Cost::OfOrders(orders) => format!("the sums of the orders, as `{}` shows them", orders.row),
            Cost::Unknown(why) => format!("not known: {why}. It is refused unless a person allows it by name"),
        });
    }
    if with_reply {
        out["reply"] = schema::of_kind(&row.reply);
    }
    out
}

/// How a call is known.
pub fn evidence(row: &Endpoint) -> Value {
    let evidence = row.evidence;
    let mut out = json!({
        "path": evidence.path.as_str(),
        "request": evidence.request.as_str(),
        "reply": evidence.reply.as_str(),
    });
    if let Some(doubt) = row.path_hint(None) {
        out["doubt"] = json!(doubt);
    }
    out
}
