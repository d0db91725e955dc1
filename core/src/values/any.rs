//! JSON of any shape, made safe for hosts whose numbers are binary floating point.

use super::Value;
use super::int::is_safe;
use super::number::Shape;
use crate::json::{Broken, CONTAINER, Context, ELEMENT, Fault, Parts, Path, Source, write_quoted};
use crate::schema::{Form, Kind};
use alloc::string::String;
use serde::{Serialize, Serializer};

/// JSON of any shape. Numbers that binary floating point would round are text.
pub type Any = serde_json::Value;

/// Fields that a table does not list.
pub type Extra = serde_json::Map<String, Any>;

/// Levels that JSON of unknown shape may be nested; hosts' own parsers give up not far beyond.
const MAX_DEPTH: usize = 100;

/// Copies the value that comes next, without white space, with unsafe numbers as text. What is nested too deeply becomes
/// null, with a warning.
pub(crate) fn write_canonical(
    source: &mut Source<'_>,
    out: &mut String,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<(), Broken> {
    let mut copy = Copy { out, number: write_number, max_depth: MAX_DEPTH, depth: 0, complete: true, cost: 0 };
    source.pass(&mut copy)?;
    let (complete, cost) = (copy.complete, copy.cost);
    if !complete {
        context.warn(too_deep(path));
    }
    context.charge(cost, path)
}

/// Copies the value that comes next, without white space.
pub(crate) fn write_compact(source: &mut Source<'_>, out: &mut String) -> Result<(), Broken> {
    let number = |digits: &str, out: &mut String| out.push_str(digits);
    source.pass(&mut Copy { out, number, max_depth: usize::MAX, depth: 0, complete: true, cost: 0 })
}

/// A value on its way into other text.
struct Copy<'a> {
    out: &'a mut String,
    number: fn(&str, &mut String),
    max_depth: usize,
    depth: usize,
    complete: bool,
    /// The memory that it takes in a host.
    cost: usize,
}

impl Parts for Copy<'_> {
    fn mark(&mut self, byte: u8) {
        self.cost += match byte {
            b'{' | b'[' => CONTAINER,
            b',' => ELEMENT,
            _ => 0,
        };
        if matches!(byte, b'{' | b'[') {
            if self.depth == self.max_depth {
                self.complete = false;
                self.out.push_str("null");
            }
            self.depth += 1;
        }
        if self.depth <= self.max_depth {
            self.out.push(char::from(byte));
        }
        if matches!(byte, b'}' | b']') {
            self.depth -= 1;
        }
    }

    fn scalar(&mut self, text: &str) {
        if self.depth > self.max_depth {
        } else if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            (self.number)(text, self.out);
        } else {
            self.out.push_str(text);
        }
    }
}

fn write_number(digits: &str, out: &mut String) {
    if is_exact(digits) { out.push_str(digits) } else { write_quoted(digits, out) }
}

/// Whether every host's number holds it, so that its decimal digits come back.
fn is_exact(digits: &str) -> bool {
    if digits.contains(['.', 'e', 'E']) {
        Shape::of(digits).is_some_and(|shape| shape.is_exact())
    } else {
        digits.parse().is_ok_and(is_safe)
    }
}

/// Reads the value that comes next for the typed driver.
pub(crate) fn read(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Any>, Broken> {
    let mut canonical = String::new();
    write_canonical(source, &mut canonical, context, path)?;
    match serde_json::from_str(&canonical) {
        Ok(Any::Null) => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) => context.notice("JSON", "something else", path).map(|()| None),
    }
}

/// The warning that something was nested too deeply.
fn too_deep(path: &Path<'_>) -> crate::error::Warning {
    crate::error::Warning {
        path: alloc::format!("{path}"),
        expected: "at most 100 levels",
        found: "deeper ones, which became null",
    }
}

impl Value for Any {
    const KIND: Kind = Kind::Any;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        read(source, context, path)
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
        let mut context = Context::new(crate::json::Policy::Reply, json.len());
        write_canonical(&mut Source::new(json), &mut out, &mut context, &Path::Root).unwrap();
        (out, context.into_warnings().is_empty())
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
