//! Measures: weights, lengths, rates. Never money.

use super::number::Shape;
use super::{Read, Value, misfit};
use crate::json::{Broken, Context, Fault, Path, Policy, Source, Token, unescape, write_quoted};
use crate::schema::{Form, Kind};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use serde::Serializer;

/// Reads a measure: its digits, as JSON writes them.
pub(crate) fn read<'a>(token: &Token<'a>, policy: Policy) -> Read<Cow<'a, str>> {
    let digits = match *token {
        Token::Null => return Read::Null,
        Token::Number(digits) => digits.into(),
        Token::Text(content) if policy == Policy::Reply => trimmed(unescape(content)),
        _ => return Read::Misfit,
    };
    match Shape::of(&digits) {
        _ if digits.is_empty() => Read::Null,
        Some(shape) if shape.is_finite() => Read::Value(digits),
        _ => Read::Misfit,
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) => text.trim().to_string().into(),
    }
}

/// Writes the digits of a measure as the wire wants them.
pub(crate) fn write_wire(digits: &str, form: Form, out: &mut String) {
    match form {
        Form::Text => write_quoted(digits, out),
        _ => out.push_str(digits),
    }
}

impl Value for f64 {
    const KIND: Kind = Kind::Float;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        let (token, _) = source.token()?;
        match read(&token, context.policy()) {
            Read::Value(digits) => Ok(digits.parse().ok()),
            Read::Null => Ok(None),
            Read::Misfit => misfit(&Self::KIND, &token, context, path).map(|()| None),
        }
    }

    fn encode(&self, form: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault> {
        if !self.is_finite() {
            return Err(Fault::at(path, "must be a finite number"));
        }
        write_wire(&format!("{self:?}"), form, out);
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(*self)
    }
}
