//! A module of types: frozen msgspec structs for objects, and open enumerations for codes.

use super::docstring;
use super::names::{annotation, snake};
use crate::model::{Model, Object, paragraphs};
use crate::words::lower_first;
use std::collections::BTreeSet;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::schema::{Codes, Field, Kind};

/// The types of one group.
pub(super) fn module(model: &Model, group: &str) -> String {
    let objects: Vec<&Object> =
        model.objects.iter().filter(|object| !object.is_request() && object.group() == group).collect();
    let mut others = BTreeSet::new();
    for field in objects.iter().flat_map(|object| object.schema.fields) {
        foreign(model, &field.kind, group, &mut others);
    }
    let rows = || ENDPOINTS.iter().filter(|row| is_in(row.id, group));
    rows().for_each(|row| foreign(model, &row.reply, group, &mut others));

    let mut out = String::new();
    for codes in model.codes.iter().filter(|codes| codes.group() == group) {
        out += &code_set(&codes.name, codes.codes);
    }
    for object in &objects {
        out += &class(model, object);
    }
    out += "\n\nREPLIES: Final[Dict[str, Any]] = {\n";
    for row in rows() {
        out += &format!("    \"{}\": {},\n", row.id, annotation(model, &row.reply, false, ""));
    }
    out += "}\n\"\"\"The type of each call's data.\"\"\"\n\nMESSAGES: Final[Dict[str, Any]] = {\n";
    for push in PUSHES.iter().filter(|push| is_in(push.id, group)) {
        out += &format!("    \"{}\": {},\n", push.id, annotation(model, &push.body, false, ""));
    }
    out += "}\n\"\"\"The type of each pushed message's content.\"\"\"\n";
    imports(&others, &out) + &out
}

fn imports(others: &BTreeSet<(&'static str, String)>, code: &str) -> String {
    let head = [
        ("from datetime import", &["datetime"][..]),
        ("from decimal import", &["Decimal"]),
        ("from typing import", &["Any", "ClassVar", "Dict", "Final", "List", "Optional", "Sequence", "Union"]),
    ];
    let mut out = String::from("from __future__ import annotations\n\n") + &super::imports(&head, code);
    let field = super::imports(&[("from msgspec import", &["field"])], code);
    let own = [
        ("from xportcn._codes import", &["IntCode", "TextCode", "known"][..]),
        ("from xportcn._given import", &["GivenAmount", "GivenNumber", "GivenText"]),
        ("from xportcn._model import", &["Model"]),
    ];
    let own = super::imports(&own, code);
    for block in [field, own].iter().filter(|block| !block.is_empty()) {
        out += &format!("\n{block}");
    }
    for (group, name) in others {
        out += &format!("from xportcn.models.{group} import {name}\n");
    }
    out
}

fn is_in(row: &str, group: &str) -> bool {
    row.split('.').next() == Some(group)
}

/// Notes the objects and codes of other groups.
fn foreign(model: &Model, kind: &Kind, group: &str, others: &mut BTreeSet<(&'static str, String)>) {
    match kind {
        Kind::List(element) => foreign(model, element, group, others),
        Kind::Object(schema) => {
            let object = model.object(schema);
            if object.group() != group {
                others.insert((object.group(), object.name.clone()));
            }
        }
        Kind::Code(codes) => {
            let set = model.code_set(codes);
            if set.group() != group {
                others.insert((set.group(), set.name.clone()));
            }
        }
        _ => {}
    }
}

fn class(model: &Model, object: &Object) -> String {
    let mut about = paragraphs(object.schema.doc);
    if about.is_empty() {
        about = "An object.".to_string();
    }
    if !object.is_published() {
        about += "\n\nIts fields are not published; they are named after their neighbours.";
    }
    let mut out = format!("\n\nclass {}(Model, frozen=True, kw_only=True, omit_defaults=True", object.name);
    out += ", rename=\"camel\"):\n";
    out += &docstring(&about, 4);
    for field in object.schema.fields {
        out += &attribute(model, field, object.is_sent() && !object.is_received());
    }
    out
}

fn attribute(model: &Model, field: &Field, is_sent: bool) -> String {
    let name = snake(field.name());
    let r#type = annotation(model, &field.kind, is_sent, "");
    // msgspec also begins a word behind a digit.
    let renamed = name.contains(|c: char| c.is_ascii_digit()) || camel(&name) != field.name();
    let mut out = match (is_sent && field.required, renamed) {
        (true, false) => format!("\n    {name}: {type}\n"),
        (true, true) => format!("\n    {name}: {type} = field(name=\"{}\")\n", field.name()),
        (false, false) => format!("\n    {name}: Optional[{type}] = None\n"),
        (false, true) => format!("\n    {name}: Optional[{type}] = field(default=None, name=\"{}\")\n", field.name()),
    };
    out += &docstring(&paragraphs(field.doc), 4);
    out
}

/// As msgspec renames.
fn camel(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_string();
    words.fold(first, |out, word| {
        let (head, rest) = word.split_at(1);
        out + &head.to_uppercase() + rest
    })
}

fn code_set(name: &str, codes: &Codes) -> String {
    let base = if codes.numeric { "IntCode" } else { "TextCode" };
    let mut out = format!("\n\nclass {name}({base}):\n");
    out += &docstring(&(paragraphs(codes.doc) + "\n\nThe published values; others occur, and are kept."), 4);
    for value in codes.values {
        let constant = snake(&lower_first(value.name)).to_uppercase();
        let literal = if codes.numeric { value.wire.to_string() } else { format!("{:?}", value.wire) };
        let meaning = paragraphs(value.doc).replace('\n', " ");
        out += &format!("\n    {constant}: ClassVar[{name}] = known({literal}, {meaning:?})\n");
        out += &docstring(&paragraphs(value.doc), 4);
    }
    out
}
