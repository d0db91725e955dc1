//! Text, and the mending of escapes that no host could hold.

use super::{Read, Value};
use crate::codec::{Broken, Context, Fault, Path, Policy, Source, Token, unescape, write_text};
use crate::schema::{Form, Kind};
use alloc::borrow::Cow;
use alloc::string::String;
use memchr::memchr;
use serde::Serializer;

/// Reads text: what stands between the quotes, still escaped.
pub(crate) fn read<'a>(token: &Token<'a>, policy: Policy) -> Read<&'a str> {
    match *token {
        Token::Null => Read::Null,
        Token::Text(content) => Read::Value(content),
        Token::Number(digits) if policy == Policy::Reply => Read::Value(digits),
        Token::Bool(value) if policy == Policy::Reply => Read::Value(if value { "true" } else { "false" }),
        _ => Read::Misfit,
    }
}

/// Replaces escaped halves of surrogate pairs, which are no characters, by U+FFFD. Takes any part of a JSON document
/// that does not begin or end within an escape.
pub(crate) fn mend(json: &str) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let mut mended = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr(b'\\', rest)) {
        at += next;
        match unit(bytes, at) {
            Some(0xD800..=0xDBFF) if matches!(unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(&json[copied..at]);
                mended.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            Some(_) => at += 6,
            None => at += 2,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    mended.push_str(&json[copied..]);
    Cow::Owned(mended)
}

/// The UTF-16 unit that an escape at `at` stands for, if one stands there.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?;
    if !escape.starts_with(b"\\u") {
        return None;
    }
    let digits = ::core::str::from_utf8(&escape[2..]).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

impl Value for String {
    const KIND: Kind = Kind::Text;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        let (token, _) = source.token()?;
        match read(&token, context.policy()) {
            Read::Value(content) => Ok(Some(unescape(content).into_owned())),
            Read::Null => Ok(None),
            Read::Misfit => context.misfit(&Self::KIND, token.describe(), path).map(|()| None),
        }
    }

    fn encode(&self, _: Form, out: &mut String, _: &Path<'_>) -> Result<(), Fault> {
        write_text(self, out);
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_surrogate_pairs_are_replaced_and_pairs_are_kept() {
        for (content, expected) in [
            ("plain", "plain"),
            (r"\ud83d\ude00", r"\ud83d\ude00"),
            (r"\ud83d", r"\ufffd"),
            (r"a\ude00b", r"a\ufffdb"),
            (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\ud83dx\n", r"\ufffdx\n"),
        ] {
            assert_eq!(mend(content), expected, "{content}");
        }
        assert_eq!(unescape(r"\ud83d\ude00\ufffd!"), "😀\u{fffd}!");
    }
}
