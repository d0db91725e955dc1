//! The page of writes: how each is found again.

use super::links;
use crate::model::Model;
use serde::Serialize;
use xportcn_core::catalogue;
use xportcn_core::effect::{Effect, FoundBy, Sign, Test, Worth};
use xportcn_core::endpoint::Endpoint;

#[derive(Serialize)]
pub(super) struct WritesView {
    writes: Vec<WriteView>,
}

#[derive(Serialize)]
struct WriteView {
    id: &'static str,
    page: &'static str,
    found_by: String,
    shown_by: Vec<String>,
    done_when: Vec<String>,
    unchanged: &'static str,
    absent: &'static str,
    in_background: &'static str,
    why: &'static str,
}

/// Every call that writes, in the order of the reference.
pub(super) fn writes(model: &Model) -> WritesView {
    let rows = model.groups.iter().flat_map(|group| group.sections.iter()).flat_map(|section| section.calls.iter());
    WritesView { writes: rows.filter_map(|row| view(row)).collect() }
}

fn view(row: &'static Endpoint) -> Option<WriteView> {
    let effect = row.effect?;
    let shown = |id: &'static str| {
        let evidence = catalogue::find(id).map_or("", |row| row.evidence.path.as_str());
        format!("[`{id}`]({}.md#{}) ({evidence})", links::page_of(id), links::slug(id))
    };
    let mut done_when: Vec<String> = Vec::new();
    for sign in effect.shown_by.iter().flat_map(|shown| shown.done).map(sign) {
        if !done_when.contains(&sign) {
            done_when.push(sign);
        }
    }
    Some(WriteView {
        id: row.id,
        page: links::page_of(row.id),
        found_by: found_by(effect),
        shown_by: effect.shown_by.iter().map(|row| shown(row.row)).collect(),
        done_when,
        unchanged: worth(effect.unchanged),
        absent: match effect.found_by {
            FoundBy::Reference { .. } => "not done, as above",
            _ => worth(effect.absent),
        },
        in_background: match effect.in_background {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not known",
        },
        why: effect.why,
    })
}

fn found_by(effect: &Effect) -> String {
    let found_by = match effect.found_by {
        FoundBy::Id([field, ..]) => format!("`{field}`"),
        FoundBy::Reference { field, read_by_seller } => {
            format!("the caller's own `{field}`{}", if read_by_seller { ", which the seller reads" } else { "" })
        }
        FoundBy::Contents => "its contents".to_string(),
        FoundBy::Id([]) | FoundBy::Nothing => "nothing".to_string(),
    };
    match effect.better {
        Some(Effect { found_by: FoundBy::Reference { field, .. }, why, .. }) => {
            format!("{found_by}; or `{field}`, if the call carries it: {why}")
        }
        _ => found_by,
    }
}

fn sign(sign: &Sign) -> String {
    let field = if sign.field.is_empty() { "it".to_string() } else { format!("`{}`", sign.field) };
    match sign.test {
        Test::OneOf(values) => {
            let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("{field} is {}", values.join(", "))
        }
        Test::Present => format!("{field} is there"),
        Test::Absent => format!("{field} is gone"),
        Test::Changed => format!("{field} has changed"),
        Test::Same(fields) => {
            let names: Vec<_> = fields.iter().map(|(name, _)| format!("`{name}`")).collect();
            format!("{} of {field} are as sent", names.join(", "))
        }
        Test::Says(name) => format!("{field} says what `{name}` said"),
    }
}

fn worth(worth: Worth) -> &'static str {
    match worth {
        Worth::Done => "done",
        Worth::NotDone => "not done",
        Worth::Nothing => "no proof",
    }
}
