//! The messages that the platform sends to the developer's own URL.

use super::Error;
use super::schemas::{Components, Way, open_object, text};
use super::signing::PUSH_SCHEME;
use super::values::Named;
use crate::json::Json;
use crate::model::{Model, Section, about, field_evidence_meaning};
use crate::words::upper_camel;
use crate::{list, object};
use xportcn_core::push::Push;
use xportcn_core::schema::Kind;

/// Every message by its row's id.
pub(super) fn all(model: &Model, components: &mut Components<'_>) -> Result<Vec<(String, Json)>, Error> {
    let rows = model.sections().flat_map(|section| section.pushes.iter().map(move |row| (section, *row)));
    rows.map(|(section, row)| Ok((row.id.to_string(), object! { "post" => operation(row, section, components)? })))
        .collect()
}

fn operation(row: &'static Push, section: &Section, components: &mut Components<'_>) -> Result<Json, Error> {
    let schema = message(row, components);
    Ok(object! {
        "operationId" => row.id,
        "tags" => list![section.id.as_str()],
        "summary" => row.title(),
        "description" => description(row),
        "x-evidence" => object! { "request" => row.request.as_str(), "reply" => row.reply.as_str() },
        "security" => list![object! { PUSH_SCHEME => list![] }],
        "requestBody" => object! {
            "description" => format!("Fields: {}.", field_evidence_meaning(row.request)),
            "required" => true,
            "content" => object! {
                "application/json" => object! { "schema" => schema, "example" => Json::parse(row.example)? },
            },
        },
        "responses" => object! {
            "200" => object! { "description" => "The message has arrived. What the body holds does not matter." },
            "4XX" => object! { "description" => "The message was not accepted: the platform sends it again." },
        },
    }
    .with_some(
        "externalDocs",
        row.sources.first().map(|url| {
            object! {
                "description" => "A page on which facts about this message were found", "url" => *url
            }
        }),
    ))
}

fn description(row: &'static Push) -> String {
    let delivery = "Answer with HTTP status 200 within a second: otherwise the platform sends the message again after \
        half an hour, up to five times. Messages may arrive twice and in any order.";
    let parts = [about(row.doc), delivery.to_string(), format!("Content: {}.", field_evidence_meaning(row.request))];
    parts.join("\n\n")
}

/// The message: its content within an envelope, if it is one of a platform's.
fn message(row: &'static Push, components: &mut Components<'_>) -> Json {
    let name = format!("{}Message", upper_camel(row.id));
    match (&row.body, row.platform) {
        (Kind::Object(schema), None) => components.object(schema, Way::Received),
        (body, platform) => components.named(&name, |components| {
            let content = match body {
                Kind::Object(schema) => components.object(schema, Way::Received),
                _ => open_object().with("description", "The content; its shape is not published."),
            };
            match platform {
                Some(platform) => enveloped(row, platform, content, components),
                None => content,
            }
        }),
    }
}

fn enveloped(row: &'static Push, platform: i64, content: Json, components: &mut Components<'_>) -> Json {
    let as_text = text().with("contentMediaType", "application/json").with("contentSchema", content.clone());
    let types = row.types.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let types = if types.is_empty() { "not published".to_string() } else { types };
    let number = |components: &mut Components<'_>, about: String| {
        components.value(Named::WholeNumber).with("description", about)
    };
    object! {
        "type" => "object",
        "description" => format!("A message of {}.", row.id),
        "properties" => object! {
            "messageType" => text().with("description", format!("The kind of message: {types}. Others occur.")),
            "messageBody" => object! {
                "description" => "The content: an object, or the same as a text that holds JSON.",
                "anyOf" => list![content, as_text],
            },
            "messagePlatform" =>
                number(components, format!("The platform: 0 is Taobao, 1 is 1688; here {platform}.")),
            "timestamp" =>
                number(components, "When the message was pushed: milliseconds since 1970.".to_string()),
        },
        "required" => list!["messageType", "messageBody"],
        "additionalProperties" => true,
    }
}
