//! A module of calls: what stands behind `client.taobao.after_sale.render(...)`, in four styles.

use super::docstring;
use super::names::{annotation, safe, snake};
use crate::model::{self, Group, Model, about, known_by, paragraphs};
use crate::words::upper_camel;
use std::collections::BTreeMap;
use std::fmt::Write;
use xportcn_core::Endpoint;
use xportcn_core::schema::{Field, Kind};

/// What a call gives.
pub(super) struct Style {
    pub(super) folder: &'static str,
    pub(super) about: &'static str,
    is_async: bool,
    whole: bool,
}

pub(super) const STYLES: &[Style] = &[
    Style { folder: "data", about: "calls that give their data", is_async: false, whole: false },
    Style { folder: "reply", about: "calls that give the whole reply", is_async: false, whole: true },
    Style { folder: "async_data", about: "calls to await, which give their data", is_async: true, whole: false },
    Style { folder: "async_reply", about: "calls to await, which give the whole reply", is_async: true, whole: true },
];

/// What gives the groups, each loaded when it is asked for.
pub(super) fn index(model: &Model, style: &Style) -> String {
    let package = format!("xportcn._calls.{}", style.folder);
    let mut out = String::from("from __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n\n");
    out += "from xportcn._caller import Caller\n\nif TYPE_CHECKING:\n";
    let groups: Vec<&Group> = model.groups.iter().filter(|group| group.called().next().is_some()).collect();
    for group in &groups {
        writeln!(out, "    from {package} import {0} as {0}_calls", group.id).unwrap_or_default();
    }
    out += "\n\nclass Groups:\n";
    out += &docstring("The groups of calls.", 4);
    out += "\n    _caller: Caller\n";
    for group in groups {
        writeln!(out, "\n    @property\n    def {0}(self) -> {0}_calls.Group:", group.id).unwrap_or_default();
        out += &docstring(group.about, 8);
        writeln!(out, "        from {package}.{} import Group\n", group.id).unwrap_or_default();
        out += "        return Group(self._caller)\n";
    }
    out
}

/// The calls of one group.
pub(super) fn module(model: &Model, group: &Group, style: &Style) -> String {
    let mut out = String::from("from __future__ import annotations\n\n");
    out += "from datetime import datetime\nfrom decimal import Decimal\n";
    out +=
        "from typing import TYPE_CHECKING, Any, AsyncIterator, Iterator, List, Mapping, Optional, Sequence, Union\n\n";
    out += "from xportcn._caller import Caller, Section\n\n";
    out += "if TYPE_CHECKING:\n    from xportcn._reply import Reply\n";
    let mut groups: Vec<&str> = model.groups.iter().map(|group| group.id).collect();
    groups.sort_unstable();
    for group in groups {
        writeln!(out, "    from xportcn.models import {group} as {group}_models").unwrap_or_default();
    }
    out += "\n__all__ = [\"Group\"]\n";

    let mut calls: BTreeMap<&str, String> = BTreeMap::new();
    for section in group.called() {
        let class = class_of(group, &section.id);
        let mut text = String::new();
        let mut paged = String::new();
        for row in &section.calls {
            if row.paging.is_some() {
                paged += &paged_call(model, row, style);
                text += &paged_property(row);
            } else {
                text += &method(model, row, style, Part::Method);
            }
        }
        out += &paged;
        if class == "Group" {
            calls.insert("Group", text);
        } else {
            writeln!(out, "\n\nclass {class}(Section):").unwrap_or_default();
            out += &docstring(section.about, 4);
            out += &text;
        }
    }
    out += "\n\nclass Group(Section):\n";
    out += &docstring(group.about, 4);
    for section in group.called().filter(|section| section.id != group.id) {
        let name = section.id.rsplit('.').next().unwrap_or_default();
        let class = class_of(group, &section.id);
        writeln!(out, "\n    @property\n    def {}(self) -> {class}:", safe(name)).unwrap_or_default();
        out += &docstring(section.about, 8);
        writeln!(out, "        return {class}(self._caller)").unwrap_or_default();
    }
    out + &calls.remove("Group").unwrap_or_default()
}

fn class_of(group: &Group, section: &str) -> String {
    if section == group.id { "Group".to_string() } else { upper_camel(section.rsplit('.').next().unwrap_or_default()) }
}

enum Part {
    Method,
    Call,
    Pages,
    Items(String),
}

fn action(row: &Endpoint) -> String {
    safe(row.id.rsplit('.').next().unwrap_or_default())
}

fn paged_class(row: &Endpoint) -> String {
    format!("{}Call", upper_camel(row.id.split_once('.').map_or(row.id, |(_, rest)| rest)))
}

fn paged_property(row: &Endpoint) -> String {
    let class = paged_class(row);
    let doc = docstring(&title(row), 8);
    format!("\n    @property\n    def {}(self) -> {class}:\n{doc}        return {class}(self._caller)\n", action(row))
}

fn paged_call(model: &Model, row: &'static Endpoint, style: &Style) -> String {
    let mut out = format!("\n\nclass {}(Section):\n", paged_class(row));
    out += &docstring(&format!("{}. Call it for one page; `pages` and `items` go on to the last.", title(row)), 4);
    out += &method(model, row, style, Part::Call);
    out += &method(model, row, style, Part::Pages);
    if let Some(item) = item(model, row).filter(|_| !style.whole) {
        out += &method(model, row, style, Part::Items(item));
    }
    out
}

/// The type of what stands on a page.
fn item(model: &Model, row: &'static Endpoint) -> Option<String> {
    model::item(row).map(|kind| annotation(model, kind, false, "models"))
}

fn method(model: &Model, row: &'static Endpoint, style: &Style, part: Part) -> String {
    let data = data(model, row);
    let given = if style.whole { format!("Reply[{data}]") } else { data };
    let stream = if style.is_async { "AsyncIterator" } else { "Iterator" };
    let (name, result, function, title) = match &part {
        Part::Method => (action(row), given, "call", title(row)),
        Part::Call => ("__call__".to_string(), given, "call", title(row)),
        Part::Pages => {
            ("pages".to_string(), format!("{stream}[{given}]"), "pages", "The pages, one after another".into())
        }
        Part::Items(item) => (
            "items".to_string(),
            format!("{stream}[{item}]"),
            "items",
            "The items of all pages, one after another".into(),
        ),
    };
    let is_call = matches!(part, Part::Method | Part::Call);
    let keyword = if style.is_async && is_call { "async def" } else { "def" };
    let mut fields: Vec<&Field> = row.request.fields.iter().collect();
    fields.sort_by_key(|field| !field.required);
    let mut out = format!("\n    {keyword} {name}(\n        self,\n");
    if !fields.is_empty() || row.request.further {
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
    if row.request.further {
        out += "        further: Optional[Mapping[str, Any]] = None,\n";
    }
    writeln!(out, "    ) -> {result}:").unwrap_or_default();
    out += &docstring(&document(row, &fields, &title, is_call && !style.whole), 8);
    let wait = if style.is_async && is_call { "await " } else { "" };
    writeln!(out, "        result: {result} = {wait}self._caller.{function}(").unwrap_or_default();
    writeln!(out, "            \"{}\",\n            {{", row.id).unwrap_or_default();
    for field in &fields {
        writeln!(out, "                \"{}\": {},", field.name(), snake(field.name())).unwrap_or_default();
    }
    out += "            },\n";
    if row.request.further {
        out += "            further,\n";
    }
    out + "        )\n        return result\n"
}

/// The type of the data; an object or a list is there even where the platform sends null.
fn data(model: &Model, row: &'static Endpoint) -> String {
    let r#type = annotation(model, &row.reply, false, "models");
    match row.reply {
        Kind::Object(_) | Kind::List(_) | Kind::Any => r#type,
        _ => format!("Optional[{type}]"),
    }
}

fn title(row: &Endpoint) -> String {
    row.title().to_string()
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
    if !fields.is_empty() || row.request.further {
        out += "\nArgs:\n";
        for field in fields {
            let meaning = paragraphs(field.doc).replace("\n\n", " ");
            out += &format!("    {}: {meaning}\n", snake(field.name()));
        }
        if row.request.further {
            out += "    further: Fields that are not known here, by the names that the wire has for them.\n";
        }
    }
    out
}
