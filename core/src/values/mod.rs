//! The values that requests and replies are made of, and the one set of rules by which both drivers read them.

pub(crate) mod amount;
pub(crate) mod any;
mod boolean;
pub(crate) mod code;
pub(crate) mod float;
pub(crate) mod id;
pub(crate) mod int;
pub(crate) mod number;
pub(crate) mod text;
mod time;

pub use self::amount::Amount;
pub use self::any::{Any, Extra};
pub use self::code::Code;
pub use self::id::Id;
pub use self::time::Time;

pub(crate) use self::code::codes;

use crate::json::{
    Broken, Context, Fault, Outcome, Path, Policy, Source, Token, list, rewrapped, unescape, write_text,
};
use crate::schema::{Form, Kind};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

/// A type that a field can have.
pub trait Value: Sized {
    /// The kind of value that the tables say it is.
    const KIND: Kind;
    /// Whether a request may leave it out.
    const OPTIONAL: bool = false;

    /// Reads the next value of a document; absent where it is null or does not fit, which the context notes.
    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken>;

    /// Reads the next value of a document into its place, which is left as it is where there is none. Structs are read
    /// where they stay: moving them costs as much as reading them.
    #[doc(hidden)]
    fn decode_into(
        &mut self,
        source: &mut Source<'_>,
        context: &mut Context,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        Ok(match Self::decode(source, context, path)? {
            Some(value) => {
                *self = value;
                self.outcome()
            }
            None => Outcome::Null,
        })
    }

    /// Reads the next value of a document as one more element.
    #[doc(hidden)]
    fn decode_onto(
        elements: &mut Vec<Self>,
        source: &mut Source<'_>,
        context: &mut Context,
        path: &Path<'_>,
    ) -> Result<Outcome, Broken> {
        let Some(element) = Self::decode(source, context, path)? else { return Ok(Outcome::Null) };
        context.charge(size_of::<Self>(), path)?;
        elements.push(element);
        Ok(Outcome::Full)
    }

    /// Writes the value as the wire wants it.
    fn encode(&self, form: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault>;

    /// Writes the value in canonical form.
    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Whether there is something to write.
    fn outcome(&self) -> Outcome {
        Outcome::Full
    }
}

/// What reading a token came to.
pub enum Read<T> {
    /// Nothing.
    Null,
    /// A value.
    Value(T),
    /// Something else.
    Misfit,
}

impl<'a> Read<&'a str> {
    pub(crate) fn into_cow(self) -> Read<Cow<'a, str>> {
        match self {
            Read::Null => Read::Null,
            Read::Value(text) => Read::Value(text.into()),
            Read::Misfit => Read::Misfit,
        }
    }
}

/// A value that is one JSON token.
pub trait Scalar: Sized {
    /// The kind of value that the tables say it is.
    const KIND: Kind;

    /// Reads it from a token. `policy` tells whether another JSON type may stand for it.
    fn read(token: &Token<'_>, policy: Policy) -> Read<Self>;

    /// Writes it as the wire wants it.
    fn write_wire(&self, form: Form, out: &mut String);

    /// Writes it in canonical form.
    fn write_canonical(&self, out: &mut String);

    /// As [`Scalar::write_canonical`], for serde.
    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// What in a reply deserves a warning although it fits: what was expected, and what was found.
    fn caution(&self) -> Option<(&'static str, &'static str)> {
        None
    }
}

/// A value in canonical form, for serde.
pub struct Canonical<'a, T>(pub &'a T);

impl<T: Value> Serialize for Canonical<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.canonical(serializer)
    }
}

impl<T: Scalar> Value for T {
    const KIND: Kind = T::KIND;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        let (token, _) = source.token()?;
        scalar(&token, context, path)
    }

    fn encode(&self, form: Form, out: &mut String, _: &Path<'_>) -> Result<(), Fault> {
        self.write_wire(form, out);
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Scalar::canonical(self, serializer)
    }
}

impl<T: Value> Value for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        Ok(T::decode(source, context, path)?.map(Some))
    }

    fn encode(&self, form: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault> {
        match self {
            Some(value) => value.encode(form, out, path),
            None => {
                out.push_str("null");
                Ok(())
            }
        }
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.canonical(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn outcome(&self) -> Outcome {
        self.as_ref().map_or(Outcome::Null, T::outcome)
    }
}

impl<T: Value> Value for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);

    fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
        if source.peek()? != b'[' {
            return decode_rewrapped(source, context, path);
        }
        let mut elements = Vec::new();
        list(
            source,
            &T::KIND,
            path,
            context,
            |context| context,
            |context, source, path| T::decode_onto(&mut elements, source, context, path),
        )?;
        Ok(Some(elements))
    }

    fn encode(&self, form: Form, out: &mut String, path: &Path<'_>) -> Result<(), Fault> {
        out.push('[');
        for (index, element) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            element.encode(form, out, &Path::Index(path, index))?;
        }
        out.push(']');
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Canonical))
    }

    fn outcome(&self) -> Outcome {
        if self.is_empty() { Outcome::Empty } else { Outcome::Full }
    }
}

/// Reads a list that stands in another wrapping.
#[cold]
#[inline(never)]
fn decode_rewrapped<T: Value>(
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<Vec<T>>, Broken> {
    match rewrapped(source, &Kind::List(&T::KIND), context, path)? {
        Some(json) => Value::decode(&mut source.within(&json), context, path),
        None => Ok(None),
    }
}

/// A reply without data.
impl Value for () {
    const KIND: Kind = Kind::Any;
    const OPTIONAL: bool = true;

    fn decode(source: &mut Source<'_>, _: &mut Context, _: &Path<'_>) -> Result<Option<Self>, Broken> {
        source.token().map(|_| Some(()))
    }

    fn encode(&self, _: Form, out: &mut String, _: &Path<'_>) -> Result<(), Fault> {
        out.push_str("null");
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// Reads a scalar for the typed driver.
pub(crate) fn scalar<T: Scalar>(
    token: &Token<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<T>, Broken> {
    match T::read(token, context.policy()) {
        Read::Value(value) => {
            if let Some((expected, found)) = value.caution().filter(|_| context.policy() == Policy::Reply) {
                context.notice(expected, found, path)?;
            }
            Ok(Some(value))
        }
        Read::Null => Ok(None),
        Read::Misfit => misfit(&T::KIND, token, context, path).map(|()| None),
    }
}

/// Takes note of a token that is none of its kind, in words that say why.
#[cold]
pub(crate) fn misfit(kind: &Kind, token: &Token<'_>, context: &mut Context, path: &Path<'_>) -> Result<(), Broken> {
    match (kind, token) {
        (Kind::Amount, _) if amount::is_too_long(token) => {
            context.notice("an amount of at most 28 digits", "one of more digits", path)
        }
        (Kind::Id | Kind::Code(_), Token::Number(digits)) if digits.contains(['e', 'E', '.']) => {
            context.notice(kind.describe(), "a number with a fraction, or whose last digits may be lost", path)
        }
        _ => context.notice(kind.describe(), token.describe(), path),
    }
}

/// Reads a code for the typed driver.
pub(crate) fn decode_code<'a>(
    kind: &Kind,
    token: &Token<'a>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<Cow<'a, str>>, Broken> {
    let numeric = matches!(kind, Kind::Code(codes) if codes.numeric);
    match code::read(token, numeric, context.policy()) {
        Read::Value(Cow::Borrowed(content)) => Ok(Some(unescape(content))),
        Read::Value(digits) => Ok(Some(digits)),
        Read::Null => Ok(None),
        Read::Misfit => misfit(kind, token, context, path).map(|()| None),
    }
}

/// Writes a code of the typed driver as the wire wants it.
pub(crate) fn encode_code(text: &str, numeric: bool, form: Form, out: &mut String) {
    let mut quoted = String::with_capacity(text.len() + 2);
    write_text(text, &mut quoted);
    code::write_wire(quoted.get(1..quoted.len() - 1).unwrap_or_default(), numeric, form, out);
}

/// Writes a code of the typed driver in canonical form.
pub(crate) fn canonical_code<S: Serializer>(text: &str, numeric: bool, serializer: S) -> Result<S::Ok, S::Error> {
    match text.parse() {
        Ok(number) if numeric && int::is_safe(number) && id::is_integer(text) => serializer.serialize_i64(number),
        _ => serializer.serialize_str(text),
    }
}
