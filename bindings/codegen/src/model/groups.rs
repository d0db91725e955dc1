//! The groups and sections of the vendor's reference, with words of our own on each.

use super::{Group, Section};
use xportcn_core::Endpoint;
use xportcn_core::push::Push;

/// A group's id, name, and what it is.
const GROUPS: &[[&str; 3]] = &[
    ["taobao", "Taobao", "Goods, orders, refunds and the shopping cart of Taobao."],
    ["alibaba", "1688", "Goods, orders, refunds and the shopping cart of 1688, the wholesale market of Alibaba."],
    ["address", "Addresses", "The account's own delivery addresses."],
    ["warehouse", "Warehouse logistics", "Freight from the warehouse in China to recipients overseas."],
    ["international", "International", "Goods and orders of Alibaba's international marketplace."],
    ["big_major", "Big buyers", "1688 for big buyers, which the vendor also calls key accounts."],
    ["poizon", "Poizon", "Goods and orders of Poizon, in China called Dewu."],
];

/// A section's word in ids, its name, and what its rows are for.
const SECTIONS: &[[&str; 3]] = &[
    ["after_sale", "after-sale", "Refunds and returns."],
    ["cart", "shopping cart", "The shopping cart, and orders from it."],
    ["order", "orders", "Orders: preview, place, pay, cancel and follow them."],
    ["product", "products", "Goods: search for them and read their details."],
    ["push", "pushed messages", "Messages that the platform sends to the developer's own URL."],
];

/// Every group with its rows, in the catalogue's order. A group that the tables above do not know bears its id.
pub(super) fn all(endpoints: &[&'static Endpoint], pushes: &[&'static Push]) -> Vec<Group> {
    let mut groups = Vec::new();
    for row in endpoints.iter().copied() {
        section(&mut groups, row.id).calls.push(row);
    }
    for row in pushes.iter().copied() {
        section(&mut groups, row.id).pushes.push(row);
    }
    groups
}

fn section<'g>(groups: &'g mut Vec<Group>, row: &'static str) -> &'g mut Section {
    let (section, _) = row.rsplit_once('.').unwrap_or((row, ""));
    let (group_id, part) = section.split_once('.').unwrap_or((section, ""));
    let group = find_or_add(groups, |group| group.id == group_id, || group(group_id));
    let (title, about) = (group.title, group.about);
    find_or_add(
        &mut group.sections,
        |known| known.id == section,
        || {
            let [_, name, purpose] = *SECTIONS.iter().find(|known| known[0] == part).unwrap_or(&["", "", ""]);
            let title = if name.is_empty() { title.to_string() } else { format!("{title}: {name}") };
            let about = if purpose.is_empty() { about } else { purpose };
            Section { id: section.to_string(), title, about, calls: Vec::new(), pushes: Vec::new() }
        },
    )
}

fn group(id: &'static str) -> Group {
    let [_, title, about] = *GROUPS.iter().find(|known| known[0] == id).unwrap_or(&["", id, ""]);
    Group { id, title, about, sections: Vec::new() }
}

fn find_or_add<T>(all: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> &mut T {
    let index = all.iter().position(is_it).unwrap_or_else(|| {
        all.push(make());
        all.len() - 1
    });
    &mut all[index]
}
