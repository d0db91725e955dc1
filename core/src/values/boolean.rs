//! True and false.

use super::number::whole;
use super::{Read, Scalar};
use crate::json::{Policy, Token};
use crate::schema::{Form, Kind};
use alloc::string::String;
use serde::Serializer;

impl Scalar for bool {
    const KIND: Kind = Kind::Bool;

    fn read(token: &Token<'_>, policy: Policy) -> Read<Self> {
        let lenient = policy == Policy::Reply;
        match *token {
            Token::Null => Read::Null,
            Token::Bool(value) => Read::Value(value),
            Token::Number("1") if lenient => Read::Value(true),
            Token::Number("0") if lenient => Read::Value(false),
            Token::Number(digits) if lenient => match whole(digits) {
                Some(1) => Read::Value(true),
                Some(0) => Read::Value(false),
                _ => Read::Misfit,
            },
            Token::Text(text) if lenient => match text {
                "" => Read::Null,
                "1" => Read::Value(true),
                "0" => Read::Value(false),
                _ if text.eq_ignore_ascii_case("true") => Read::Value(true),
                _ if text.eq_ignore_ascii_case("false") => Read::Value(false),
                _ => Read::Misfit,
            },
            _ => Read::Misfit,
        }
    }

    fn write_wire(&self, form: Form, out: &mut String) {
        out.push_str(match (self, form) {
            (true, Form::Text) => "\"true\"",
            (false, Form::Text) => "\"false\"",
            (true, Form::Number) => "1",
            (false, Form::Number) => "0",
            (true, _) => "true",
            (false, _) => "false",
        });
    }

    fn write_canonical(&self, out: &mut String) {
        self.write_wire(Form::Plain, out);
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
    }
}
