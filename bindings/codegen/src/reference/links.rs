//! On which page things stand, and how others link to them.

use crate::model::{Model, Object, Place};
use std::collections::BTreeMap;

/// The page of pushed messages.
pub(super) const PUSHES: &str = "pushes";

/// The pages of objects and codes, by unique name.
pub(super) struct Pages(BTreeMap<String, &'static str>);

impl Pages {
    /// Objects and codes stand on the page of the folder that declares them.
    pub(super) fn new(model: &Model) -> Self {
        let objects = model.objects.iter().map(|object| (object.name.clone(), page_of_place(&object.place)));
        let codes = model.codes.iter().map(|codes| (codes.name.clone(), page_of_place(&codes.place)));
        Self(objects.chain(codes).collect())
    }

    /// The page of an object or a set of codes.
    pub(super) fn of(&self, name: &str) -> &'static str {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// A link to an object or a set of codes, from a page.
    pub(super) fn link(&self, name: &str, from: &str) -> String {
        let page = self.of(name);
        let file = if page == from { String::new() } else { format!("{page}.md") };
        format!("[{name}]({file}#{})", slug(&heading(name)))
    }
}

/// The page of a row.
pub(super) fn page_of(row: &'static str) -> &'static str {
    if row.contains(".push.") { PUSHES } else { row.split('.').next().unwrap_or_default() }
}

/// The heading of an object or a set of codes. Rows' anchors have no dots: alone, the name could be one of theirs.
fn heading(name: &str) -> String {
    format!("Type {name}")
}

/// The anchor that a heading gets.
pub(super) fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// Whether an object is shown where its one row is, and not among the shared ones.
pub(super) fn is_inline(object: &Object) -> bool {
    object.only_row().is_some()
}

fn page_of_place(place: &Place) -> &'static str {
    if place.folder.ends_with(".push") { PUSHES } else { place.group }
}
