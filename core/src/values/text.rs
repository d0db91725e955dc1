//! Text.

use super::{Read, Value, misfit};
use crate::json::{Broken, Context, Fault, Path, Policy, Source, Token, write_text};
use crate::schema::{Form, Kind};
use alloc::string::String;
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

impl Value for String {
    const KIND: Kind = Kind::Text;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        // Nearly all of them are strings, which need no token.
        if source.peek()? == b'"' {
            let content = source.string()?;
            return Ok(Some(source.unescape(source.get(content)).into_owned()));
        }
        let (token, _) = source.token()?;
        match read(&token, context.policy()) {
            Read::Value(content) => Ok(Some(content.into())),
            Read::Null => Ok(None),
            Read::Misfit => misfit(&Self::KIND, &token, context, path).map(|()| None),
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
