//! The calls: paths, parameters, bodies and replies.

use super::schemas::{Components, Way};
use super::{Error, examples, replies, signing};
use crate::json::Json;
use crate::model::{Model, Section, about, field_evidence_meaning, is_published, path_evidence_meaning};
use crate::{list, object};
use xportcn_core::Endpoint;
use xportcn_core::endpoint::{FieldEvidence, Method, Paging};
use xportcn_core::schema::Field;

/// Every path with its operations.
pub(super) fn paths(model: &Model, components: &mut Components<'_>) -> Result<Vec<(String, Json)>, Error> {
    let mut paths: Vec<(String, Json)> = Vec::new();
    for section in model.sections() {
        for row in section.calls.iter().copied() {
            let method = row.method.as_str().to_lowercase();
            let operation = operation(row, section, components)?;
            match paths.iter_mut().find(|(path, _)| path == row.path) {
                Some((_, Json::Object(operations))) => operations.push((method, operation)),
                _ => paths.push((row.path.to_string(), Json::Object(vec![(method, operation)]))),
            }
        }
    }
    Ok(paths)
}

fn operation(row: &'static Endpoint, section: &Section, components: &mut Components<'_>) -> Result<Json, Error> {
    let parameters = parameters(row, components)?;
    let parameters = (!parameters.is_empty()).then_some(parameters);
    let not_published = if is_published(row.evidence.path) { "" } else { " (path not published)" };
    Ok(object! {
        "operationId" => row.id,
        "tags" => list![section.id.as_str()],
        "summary" => format!("{}{not_published}", row.title()),
        "description" => description(row),
        "x-evidence" => object! {
            "path" => row.evidence.path.as_str(),
            "request" => row.evidence.request.as_str(),
            "reply" => row.evidence.reply.as_str(),
        },
        "x-safety" => row.safety.as_str(),
    }
    .with_some("x-candidates", (!row.candidates.is_empty()).then(|| candidates(row)))
    .with_some("x-paging", row.paging.map(paging))
    .with_some("x-extra-parameters", takes_extra(row).then_some(true))
    .with_some(
        "externalDocs",
        row.sources.first().map(|url| {
            object! {
                "description" => "A page on which facts about this operation were found", "url" => *url
            }
        }),
    )
    .with_some("security", row.signed_query.then(signing::in_query))
    .with_some("parameters", parameters)
    .with_some("requestBody", request_body(row, components)?)
    .with("responses", replies::all(row, components)?))
}

/// Other calls to try where the platform knows no such path or method.
fn candidates(row: &Endpoint) -> Vec<Json> {
    let candidates = row.candidates.iter().map(|other| {
        object! {
            "method" => other.method.as_str(), "path" => other.path, "evidence" => other.evidence.as_str(),
        }
    });
    candidates.collect()
}

/// Whether the query string may hold what is not listed. Bodies say so themselves.
fn takes_extra(row: &Endpoint) -> bool {
    row.request.extra && row.method == Method::Get
}

fn description(row: &'static Endpoint) -> String {
    let evidence = row.evidence;
    let mut parts = vec![about(row.doc)];
    parts.push(format!(
        "Path: {}. Request: {}. Reply: {}.",
        path_evidence_meaning(evidence.path),
        field_evidence_meaning(evidence.request),
        field_evidence_meaning(evidence.reply)
    ));
    if takes_extra(row) {
        parts.push("Extra query parameters are accepted.".to_string());
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn paging(paging: Paging) -> Json {
    object! { "page" => paging.page, "size" => paging.size, "items" => paging.items }
}

fn parameters(row: &'static Endpoint, components: &mut Components<'_>) -> Result<Vec<Json>, Error> {
    let mut parameters = Vec::new();
    for field in row.request.fields {
        let in_path = row.path.contains(&format!("{{{}}}", field.wire()));
        if !in_path && row.method == Method::Post {
            continue;
        }
        parameters.push(parameter(row, field, in_path, components)?);
    }
    Ok(parameters)
}

fn parameter(
    row: &'static Endpoint,
    field: &'static Field,
    in_path: bool,
    components: &mut Components<'_>,
) -> Result<Json, Error> {
    let mut schema = components.parameter(field);
    let mut about = String::new();
    if let Json::Object(fields) = &mut schema {
        if let Some(at) = fields.iter().position(|(key, _)| key == "description")
            && let (_, Json::Text(text)) = fields.remove(at)
        {
            about = text;
        }
        if in_path {
            fields.retain(|(key, _)| key != "minLength");
            fields.push(("pattern".to_string(), "^[0-9A-Za-z_~-][0-9A-Za-z._~-]*$".into()));
        }
    }
    if row.evidence.request == FieldEvidence::Inferred {
        about += " (not published)";
    }
    Ok(object! {
        "name" => field.wire(),
        "in" => if in_path { "path" } else { "query" },
        "required" => in_path || field.required,
        "description" => about,
        "schema" => schema,
    }
    .with_some("example", examples::parameter(row, field)?))
}

fn request_body(row: &'static Endpoint, components: &mut Components<'_>) -> Result<Option<Json>, Error> {
    let Some(example) = examples::body(row)? else { return Ok(None) };
    let schema = components.object(row.request, Way::Sent);
    Ok(Some(object! {
        "description" => format!("Fields: {}.", field_evidence_meaning(row.evidence.request)),
        "required" => true,
        "content" => object! { "application/json" => object! { "schema" => schema, "example" => example } },
    }))
}
