//! Writes requests as the wire wants them, and puts fields where the endpoint carries them.

use super::encode::Router;
use super::{Fault, Outcome, Path};
use crate::schema::{Field, Form};
use crate::values::{Further, Value};
use alloc::string::String;

/// Writes the fields of one object.
pub struct ObjectWriter<'a, 'r> {
    out: &'a mut String,
    path: &'a Path<'a>,
    router: Option<&'a mut Router<'r>>,
    first: bool,
}

impl<'a, 'r> ObjectWriter<'a, 'r> {
    /// Begins an object.
    pub fn begin(out: &'a mut String, path: &'a Path<'a>) -> Self {
        out.push('{');
        Self { out, path, router: None, first: true }
    }

    /// Begins the object that is a request, whose fields may go into the path or the query string.
    pub(crate) fn routed(out: &'a mut String, router: &'a mut Router<'r>) -> Self {
        Self { router: Some(router), ..Self::begin(out, &Path::Root) }
    }

    /// Writes a field, unless it is absent.
    pub fn field<T: Value>(&mut self, field: &'static Field, value: &T) -> Result<(), Fault> {
        let path = Path::Field(self.path, field.name());
        match value.outcome() {
            Outcome::Null if !field.required => return Ok(()),
            Outcome::Null => return Err(Fault::at(&path, super::model::MISSING)),
            Outcome::Empty if field.required => return Err(Fault::at(&path, super::model::EMPTY)),
            _ => {}
        }
        self.put(field.wire(), write_plain_key, &path, |out| {
            if field.form != Form::Embedded {
                return value.encode(field.form, out, &path);
            }
            let start = out.len();
            value.encode(Form::Plain, out, &path)?;
            embed(out, start);
            Ok(())
        })
    }

    /// Writes fields that the table does not list.
    pub fn further_fields(&mut self, further: &Further) -> Result<(), Fault> {
        for (name, value) in further {
            let path = Path::Field(self.path, name);
            self.put(name, write_key, &path, |out| value.encode(Form::Plain, out, &path))?;
        }
        Ok(())
    }

    /// Ends the object.
    pub fn end(self) {
        self.out.push('}');
    }

    fn put(
        &mut self,
        wire: &str,
        write_key: fn(&str, bool, &mut String),
        path: &Path<'_>,
        write: impl FnOnce(&mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if let Some(router) = self.router.as_mut().filter(|router| router.takes(wire)) {
            let mut value = String::new();
            write(&mut value)?;
            return router.take(wire, &value, path);
        }
        write_key(wire, self.first, self.out);
        self.first = false;
        write(self.out)
    }
}

/// Writes a field's name, after a comma where it is not the first.
pub(crate) fn write_key(name: &str, first: bool, out: &mut String) {
    if !first {
        out.push(',');
    }
    write_text(name, out);
    out.push(':');
}

/// As [`write_key`], for a name from a table, which needs no escape.
pub(crate) fn write_plain_key(name: &str, first: bool, out: &mut String) {
    out.push_str(if first { "\"" } else { ",\"" });
    out.push_str(name);
    out.push_str("\":");
}

/// Turns the JSON from `start` on into a string that holds it.
pub(crate) fn embed(out: &mut String, start: usize) {
    let json = out.split_off(start);
    write_text(&json, out);
}

/// Writes content that is already escaped, or needs no escape.
pub(crate) fn write_quoted(content: &str, out: &mut String) {
    out.push('"');
    out.push_str(content);
    out.push('"');
}

/// Writes text as a JSON string.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            0x08 => "\\b",
            0x0c => "\\f",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..b' ' => "\\u00",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(short);
        if short == "\\u00" {
            let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or('0');
            out.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_as_serde_json_escapes_it() {
        let all: String = (0..0x300).filter_map(char::from_u32).chain("鞋😀\"\\".chars()).collect();
        for text in ["", "plain", &all] {
            let mut out = String::new();
            write_text(text, &mut out);
            assert_eq!(out, serde_json::to_string(text).unwrap());
        }
    }
}
