//! Resources: the reference, and the limits of the server.

use crate::agent::Agent;
use crate::catalogue::{describe, named};
use crate::guard::Refusal;
use rmcp::ErrorData;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::{Value, json};
use xportcn_core::catalogue::ENDPOINTS;
use xportcn_core::endpoint::Safety;

const REFERENCE: &str = "xportcn://reference";
const LIMITS: &str = "xportcn://limits";
const JSON: &str = "application/json";

/// All resources that have a name of their own.
pub fn all() -> Vec<Resource> {
    let reference = Resource::new(REFERENCE, "reference").with_title("All calls").with_description(
        "Every call of the Xportcn OpenAPI: its id, what it does, whether it writes, and how it is known.",
    );
    let limits = Resource::new(LIMITS, "limits")
        .with_title("Limits")
        .with_description("What this server may do, and what the last 24 hours have cost.");
    [reference, limits].into_iter().map(|resource| resource.with_mime_type(JSON)).collect()
}

/// A resource for each call.
pub fn templates() -> Vec<ResourceTemplate> {
    let call = ResourceTemplate::new(format!("{REFERENCE}/{{call}}"), "call").with_title("A call").with_description(
        "One call with the fields of its request and reply, as `xportcn://reference/taobao.order.pay`.",
    );
    vec![call.with_mime_type(JSON)]
}

/// What a resource holds.
///
/// # Errors
/// If there is no such resource.
pub fn read(agent: &Agent, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let content = match uri.strip_prefix(REFERENCE) {
        Some("") => Ok(reference()),
        Some(rest) => named(rest.strip_prefix('/').unwrap_or_default()).map(|row| describe(row, true)),
        None if uri == LIMITS => agent.standing(),
        None => Err(Refusal::invalid("there are xportcn://reference, xportcn://reference/{call} and xportcn://limits")),
    };
    let content = content.map_err(|refusal| ErrorData::resource_not_found(refusal.words, None))?;
    let contents = ResourceContents::text(content.to_string(), uri).with_mime_type(JSON);
    Ok(ReadResourceResult::new(vec![contents]))
}

fn reference() -> Value {
    let calls = ENDPOINTS.iter().map(|row| {
        let is_write = row.safety == Safety::Write;
        json!({"call": row.id, "title": row.title(), "writes": is_write, "evidence": row.evidence.path.as_str()})
    });
    json!({"calls": calls.collect::<Vec<_>>()})
}
