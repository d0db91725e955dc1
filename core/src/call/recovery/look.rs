//! What one look shows: which objects of a reply are those of the write, and in what state they are.

use super::request::{Written, scalar};
use crate::effect::{Shown, Sign, Test};
use crate::json::{Policy, Token, elements, members, three};
use crate::values::{Amount, Read, Scalar};
use alloc::string::String;
use alloc::vec::Vec;

/// The state in which an object of the write is found, by what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Nothing that would show it can be read, or it was not looked at before the write.
    Unclear,
    /// As before the write.
    Old,
    /// It can no longer become what the write wanted.
    Never,
    /// Under way.
    Pending,
    /// As the write wanted it.
    Done,
}

/// The objects that a row shows.
pub(super) fn objects<'a>(data: &'a str, shown: &Shown) -> Vec<&'a str> {
    let mut found = Vec::new();
    for at in shown.at {
        match *at {
            "**" => anywhere(data, shown, DEEPEST, &mut found),
            path => values(data, path, &mut found),
        }
    }
    found
}

/// Whether the object is the one with this id or reference.
pub(super) fn has_key(object: &str, shown: &Shown, value: &str) -> bool {
    shown.key.is_empty() || texts(object, shown.key).iter().any(|text| text == value)
}

/// Whether the object holds what the write said; absent where there is nothing to compare.
pub(super) fn has_contents(object: &str, shown: &Shown, written: &Written<'_>) -> bool {
    !shown.equal.is_empty() && same(object, shown.equal, written) == Some(true)
}

/// The state of an object. `before` is the same object as it was before the write, as often as it was there; absent if
/// nobody looked.
pub(super) fn state(object: &str, shown: &Shown, written: &Written<'_>, before: Option<&[&str]>) -> State {
    let any = |signs: &[Sign]| signs.iter().any(|sign| holds(sign, object, written, before, false) == Some(true));
    let all = |signs: &[Sign]| signs.iter().any(|sign| holds(sign, object, written, before, true) == Some(true));
    let done: Vec<Option<bool>> = shown.done.iter().map(|sign| holds(sign, object, written, before, true)).collect();
    if done.contains(&Some(true)) {
        State::Done
    } else if any(shown.pending) {
        State::Pending
    } else if any(shown.never) {
        State::Never
    } else if any(shown.done) {
        // Some of its values are as wanted, and others are not yet.
        State::Pending
    } else if done.contains(&Some(false)) && (shown.old.is_empty() || all(shown.old)) {
        State::Old
    } else {
        State::Unclear
    }
}

/// The texts at a path of an object.
pub(super) fn texts(object: &str, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    values(object, path, &mut found);
    found.into_iter().filter_map(scalar).filter(|text| !text.is_empty()).collect()
}

/// How deep replies whose form is not known are looked through.
const DEEPEST: usize = 8;

/// The values at a path; a list on the way stands for each of its elements.
pub(super) fn values<'a>(json: &'a str, path: &str, found: &mut Vec<&'a str>) {
    if json.starts_with('[') {
        elements(json).unwrap_or_default().into_iter().for_each(|element| values(element, path, found));
    } else if path.is_empty() {
        if json != "null" {
            found.push(json);
        }
    } else {
        let (step, rest) = path.split_once('.').unwrap_or((path, ""));
        let name = step.strip_suffix("[]").unwrap_or(step);
        let next = if name.is_empty() { json } else { three(json, [name, "", ""])[0] };
        values(next, rest, found);
    }
}

/// The objects, however deep, that have the field by which they are known.
fn anywhere<'a>(json: &'a str, shown: &Shown, depth: usize, found: &mut Vec<&'a str>) {
    let name = shown.equal.first().map_or(shown.key, |(name, _)| *name);
    match json.as_bytes().first() {
        _ if depth == 0 => {}
        Some(b'[') => {
            elements(json).unwrap_or_default().into_iter().for_each(|json| anywhere(json, shown, depth - 1, found));
        }
        Some(b'{') => match three(json, [name, "", ""])[0] {
            "null" => {
                let members = members(json).unwrap_or_default();
                members.into_iter().for_each(|(_, json)| anywhere(json, shown, depth - 1, found));
            }
            _ => found.push(json),
        },
        _ => {}
    }
}

/// Whether a sign holds; absent where that cannot be told. `all` asks it of each value of a list, or of one.
fn holds(sign: &Sign, object: &str, written: &Written<'_>, before: Option<&[&str]>, all: bool) -> Option<bool> {
    let found = || texts(object, sign.field);
    match sign.test {
        Test::OneOf(values) => {
            let found = found();
            let fits = |text: &String| values.contains(&text.as_str());
            (!found.is_empty()).then(|| if all { found.iter().all(fits) } else { found.iter().any(fits) })
        }
        Test::Present => Some(!found().is_empty()),
        // The object is there, or it would not be asked.
        Test::Absent => Some(false),
        Test::Changed => before.map(|before| {
            let known: Vec<String> = before.iter().flat_map(|known| texts(known, sign.field)).collect();
            found().iter().any(|text| !known.contains(text))
        }),
        Test::Same(fields) => {
            let mut below = Vec::new();
            values(object, sign.field, &mut below);
            same(below.first()?, fields, written)
        }
        Test::Says(field) => {
            let said = written.values(field);
            let says = |json: &str| said.first().is_some_and(|said| is_said(json, said, DEEPEST));
            before.map(|before| says(object) && !before.iter().any(|known| says(known)))
        }
    }
}

/// Whether the fields of an object are the write's, as far as the write has them; absent if there is none to compare, or
/// the object does not show one.
fn same(object: &str, fields: &[(&str, &str)], written: &Written<'_>) -> Option<bool> {
    let mut compared = None;
    for (name, of_write) in fields {
        let Some(wanted) = written.values(of_write).into_iter().next() else { continue };
        let found = texts(object, name);
        let found = found.first()?;
        if !equal(found, &wanted) {
            return Some(false);
        }
        compared = Some(true);
    }
    compared
}

/// Whether two values are one: as they are written, or as numbers.
fn equal(one: &str, other: &str) -> bool {
    let number = |text: &str| match Amount::read(&Token::Text(text), Policy::Reply) {
        Read::Value(amount) => Some(amount),
        _ => None,
    };
    one == other || number(one).is_some_and(|one| Some(one) == number(other))
}

/// Whether one of the texts in it is this one.
pub(super) fn is_said(json: &str, said: &str, depth: usize) -> bool {
    match json.as_bytes().first() {
        _ if depth == 0 => false,
        Some(b'[') => elements(json).unwrap_or_default().into_iter().any(|json| is_said(json, said, depth - 1)),
        Some(b'{') => members(json).unwrap_or_default().into_iter().any(|(_, json)| is_said(json, said, depth - 1)),
        _ => scalar(json).is_some_and(|text| text == said),
    }
}
