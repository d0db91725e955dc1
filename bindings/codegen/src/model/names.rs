//! Names that are unique among all objects and sets of codes: as short as the tables' own where that will do.

use super::{Model, Object, Side, Use};
use crate::words::upper_camel;
use std::collections::BTreeMap;

/// The names of a model's objects and codes, in its order.
pub(super) struct Names {
    pub(super) objects: Vec<String>,
    pub(super) codes: Vec<String>,
}

impl Names {
    pub(super) fn of(model: &Model) -> Self {
        let objects = model.objects.iter().map(candidates);
        let codes = model.codes.iter().map(|codes| scoped(codes.codes.name, &codes.uses));
        let mut names = unique(&objects.chain(codes).collect::<Vec<_>>());
        let codes = names.split_off(model.objects.len());
        Self { objects: names, codes }
    }
}

/// Names for an object, the preferred one first. Requests, and the replies that are named after them, bear the name
/// of their row.
fn candidates(object: &Object) -> Vec<String> {
    let name = object.schema.name;
    match object.uses.first() {
        Some(first) if first.whole && first.side == Side::Request => vec![upper_camel(first.row)],
        Some(first) if object.only_row().is_some() && name.ends_with("Reply") => vec![upper_camel(first.row) + "Reply"],
        _ => scoped(name, &object.uses),
    }
}

/// The name alone, then behind the words of the first row that leads to it, one more each time.
fn scoped(name: &str, uses: &[Use]) -> Vec<String> {
    let row = uses.first().map_or("", |place| place.row);
    let ends = row.match_indices('.').map(|(at, _)| at).chain([row.len()]);
    let scopes = ends.map(|end| upper_camel(&row[..end]) + name);
    std::iter::once(name.to_string()).chain(scopes).collect()
}

/// Gives each its first candidate; those that then share a name go on to their next one together.
fn unique(candidates: &[Vec<String>]) -> Vec<String> {
    let mut chosen = vec![0; candidates.len()];
    loop {
        let mut takers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, names) in candidates.iter().enumerate() {
            takers.entry(&names[chosen[index]]).or_default().push(index);
        }
        let can_go_on = |index: &usize| chosen[*index] + 1 < candidates[*index].len();
        let shared = takers.into_values().filter(|takers| takers.len() > 1).flatten();
        let moving: Vec<usize> = shared.filter(can_go_on).collect();
        if moving.is_empty() {
            return candidates.iter().zip(chosen).map(|(names, choice)| names[choice].clone()).collect();
        }
        moving.into_iter().for_each(|index| chosen[index] += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xportcn_core::endpoint::FieldEvidence;

    fn place(row: &'static str) -> Vec<Use> {
        vec![Use { row, side: Side::Reply, whole: false, evidence: FieldEvidence::Published }]
    }

    #[test]
    fn a_name_that_repeats_goes_behind_as_many_words_as_it_takes() {
        let names = unique(&[
            scoped("Parcel", &place("taobao.order.logistics")),
            scoped("Parcel", &place("alibaba.order.get")),
            scoped("Trace", &place("taobao.order.get")),
            scoped("Trace", &place("taobao.cart.get")),
            scoped("Sku", &place("taobao.product.get")),
        ]);
        assert_eq!(names, ["TaobaoParcel", "AlibabaParcel", "TaobaoOrderTrace", "TaobaoCartTrace", "Sku"]);
    }
}
