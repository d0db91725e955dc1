//! The calls, with their documentation.

use super::docstring;
use super::names::{annotation, safe, snake};
use super::styles::Style;
use crate::model::{self, Model, WAITS, about, known_by, paragraphs, states};
use std::fmt::Write;
use xportcn_core::Endpoint;
use xportcn_core::endpoint::Safety;
use xportcn_core::goal::Goal;
use xportcn_core::schema::{Field, Kind};

/// A function that a row becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A row without pages.
    Method,
    /// One page.
    Call,
    Pages,
    Items,
}

impl Part {
    pub(super) fn is_call(self) -> bool {
        matches!(self, Part::Method | Part::Call)
    }

    pub(super) fn name(self, row: &Endpoint) -> String {
        match self {
            Part::Method => safe(row.id.rsplit('.').next().unwrap_or_default()),
            Part::Call => "__call__".to_string(),
            Part::Pages => "pages".to_string(),
            Part::Items => "items".to_string(),
        }
    }
}

/// The lines above the classes, for the code that follows.
pub(super) fn imports(model: &Model, code: &str) -> String {
    let typing = [
        "TYPE_CHECKING",
        "Any",
        "AsyncIterator",
        "Iterator",
        "List",
        "Literal",
        "Mapping",
        "Optional",
        "Sequence",
        "Union",
    ];
    let mut groups: Vec<&str> = model.groups.iter().map(|group| group.id).collect();
    groups.sort_unstable();
    let types = super::names::later(
        groups
            .iter()
            .map(|group| (format!("xportcn.models.{group}"), format!("{group}_models")))
            .chain([("xportcn._wait".to_string(), "_wait".to_string())]),
        code,
    );
    let head = [
        ("from datetime import", &["datetime"][..]),
        ("from decimal import", &["Decimal"]),
        ("from typing import", &typing),
    ];
    let own =
        [("from xportcn._reply import", &["Reply"][..]), ("from xportcn._section import", &["PagedCall", "Section"])];
    super::imports(&head, &(types.clone() + code)) + "\n" + &super::imports(&own, code) + &types
}

/// A function, indented as of a class.
pub(super) fn method(model: &Model, row: &'static Endpoint, part: Part, style: &Style) -> String {
    let data = style.of(data(model, row));
    let item = model::item(row).map(|kind| annotation(model, kind, false, "models")).unwrap_or_default();
    let (result, function, title) = match part {
        Part::Method | Part::Call => (data, "call", row.title()),
        Part::Pages => (style.iterator(&data), "pages", "The pages, one after another"),
        Part::Items => (style.iterator(&item), "items", "The items of all pages, one after another"),
    };
    let (before, within) = if part.is_call() { style.words() } else { ("", "") };
    let mut fields: Vec<&Field> = row.request.fields.iter().collect();
    fields.sort_by_key(|field| !field.required);
    let mut out = format!("    {before}def {}(\n        self,\n", part.name(row));
    if !fields.is_empty() || row.request.extra {
        out += "        *,\n";
    }
    for field in &fields {
        let r#type = annotation(model, &field.kind, true, "models");
        let name = snake(field.name());
        if field.required {
            writeln!(out, "        {name}: {type},").unwrap_or_default();
        } else {
            writeln!(out, "        {name}: Optional[{type}] = None,").unwrap_or_default();
        }
    }
    if row.request.extra {
        out += "        extra: Optional[Mapping[str, Any]] = None,\n";
    }
    writeln!(out, "    ) -> {result}:").unwrap_or_default();
    out += &docstring(&document(row, &fields, title, part.is_call()), 8);
    writeln!(out, "        result: {result} = {within}self._caller.{function}(").unwrap_or_default();
    writeln!(out, "            \"{}\",\n            {{", row.id).unwrap_or_default();
    for field in &fields {
        writeln!(out, "                \"{}\": {},", field.name(), snake(field.name())).unwrap_or_default();
    }
    out += "            },\n";
    if row.request.extra {
        out += "            extra,\n";
    }
    out + "        )\n        return result\n"
}

/// The function that waits for a state.
pub(super) fn wait(goals: &[Goal], style: &Style) -> String {
    let Some(first) = goals.first() else { return String::new() };
    let names: Vec<String> = goals.iter().map(|goal| format!("\"{}\"", goal.name)).collect();
    let id = snake(first.id);
    let (before, within) = style.words();
    let mut out = format!("    {before}def wait_until(\n        self,\n");
    writeln!(out, "        state: Literal[{}],\n        *,\n        {id}: str,", names.join(", ")).unwrap_or_default();
    out += "    ) -> _wait.Waited:\n";
    let about = format!("{WAITS}\n\n{}\n\nArgs:\n    state: What is waited for.\n", states(goals));
    out += &docstring(&format!("{about}    {id}: Which one.\n"), 8);
    writeln!(out, "        result: _wait.Waited = {within}self._caller.wait(\"{}\", state, {id})", first.of)
        .unwrap_or_default();
    out + "        return result\n"
}

/// The type of the data; an object or a list is there even where the platform sends null.
fn data(model: &Model, row: &'static Endpoint) -> String {
    let r#type = annotation(model, &row.reply, false, "models");
    match row.reply {
        Kind::Object(_) | Kind::List(_) | Kind::Any => r#type,
        _ => format!("Optional[{type}]"),
    }
}

fn document(row: &Endpoint, fields: &[&Field], title: &str, whole: bool) -> String {
    let mut out = format!("{title}.\n");
    if whole {
        let about = about(row.doc);
        if !about.is_empty() {
            out += &format!("\n{about}\n");
        }
        out += &format!("\n{}\n", known_by(row));
    }
    if !fields.is_empty() || row.request.extra {
        out += "\nArgs:\n";
        for field in fields {
            let meaning = paragraphs(field.doc).replace("\n\n", " ");
            out += &format!("    {}: {meaning}\n", snake(field.name()));
        }
        if row.request.extra {
            out += "    extra: Fields that are not known here, by the names that the wire has for them.\n";
        }
    }
    if whole {
        out += "\nRaises:\n    InvalidRequestError: A field is wrong; its name is in `path`. Nothing was sent.\n";
        out += "    ApiError: The platform refused the call; `code` and `message` say why.\n";
        if row.safety == Safety::Write {
            out += "    AmbiguousWriteError: The answer is lost, and it may have been carried out: `client.recover` finds out.\n";
        }
        out += "    XportcnError: There is no reply that can be read: TransportError, TimeoutError, HttpError, DecodeError.\n";
    }
    out
}
