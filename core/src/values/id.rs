//! Identifiers: 19 and more digits, or opaque text; never a floating-point number.

use super::number::whole;
use super::{Read, Value, misfit};
use crate::json::{Broken, Context, Fault, Outcome, Path, Policy, Source, Token, write_quoted, write_text};
use crate::schema::{Form, Kind};
use ::core::fmt;
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use serde::Serializer;
use smol_str::SmolStr;

/// An identifier of the platform. Compares as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(SmolStr);

impl Id {
    /// An identifier, as the platform wrote it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SmolStr::from(text.into()))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as text.
    pub fn into_string(self) -> String {
        self.0.into()
    }
}

/// Reads an identifier: its text, still escaped. In a reply a whole number may be written as a double.
pub(crate) fn read<'a>(token: &Token<'a>, policy: Policy) -> Read<Cow<'a, str>> {
    match *token {
        Token::Null => Read::Null,
        Token::Text(content) => Read::Value(content.into()),
        Token::Number(digits) if is_integer(digits) => Read::Value(digits.into()),
        Token::Number(digits) if policy == Policy::Reply => {
            whole(digits).map_or(Read::Misfit, |number| Read::Value(number.to_string().into()))
        }
        _ => Read::Misfit,
    }
}

/// Whether the text is a whole number as JSON writes it.
pub(crate) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    match digits {
        [] => false,
        [b'0', _, ..] => false,
        _ => digits.iter().all(u8::is_ascii_digit),
    }
}

impl Value for Id {
    const KIND: Kind = Kind::Id;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        // Nearly all of them are strings, which need no token.
        if source.peek()? == b'"' {
            let content = source.string()?;
            return Ok(Some(Id(source.unescape(source.get(content)).into())));
        }
        let (token, _) = source.token()?;
        match read(&token, context.policy()) {
            Read::Value(content) => Ok(Some(Id(content.into()))),
            Read::Null => Ok(None),
            Read::Misfit => misfit(&Self::KIND, &token, context, path).map(|()| None),
        }
    }

    fn encode(&self, form: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault> {
        match form {
            Form::Number if is_integer(&self.0) => out.push_str(&self.0),
            Form::Number => return Err(Fault::at(path, NOT_DIGITS)),
            _ => write_text(&self.0, out),
        }
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }

    fn outcome(&self) -> Outcome {
        if self.0.is_empty() { Outcome::Empty } else { Outcome::Full }
    }
}

/// Why an id is refused where the platform takes a number.
pub(crate) const NOT_DIGITS: &str = "the platform takes this id as a number: only digits may stand in it";

/// Writes an id, still escaped, as the wire wants it; false where the wire takes a number and it is none.
pub(crate) fn write_wire(content: &str, form: Form, out: &mut String) -> bool {
    match form {
        Form::Number if is_integer(content) => out.push_str(content),
        Form::Number => return false,
        _ => write_quoted(content, out),
    }
    true
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number.to_string().into())
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}
