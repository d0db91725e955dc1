//! The shapes of requests and replies, for checks at run time: a line for each object.

use super::comment;
use crate::model::{Model, Object};
use std::fmt::Write;
use xportcn_core::schema::Kind;

/// The objects by name, and the rows by id.
pub(super) fn module(model: &Model) -> String {
    let mut out = comment(
        "The fields of objects, each with `!` where it is required, and what it holds: a scalar, an object by its name, or a list \
         in brackets. Behind `...` there may be other fields.",
        0,
    );
    out += "export const OBJECTS: Readonly<Record<string, string>> = {\n";
    for object in &model.objects {
        writeln!(out, "  {}: \"{}\",", object.name, fields(model, object)).unwrap_or_default();
    }
    out += "};\n\n";
    out += &comment("What each call sends, and the data that answers it; `?` where that may be null.", 0);
    out += "export const ROWS: Readonly<Record<string, readonly [request: string, reply: string]>> = {\n";
    for row in model.sections().flat_map(|section| &section.calls) {
        let request = &model.object(row.request).name;
        let reply = holds(model, &row.reply);
        let absent = if matches!(row.reply, Kind::Object(_) | Kind::List(_)) { "" } else { "?" };
        writeln!(out, "  \"{}\": [\"{request}\", \"{reply}{absent}\"],", row.id).unwrap_or_default();
    }
    out + "};\n"
}

fn fields(model: &Model, object: &Object) -> String {
    let is_sent = object.is_sent() && !object.is_received();
    let mut words: Vec<String> = object
        .schema
        .fields
        .iter()
        .map(|field| {
            let required = if is_sent && field.required { "!" } else { "" };
            format!("{}{required}:{}", field.name(), holds(model, &field.kind))
        })
        .collect();
    if object.schema.extra {
        words.push("...".to_string());
    }
    words.join(" ")
}

fn holds(model: &Model, kind: &Kind) -> String {
    match kind {
        Kind::Code(codes) if codes.numeric => "number-code".to_string(),
        Kind::Code(_) => "text-code".to_string(),
        Kind::List(element) => format!("[{}]", holds(model, element)),
        Kind::Object(schema) => model.object(schema).name.clone(),
        scalar => format!("{scalar:?}").to_lowercase(),
    }
}
