//! JSON of any shape, made safe for hosts whose numbers are binary floating point.

use super::int::is_safe;
use super::number::Shape;
use super::{Read, Value};
use crate::codec::{Broken, Context, Fault, Path, Source};
use crate::schema::{Form, Kind};
use alloc::string::String;
use serde::{Serialize, Serializer};

/// JSON of any shape. Numbers that binary floating point would round are text.
pub type Any = serde_json::Value;

/// Fields that a table does not list.
pub type Further = serde_json::Map<String, Any>;

/// Levels that JSON of unknown shape may be nested; hosts' own parsers give up not far beyond.
const MAX_DEPTH: usize = 100;

/// Copies checked JSON text, without its white space, with unsafe numbers as text. What is nested too deeply becomes
/// null, and the answer false.
pub(crate) fn write_canonical(json: &str, out: &mut String) -> bool {
    copy(json, write_number, MAX_DEPTH, out)
}

/// Copies checked JSON text, without its white space.
pub(crate) fn write_compact(json: &str, out: &mut String) {
    copy(json, |digits, out| out.push_str(digits), usize::MAX, out);
}

/// Copies JSON text, without its white space; each number as `number` writes it, and no more levels than `max_depth`.
/// Text that is no JSON gives other text that is none.
fn copy(json: &str, number: fn(&str, &mut String), max_depth: usize, out: &mut String) -> bool {
    let bytes = json.as_bytes();
    let mut complete = true;
    let mut depth = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = string_end(bytes, at);
                out.push_str(&json[at..end]);
                at = end;
                continue;
            }
            b'-' | b'0'..=b'9' => {
                let end = number_end(bytes, at);
                number(&json[at..end], out);
                at = end;
                continue;
            }
            b'{' | b'[' if depth == max_depth => {
                complete = false;
                out.push_str("null");
                at = composite_end(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            0x80.. => {
                let end = at + bytes[at..].iter().take_while(|byte| !byte.is_ascii()).count();
                out.push_str(&json[at..end]);
                at = end;
                continue;
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            out.push(char::from(byte));
        }
        at += 1;
    }
    complete
}

fn write_number(digits: &str, out: &mut String) {
    let exact = is_exact(digits);
    if !exact {
        out.push('"');
    }
    out.push_str(digits);
    if !exact {
        out.push('"');
    }
}

/// Whether every host's number holds it, so that its decimal digits come back.
fn is_exact(digits: &str) -> bool {
    if digits.contains(['.', 'e', 'E']) {
        Shape::of(digits).is_some_and(|shape| shape.is_exact())
    } else {
        digits.parse().is_ok_and(is_safe)
    }
}

/// The end of the string that begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes[at..].iter();
    at + rest.take_while(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')).count()
}

/// The end of the list or object that begins at `at`.
fn composite_end(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0usize;
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'"' => {
                end = string_end(bytes, end);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        end += 1;
        if depth == 0 {
            break;
        }
    }
    end
}

/// Reads JSON of any shape for the typed driver.
pub(crate) fn read(json: &str, context: &mut Context, path: &Path<'_>) -> Read<Any> {
    if json == "null" {
        return Read::Null;
    }
    let mut canonical = String::with_capacity(json.len());
    if !write_canonical(json, &mut canonical) {
        context.warn(too_deep(path));
    }
    serde_json::from_str(&canonical).map_or(Read::Misfit, Read::Value)
}

/// The warning that something was nested too deeply.
pub(crate) fn too_deep(path: &Path<'_>) -> crate::error::Warning {
    crate::error::Warning {
        path: alloc::format!("{path}"),
        expected: "at most 100 levels",
        found: "deeper ones, which became null",
    }
}

impl Value for Any {
    const KIND: Kind = Kind::Any;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        let (_, span) = source.token()?;
        match read(source.get(span), context, path) {
            Read::Value(value) => Ok(Some(value)),
            Read::Null => Ok(None),
            Read::Misfit => context.notice("JSON", "something else", path).map(|()| None),
        }
    }

    fn encode(&self, _: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault> {
        let json = serde_json::to_string(self).map_err(|_| Fault::at(path, "cannot be written as JSON"))?;
        out.push_str(&json);
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(json: &str) -> (String, bool) {
        let mut out = String::new();
        let complete = write_canonical(json, &mut out);
        (out, complete)
    }

    #[test]
    fn numbers_that_would_be_rounded_become_text() {
        for (json, expected) in [
            ("[9007199254740991, -9007199254740991]", "[9007199254740991,-9007199254740991]"),
            ("[9007199254740992, 1034499579120189839]", r#"["9007199254740992","1034499579120189839"]"#),
            ("99999999999999999999999999", r#""99999999999999999999999999""#),
            ("[0.1, 1.50, 2e3]", "[0.1,1.50,2e3]"),
            ("0.30000000000000004", r#""0.30000000000000004""#),
            ("[1e400, 1e-400]", r#"["1e400","1e-400"]"#),
            (r#"{"a" : "1 \" 2" , "b":[ ]}"#, r#"{"a":"1 \" 2","b":[]}"#),
        ] {
            assert_eq!(canonical(json), (String::from(expected), true), "{json}");
        }
    }

    #[test]
    fn what_is_nested_too_deeply_becomes_null() {
        let deep = |levels: usize| alloc::format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(canonical(&deep(100)), (deep(100), true));
        let (text, complete) = canonical(&alloc::format!("[{},1]", deep(200)));
        assert!(!complete);
        assert!(text.contains("[null]") && text.ends_with(",1]"), "{text}");
    }
}
