//! The styles of calls: one is written out, and each other one is made of another by functions of `xportcn._styles`.

use super::calls::{self, Part};
use crate::model::{self, Group, Model, Section};
use xportcn_core::Endpoint;

/// What a call gives.
pub(super) struct Style {
    pub(super) folder: &'static str,
    pub(super) about: &'static str,
    derived: Option<Derived>,
}

/// How a style is made of another.
struct Derived {
    of: &'static str,
    call: &'static str,
    stream: &'static str,
    /// Items have no reply of their own.
    has_items: bool,
}

pub(super) const STYLES: &[Style] = &[
    Style { folder: "data", about: "calls that give their data", derived: None },
    Style {
        folder: "reply",
        about: "calls that give the whole reply",
        derived: Some(Derived { of: "data", call: "whole", stream: "whole_pages", has_items: false }),
    },
    Style {
        folder: "async_data",
        about: "calls to await, which give their data",
        derived: Some(Derived { of: "data", call: "awaited", stream: "streamed", has_items: true }),
    },
    Style {
        folder: "async_reply",
        about: "calls to await, which give the whole reply",
        derived: Some(Derived { of: "reply", call: "awaited", stream: "streamed", has_items: false }),
    },
];

impl Style {
    /// The lines above a group's classes, whose code is given.
    pub(super) fn imports(&self, model: &Model, group: &Group, code: &str) -> String {
        let Some(derived) = &self.derived else { return calls::imports(model, code) };
        let Derived { of, call, stream, .. } = derived;
        let mut out = format!("from xportcn._calls.{of} import {} as {of}\n", group.id);
        out += "from xportcn._section import Section\n";
        out + &super::imports(&[("from xportcn._styles import", &[call, stream])], code)
    }

    /// The functions of a class.
    pub(super) fn methods(
        &self,
        model: &Model,
        parts: impl Iterator<Item = (&'static Endpoint, Part)>,
        class: &str,
    ) -> String {
        let Some(derived) = &self.derived else {
            return parts.map(|(row, part)| format!("\n{}", calls::method(model, row, part))).collect();
        };
        let mut out = String::new();
        for (row, part) in parts {
            let function = if part.is_call() { derived.call } else { derived.stream };
            let name = part.name(row);
            out += if out.is_empty() { "\n" } else { "" };
            out += &format!("    {name} = {function}({}.{class}.{name})\n", derived.of);
        }
        out
    }

    /// The function that waits for a state.
    pub(super) fn wait(&self, section: &Section, class: &str) -> String {
        match &self.derived {
            _ if section.goals().is_empty() => String::new(),
            None => format!("\n{}", calls::wait(section.goals())),
            // A wait has no reply.
            Some(Derived { of, call: "whole", .. }) => format!("\n    wait_until = {of}.{class}.wait_until\n"),
            Some(Derived { of, call, .. }) => format!("\n    wait_until = {call}({of}.{class}.wait_until)\n"),
        }
    }

    /// Whether a row with pages has its items one by one.
    pub(super) fn has_items(&self, row: &'static Endpoint) -> bool {
        model::item(row).is_some() && self.derived.as_ref().is_none_or(|derived| derived.has_items)
    }
}
