//! The styles of calls: with the data or the whole reply, at once or to await.

use crate::model;
use xportcn_core::Endpoint;

/// What a call gives.
pub(super) struct Style {
    pub(super) folder: &'static str,
    pub(super) about: &'static str,
    pub(super) is_async: bool,
    /// Whether it is the whole reply.
    pub(super) is_whole: bool,
}

pub(super) const STYLES: &[Style] = &[
    Style { folder: "data", about: "calls that give their data", is_async: false, is_whole: false },
    Style { folder: "reply", about: "calls that give the whole reply", is_async: false, is_whole: true },
    Style { folder: "async_data", about: "calls to await, which give their data", is_async: true, is_whole: false },
    Style {
        folder: "async_reply",
        about: "calls to await, which give the whole reply",
        is_async: true,
        is_whole: true,
    },
];

impl Style {
    /// Whether a row with pages has its items one by one: they have no reply of their own.
    pub(super) fn has_items(&self, row: &'static Endpoint) -> bool {
        model::item(row).is_some() && !self.is_whole
    }

    /// The type of what a call gives.
    pub(super) fn of(&self, data: String) -> String {
        if self.is_whole { format!("Reply[{data}]") } else { data }
    }

    /// The type of what comes one after another.
    pub(super) fn iterator(&self, of: &str) -> String {
        let kind = if self.is_async { "AsyncIterator" } else { "Iterator" };
        format!("{kind}[{of}]")
    }

    /// What stands before a function and before the call within.
    pub(super) fn words(&self) -> (&'static str, &'static str) {
        if self.is_async { ("async ", "await ") } else { ("", "") }
    }
}
