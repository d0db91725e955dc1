//! Whole numbers.

use super::number::whole;
use super::{Read, Scalar};
use crate::json::{Policy, Token, unescape, write_quoted};
use crate::schema::{Form, Kind};
use alloc::format;
use alloc::string::String;
use serde::Serializer;

/// The largest whole number that every host's JSON number holds exactly: 2^53 - 1.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// Whether a number is canonical as it stands.
pub(crate) fn stands(digits: &str) -> bool {
    digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

impl Scalar for i64 {
    const KIND: Kind = Kind::Int;

    fn read(token: &Token<'_>, policy: Policy) -> Read<Self> {
        let parsed = match *token {
            Token::Null => return Read::Null,
            Token::Number(digits) => parse(digits),
            Token::Text(content) if policy == Policy::Reply => match content.parse() {
                Ok(number) if !content.starts_with('+') => Some(number),
                _ => match unescape(content).trim() {
                    "" => return Read::Null,
                    text => parse(text),
                },
            },
            Token::Bool(value) if policy == Policy::Reply => Some(i64::from(value)),
            _ => None,
        };
        parsed.map_or(Read::Misfit, Read::Value)
    }

    fn write_wire(&self, form: Form, out: &mut String) {
        let digits = format!("{self}");
        match form {
            Form::Text => write_quoted(&digits, out),
            _ => out.push_str(&digits),
        }
    }

    fn write_canonical(&self, out: &mut String) {
        self.write_wire(if is_safe(*self) { Form::Plain } else { Form::Text }, out);
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_safe(*self) { serializer.serialize_i64(*self) } else { serializer.collect_str(self) }
    }

    fn caution(&self) -> Option<(&'static str, &'static str)> {
        (!is_safe(*self)).then_some(("a number within 2^53", "a larger one"))
    }
}

/// Whether every host's JSON number holds it exactly.
pub(crate) fn is_safe(number: i64) -> bool {
    number.unsigned_abs() <= MAX_SAFE
}

/// A whole number, also as a double writes it.
fn parse(text: &str) -> Option<i64> {
    if text.starts_with('+') {
        return None;
    }
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    match text.split_once('.') {
        Some((head, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => head.parse().ok(),
        _ => whole(text),
    }
}
