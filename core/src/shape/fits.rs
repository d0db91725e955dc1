//! Whether a value is of its field's type.

use crate::json::{Policy, Token};
use crate::schema::Kind;
use crate::values::{Amount, Read, Scalar, Time, code, float, id, text};

/// Whether what stands in a reply can be read as a value of this kind, as both drivers read it.
pub(super) fn fits(kind: &Kind, token: &Token<'_>) -> bool {
    fn is<T>(read: Read<T>) -> bool {
        !matches!(read, Read::Misfit)
    }
    let policy = Policy::Reply;
    match kind {
        Kind::Any => true,
        Kind::Amount => is(Amount::read(token, policy)),
        Kind::Bool => is(bool::read(token, policy)),
        Kind::Code(codes) => is(code::read(token, codes.numeric, policy)),
        Kind::Float => is(float::read(token, policy)),
        Kind::Id => is(id::read(token, policy)),
        Kind::Int => is(i64::read(token, policy)),
        Kind::List(_) | Kind::Object(_) => matches!(token, Token::Null | Token::Text("")),
        Kind::Text => is(text::read(token, policy)),
        Kind::Time => is(Time::read(token, policy)),
    }
}
