//! The lines of a write in the orders that it made: one call may make several, and fail in part.

use super::look::{texts, values};
use super::request::Written;
use crate::effect::{self, Shown};
use crate::json::elements;
use alloc::string::String;
use alloc::vec::Vec;

/// What orders tell of the lines of the write that made them.
pub(super) struct Lines {
    /// Whether the write says its lines.
    pub(super) is_known: bool,
    /// Those that are certainly in none of the orders, by the fields by which they are known.
    pub(super) missing: Vec<String>,
    /// Whether the orders tell of each line whether they hold it.
    pub(super) is_clear: bool,
}

impl Lines {
    pub(super) fn of(shown_by: &[Shown], orders: &[String], written: &Written<'_>) -> Self {
        let table = shown_by.iter().find_map(|shown| shown.lines);
        let asked = table.and_then(|table| elements(written.field(table.written)?)).unwrap_or_default();
        let mut lines = Self { is_known: !asked.is_empty(), missing: Vec::new(), is_clear: true };
        // The orders of a write of one line are that line's, whatever they show.
        let Some(table) = table.filter(|_| asked.len() > 1) else { return lines };
        for line in asked {
            let told: Vec<Option<bool>> = orders.iter().map(|order| holds(order, table, line)).collect();
            if told.contains(&Some(true)) {
                continue;
            }
            if told.contains(&None) {
                lines.is_clear = false;
            } else {
                lines.missing.push(named(line, table));
            }
        }
        lines
    }
}

/// Whether one of an order's lines is this one; absent where they do not tell.
fn holds(order: &str, table: &effect::Lines, line: &str) -> Option<bool> {
    let wanted =
        table.same.iter().filter_map(|(name, of_write)| Some((*name, texts(line, of_write).into_iter().next()?)));
    let wanted: Vec<(&str, String)> = wanted.collect();
    let mut shown = Vec::new();
    values(order, table.at, &mut shown);
    if shown.is_empty() || wanted.is_empty() {
        return None;
    }
    let mut is_clear = true;
    for other in shown {
        let mut fields = wanted.iter().map(|(name, text)| {
            let found = texts(other, name);
            (!found.is_empty()).then(|| found.contains(text))
        });
        // The fields that are there are the same, but not all of them are there.
        if fields.clone().all(|field| field == Some(true)) {
            return Some(true);
        }
        is_clear &= fields.any(|field| field == Some(false));
    }
    is_clear.then_some(false)
}

/// A line of the write, by the fields by which it is known.
fn named(line: &str, table: &effect::Lines) -> String {
    let fields = table.same.iter().filter_map(|(_, name)| Some([*name, " ", texts(line, name).first()?].concat()));
    fields.collect::<Vec<_>>().join(", ")
}
