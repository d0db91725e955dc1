//! The classes of a group: its sections, and its calls with pages.

use super::calls::{self, Part};
use super::docstring;
use super::names::{later, safe};
use super::styles::Style;
use crate::model::{Group, Model, Section};
use crate::words::upper_camel;
use std::fmt::Write;
use xportcn_core::Endpoint;

/// What gives the groups, each loaded when it is asked for.
pub(super) fn index(model: &Model, style: &Style) -> String {
    let package = format!("xportcn._calls.{}", style.folder);
    let mut out = String::from("from __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n\n");
    out += "from xportcn._section import Section\n";
    let groups: Vec<&Group> = model.groups.iter().filter(|group| group.called().next().is_some()).collect();
    let mut code = String::from("\n\nclass Groups(Section):\n");
    code += &docstring("The groups of calls.", 4);
    for group in &groups {
        writeln!(code, "\n    @property\n    def {0}(self) -> {0}_calls.Group:", group.id).unwrap_or_default();
        code += &docstring(group.about, 8);
        writeln!(code, "        from {package}.{} import Group\n", group.id).unwrap_or_default();
        code += "        return Group(self._caller)\n";
    }
    let modules = groups.iter().map(|group| (format!("{package}.{}", group.id), format!("{}_calls", group.id)));
    out + &later(modules, &code) + &code
}

/// The calls of one group.
pub(super) fn module(model: &Model, group: &Group, style: &Style) -> String {
    let code = classes(model, group, style);
    let imports = calls::imports(model, &code);
    format!("from __future__ import annotations\n\n{imports}\n__all__ = [\"Group\"]\n{code}")
}

fn classes(model: &Model, group: &Group, style: &Style) -> String {
    let mut out = String::new();
    let mut own = String::new();
    for section in group.called() {
        for row in section.calls.iter().filter(|row| row.paging.is_some()) {
            out += &paged_call(model, row, style);
        }
        if section.id == group.id {
            own = calls(model, section, style);
        } else {
            let class = section_class(section);
            writeln!(out, "\n\nclass {class}(Section, of=\"{}\"):", section.id).unwrap_or_default();
            out += &docstring(section.about, 4);
            out += &calls(model, section, style);
        }
    }
    writeln!(out, "\n\nclass Group(Section, of=\"{}\"):", group.id).unwrap_or_default();
    out += &docstring(group.about, 4);
    for section in group.called().filter(|section| section.id != group.id) {
        out += &property(&last_word(&section.id), &section_class(section), section.about);
    }
    out + &own
}

fn calls(model: &Model, section: &Section, style: &Style) -> String {
    let (paged, single): (Vec<&'static Endpoint>, Vec<_>) = section.calls.iter().partition(|row| row.paging.is_some());
    let mut out = methods(model, single.into_iter().map(|row| (row, Part::Method)), style);
    paged.iter().for_each(|row| out += &property(&last_word(row.id), &paged_class(row), row.title()));
    let wait = calls::wait(section.goals(), style);
    if wait.is_empty() { out } else { out + "\n" + &wait }
}

fn methods(model: &Model, parts: impl Iterator<Item = (&'static Endpoint, Part)>, style: &Style) -> String {
    parts.map(|(row, part)| format!("\n{}", calls::method(model, row, part, style))).collect()
}

fn paged_call(model: &Model, row: &'static Endpoint, style: &Style) -> String {
    let class = paged_class(row);
    let onwards = if style.has_items(row) { "`pages` and `items` go on" } else { "`pages` goes on" };
    let mut out = format!("\n\nclass {class}(PagedCall, of=\"{}\"):\n", row.id);
    out += &docstring(&format!("{}. Call it for one page; {onwards} to the last.", row.title()), 4);
    let mut parts = vec![Part::Call, Part::Pages];
    if style.has_items(row) {
        parts.push(Part::Items);
    }
    out + &methods(model, parts.into_iter().map(|part| (row, part)), style)
}

fn property(name: &str, class: &str, about: &str) -> String {
    let doc = docstring(about, 8);
    format!("\n    @property\n    def {}(self) -> {class}:\n{doc}        return {class}(self._caller)\n", safe(name))
}

fn last_word(id: &str) -> String {
    id.rsplit('.').next().unwrap_or_default().to_string()
}

fn section_class(section: &Section) -> String {
    upper_camel(&last_word(&section.id))
}

fn paged_class(row: &Endpoint) -> String {
    format!("{}Call", upper_camel(row.id.split_once('.').map_or(row.id, |(_, rest)| rest)))
}
