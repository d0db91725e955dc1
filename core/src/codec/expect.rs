//! What a reader does with each type of JSON value, where only one or two of them fit.

use ::core::fmt;
use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A reader of one value, whatever its type. Serde's own visitors answer a wrong type with an error that tells the
/// value, which costs a reply for a field, and brings the printing of floating-point numbers into small programs.
pub(crate) trait Expect<'de>: Sized {
    /// What it reads.
    type Value;

    /// Takes note of a value of another type.
    fn other<E: Error>(self, found: &'static str) -> Result<Self::Value, E>;

    /// Reads null.
    fn null<E: Error>(self) -> Result<Self::Value, E> {
        self.other("null")
    }

    /// Reads text.
    fn text<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        self.other("text")
    }

    /// Reads a list.
    fn list<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.other("a list")
    }

    /// Reads an object.
    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.other("an object")
    }

    /// Reads the next value of a document.
    fn read<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(AnyType(self))
    }
}

struct AnyType<X>(X);

impl<'de, X: Expect<'de>> Visitor<'de> for AnyType<X> {
    type Value = X::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<X::Value, E> {
        self.0.null()
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<X::Value, E> {
        self.0.other("true or false")
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<X::Value, E> {
        self.0.other("a number")
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<X::Value, E> {
        self.0.other("a number")
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<X::Value, E> {
        self.0.other("a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<X::Value, E> {
        self.0.text(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<X::Value, A::Error> {
        self.0.list(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<X::Value, A::Error> {
        self.0.object(map)
    }
}
