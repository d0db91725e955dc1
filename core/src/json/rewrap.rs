//! A list or an object in another wrapping: as JSON within text, a list of one as its element, a list as an object with
//! keys. Only replies are read so, each time with a warning.

use super::escapes::{replace_lone_surrogates, unescape};
use super::mend::mend;
use super::source::{Broken, Source, each_member, is_json};
use super::{Context, Path, Policy, Token};
use crate::schema::Kind;
use alloc::string::String;

/// A value in the wrapping of its kind, and what was found in its place.
type Rewrapped = (String, &'static str);

/// Reads what stands where a list or an object should, and gives it as JSON text in its wrapping; absent where it is none.
#[cold]
pub(crate) fn rewrapped(
    source: &mut Source<'_>,
    kind: &Kind,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<String>, Broken> {
    let (token, _) = source.token()?;
    let lenient = context.policy() == Policy::Reply;
    let json = match (token, kind) {
        (Token::Null, _) => return Ok(None),
        (Token::Text(""), _) if lenient => return Ok(None),
        (Token::Text(content), _) if lenient => held(&unescape(content), kind),
        (Token::Object(object), Kind::List(element)) if lenient => as_list(object, element),
        _ => None,
    };
    let found = match (&json, token) {
        (Some((_, found)), _) => found,
        (None, Token::Text(_)) => "text",
        (None, Token::Number(_)) => "a number",
        (None, other) => other.describe(),
    };
    context.notice(kind.describe(), found, path)?;
    let Some((json, _)) = json else { return Ok(None) };
    // Copies within copies must not exhaust the memory.
    context.charge(json.len(), path)?;
    Ok(Some(json))
}

/// The list or object that a text holds.
fn held(text: &str, kind: &Kind) -> Option<Rewrapped> {
    const FOUND: &str = "text that holds JSON";
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let text = replace_lone_surrogates(text);
    let text = if is_json(&text) { text } else { mend(&text).filter(|mended| is_json(&mended.text))?.text.into() };
    match (kind, text.starts_with('[')) {
        (Kind::List(_), true) | (Kind::Object(_), false) => Some((text.into_owned(), FOUND)),
        (Kind::List(element), false) => as_list(&text, element),
        _ => None,
    }
}

/// An object that stands for a list of `element`: the one that is in it, or, where no key is one of an element's fields, one
/// that has the elements under keys.
fn as_list(object: &str, element: &Kind) -> Option<Rewrapped> {
    let (mut is_element, mut is_numbered, mut are_objects) = (false, true, true);
    let mut list = String::from("[");
    each_member(&mut Source::new(object), &mut |source, name| {
        let (value, span) = source.token()?;
        is_numbered &= name.bytes().all(|byte| byte.is_ascii_digit());
        are_objects &= matches!(value, Token::Object(_) | Token::Null);
        if let Kind::Object(schema) = element {
            is_element |= schema.position(&name, None).or_else(|| schema.in_snake_case(&name)).is_some();
        }
        list.push_str(if list.len() > 1 { "," } else { "" });
        list.push_str(source.get(span));
        Ok(())
    })
    .ok()?;
    let is_keyed = match element {
        Kind::Object(_) => !is_element && are_objects,
        Kind::Any => is_numbered,
        _ => true,
    };
    if list.len() == 1 {
        return None;
    }
    if is_keyed {
        list.push(']');
        return Some((list, "an object with the elements under keys"));
    }
    (is_element || matches!(element, Kind::Any)).then(|| (["[", object, "]"].concat(), "the one element by itself"))
}
