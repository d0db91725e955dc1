//! Measures: weights, lengths, rates. Never money.

use super::number::Shape;
use super::{Read, Value};
use crate::json::{Broken, Context, Fault, Path, Policy, Source, Token, write_quoted};
use crate::schema::{Form, Kind};
use alloc::format;
use alloc::string::String;
use serde::Serializer;

/// Reads a measure: its digits, as JSON writes them.
pub(crate) fn read<'a>(token: &Token<'a>, policy: Policy) -> Read<&'a str> {
    let digits = match *token {
        Token::Null => return Read::Null,
        Token::Number(digits) => digits,
        Token::Text("") if policy == Policy::Reply => return Read::Null,
        Token::Text(text) if policy == Policy::Reply => text,
        _ => return Read::Misfit,
    };
    if Shape::of(digits).is_some_and(|shape| shape.is_finite()) { Read::Value(digits) } else { Read::Misfit }
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
            Read::Misfit => context.misfit(&Self::KIND, token.describe(), path).map(|()| None),
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
