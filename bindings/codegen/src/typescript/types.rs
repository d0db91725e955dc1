//! Interfaces for objects, and unions for published codes.

use super::comment;
use super::names::{Imports, annotation, note, statements};
use crate::model::{Group, Model, Object, item, paragraphs};
use xportcn_core::catalogue::PUSHES;
use xportcn_core::schema::{Codes, Field};

/// The types of one group, behind what they and the group's calls import.
pub(super) fn module(model: &Model, group: &Group) -> String {
    let mut imports = Imports::new();
    let mut out = String::new();
    for set in model.codes.iter().filter(|set| set.group() == group.id) {
        out += &union(&set.name, set.codes);
    }
    for object in model.objects.iter().filter(|object| object.group() == group.id) {
        out += &interface(model, object, group.id, &mut imports);
    }
    for row in group.called().flat_map(|section| &section.calls) {
        annotation(model, &row.reply, false, group.id, &mut imports);
        if let Some(item) = item(row) {
            annotation(model, item, false, group.id, &mut imports);
        }
        note(&mut imports, "../calling", if item(row).is_some() { "PagedCall" } else { "PlainCall" });
    }
    if group.called().any(|section| !section.goals().is_empty()) {
        note(&mut imports, "../scalars", "IdLike");
        note(&mut imports, "../types", "CallOptions");
        note(&mut imports, "../waited", "Waited");
    }
    statements(&imports) + &out
}

/// The names of all groups' types.
pub(super) fn index(model: &Model) -> String {
    let mut out = String::from("export type * from \"../scalars.js\";\nexport type { Groups } from \"./calls.js\";\n");
    for group in &model.groups {
        out += &format!("export type * from \"./{}.js\";\n", group.id);
    }
    out
}

/// What the body of a pushed message is, by the message's own name.
pub(super) fn messages(model: &Model) -> String {
    let mut imports = Imports::new();
    let mut out = String::new();
    out +=
        &comment("The name of a pushed message, and what it holds. Messages that are not known here have no name.", 0);
    out += "export type PushBody =\n";
    for push in PUSHES {
        let body = annotation(model, &push.body, false, "", &mut imports);
        out += &format!("  | {{ readonly push: \"{}\"; readonly body: {body} }}\n", push.id);
    }
    note(&mut imports, "../scalars", "Json");
    statements(&imports) + &out + "  | { readonly push: null; readonly body: Json };\n"
}

fn interface(model: &Model, object: &Object, group: &str, imports: &mut Imports) -> String {
    let is_sent = object.is_sent() && !object.is_received();
    let mut about = paragraphs(object.schema.doc);
    if about.is_empty() {
        about = if object.is_request() { "What the call sends.".to_string() } else { "An object.".to_string() };
    }
    if !object.is_published() {
        about += "\n\nIts fields are not published; they are named after their neighbours.";
    }
    let mut out = comment(&about, 0) + &format!("export interface {} {{\n", object.name);
    for field in object.schema.fields {
        out += &member(model, field, is_sent, group, imports);
    }
    if object.is_sent() && object.schema.extra {
        out += "  /** Fields that are not known here, by the names that the wire has for them. */\n";
        out += "  [extra: string]: unknown;\n";
    }
    out + "}\n\n"
}

fn member(model: &Model, field: &Field, is_sent: bool, group: &str, imports: &mut Imports) -> String {
    let r#type = annotation(model, &field.kind, is_sent, group, imports);
    let name = field.name();
    let declared = match (is_sent, field.required) {
        (true, true) => format!("  {name}: {type};\n"),
        (true, false) => format!("  {name}?: {type} | null | undefined;\n"),
        (false, _) => format!("  {name}?: {type} | null;\n"),
    };
    comment(&paragraphs(field.doc), 2) + &declared
}

/// The published values; others occur, and editors still offer the published ones.
fn union(name: &str, codes: &Codes) -> String {
    let mut about = paragraphs(codes.doc) + "\n\nThe published values; others occur.\n";
    let mut values = Vec::new();
    for value in codes.values {
        let literal = if codes.numeric { value.wire.to_string() } else { format!("{:?}", value.wire) };
        about += &format!("\n- `{literal}` {}: {}", value.name, paragraphs(value.doc).replace("\n\n", " "));
        values.push(literal);
    }
    values.push(if codes.numeric { "(number & {})" } else { "(string & {})" }.to_string());
    if codes.numeric {
        values.push("(string & {})".to_string());
    }
    comment(&about, 0) + &format!("export type {name} = {};\n\n", values.join(" | "))
}
