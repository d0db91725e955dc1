//! The platform's words for a refusal, wherever they stand: under one of many names, as text, as an object or a list of
//! texts, beside the data or within it. Only refusals are searched.

use super::decode::body_text;
use crate::json::{Token, elements, members, mend, replace_lone_surrogates, unescape};
use crate::search::position;
use alloc::string::String;

/// The names under which words stand, in lower case and without what separates their parts.
const NAMES: [&str; 18] = [
    "msg",
    "message",
    "submsg",
    "submessage",
    "errormsg",
    "errormessage",
    "errmsg",
    "errmessage",
    "error",
    "errordesc",
    "errordescription",
    "errdesc",
    "failmsg",
    "failreason",
    "reason",
    "retmsg",
    "resultmsg",
    "returnmsg",
];

/// What stands between several.
const BETWEEN: &str = "; ";

/// Levels of the data that are searched, and the bytes of one that is.
const DEEPEST: usize = 4;
const LARGEST: usize = 1 << 16;

/// Bytes of words that are enough.
const ENOUGH: usize = 4096;

/// The words of a body that is an object; empty if there are none.
pub(crate) fn words(body: &[u8]) -> String {
    let mut found = String::new();
    let text = body_text(body).unwrap_or_default();
    let text = replace_lone_surrogates(&text);
    // A body that was mended to be read is mended here, too.
    let mended = if members(&text).is_none() { mend(&text) } else { None };
    let members = members(mended.as_ref().map_or(&text, |mended| &mended.text)).unwrap_or_default();
    // What stands at the top says it best; the order of the names does not matter.
    members.iter().filter(|(name, _)| is_name(name)).for_each(|(_, json)| take(json, 0, &mut found));
    for (_, data) in members.iter().filter(|(name, _)| name == "data") {
        match Token::of(data) {
            Token::Text(content) if found.is_empty() && !content.starts_with(['{', '[']) => push(content, &mut found),
            _ => search(data, 0, &mut found),
        }
    }
    found
}

/// Takes all texts of a value that holds words.
fn take(json: &str, depth: usize, found: &mut String) {
    match Token::of(json) {
        Token::Text(content) | Token::Number(content) => push(content, found),
        Token::Object(_) | Token::List(_) => within(json, depth, |_, json| take(json, depth + 1, found)),
        Token::Null | Token::Bool(_) => {}
    }
}

/// Takes the words within a value that holds others.
fn search(json: &str, depth: usize, found: &mut String) {
    match Token::of(json) {
        Token::Text(content) if content.starts_with(['{', '[']) => search(&unescape(content), depth + 1, found),
        Token::Object(_) | Token::List(_) => within(json, depth, |name, json| match is_name(name) {
            true => take(json, depth + 1, found),
            false => search(json, depth + 1, found),
        }),
        _ => {}
    }
}

/// The members or elements of a value that is not too large or too deep.
fn within(json: &str, depth: usize, mut each: impl FnMut(&str, &str)) {
    if depth > DEEPEST || json.len() > LARGEST {
        return;
    }
    members(json).unwrap_or_default().iter().for_each(|(name, json)| each(name, json));
    elements(json).unwrap_or_default().into_iter().for_each(|json| each("", json));
}

fn push(content: &str, found: &mut String) {
    let words = unescape(content);
    let words = words.trim();
    if words.is_empty() || found.len() > ENOUGH || position(found, words).is_some() {
        return;
    }
    if !found.is_empty() {
        found.push_str(BETWEEN);
    }
    found.push_str(words);
}

fn is_name(name: &str) -> bool {
    NAMES.into_iter().any(|known| {
        let mut letters =
            name.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| byte.to_ascii_lowercase());
        known.bytes().all(|byte| letters.next() == Some(byte)) && letters.next().is_none()
    })
}
