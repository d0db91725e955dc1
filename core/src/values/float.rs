//! Measures: weights, lengths, rates. Never money.

use super::{Read, Scalar, Value, decode_scalar};
use crate::codec::{Context, Fault, Path, Policy, Token, write_quoted};
use crate::schema::{Form, Kind};
use alloc::format;
use alloc::string::String;
use serde::{Deserializer, Serializer};

impl Scalar for f64 {
    fn read(token: &Token<'_>, policy: Policy) -> Read<Self> {
        let text = match *token {
            Token::Null => return Read::Null,
            Token::Number(digits) => digits,
            Token::Text("") if policy == Policy::Reply => return Read::Null,
            Token::Text(text) if policy == Policy::Reply => text,
            _ => return Read::Misfit,
        };
        // Rust also reads words such as `inf`; a number begins with a digit or a minus and a digit.
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return Read::Misfit;
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Read::Value(number),
            _ => Read::Misfit,
        }
    }

    fn write_wire(&self, form: Form, out: &mut String) {
        // JSON has no word for what is not a number; the reader lets none in, and `encode` refuses it.
        let digits = if self.is_finite() { format!("{self:?}") } else { "null".into() };
        match form {
            Form::Text => write_quoted(&digits, out),
            _ => out.push_str(&digits),
        }
    }

    fn write_canonical(&self, out: &mut String) {
        self.write_wire(Form::Plain, out);
    }
}

impl Value for f64 {
    const KIND: Kind = Kind::Float;

    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: &mut Context,
        path: &Path<'_>,
    ) -> Result<Option<Self>, D::Error> {
        decode_scalar(&Self::KIND, deserializer, context, path)
    }

    fn encode(&self, form: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault> {
        if !self.is_finite() {
            return Err(Fault::at(path, "must be a finite number"));
        }
        self.write_wire(form, out);
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(*self)
    }
}
