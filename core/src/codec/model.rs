//! The typed driver: reads and writes Rust structs by their tables.

use super::expect::Expect;
use super::{Context, Fault, ObjectWriter, Outcome, Path, Policy};
use crate::schema::{Field, Form, Schema};
use crate::values::{Further, Value, text, unescape};
use ::core::fmt;
use ::core::marker::PhantomData;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A struct with a table; `#[derive(Model)]` writes it.
pub trait Model: Value + Default {
    /// The table.
    const SCHEMA: &'static Schema;

    /// Reads the field at `index` of the table.
    fn decode_field<'de, A: MapAccess<'de>>(&mut self, index: usize, slot: Slot<'_, A>) -> Result<Outcome, A::Error>;

    /// Writes all fields as the wire wants them.
    fn encode_fields(&self, writer: &mut ObjectWriter<'_, '_>) -> Result<(), Fault>;

    /// Where fields are kept that the table does not list, if they are.
    fn further(&mut self) -> Option<&mut Further> {
        None
    }
}

/// The place in a document from which a field is read.
pub struct Slot<'a, A> {
    map: &'a mut A,
    field: &'static Field,
    context: &'a mut Context,
    path: &'a Path<'a>,
}

impl<'de, A: MapAccess<'de>> Slot<'_, A> {
    /// Reads the value into `target`, which is left as it is where there is none.
    pub fn read<T: Value>(self, target: &mut T) -> Result<Outcome, A::Error> {
        let path = Path::Field(self.path, self.field.name());
        let embedded = self.field.form == Form::Embedded;
        let seed = ValueSeed { context: self.context, path: &path, embedded, value: PhantomData };
        Ok(match self.map.next_value_seed(seed)? {
            Some(value) => {
                *target = value;
                target.outcome()
            }
            None => Outcome::Null,
        })
    }
}

/// Reads a struct; absent where the value is null or no object.
pub fn decode_model<'de, T: Model, D: Deserializer<'de>>(
    deserializer: D,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<T>, D::Error> {
    ObjectOf { context, path, model: PhantomData }.read(deserializer)
}

/// Reads a struct from canonical or wire JSON.
pub fn from_json<T: Model>(json: &str, policy: Policy) -> Result<T, Fault> {
    let json = text::mend(json);
    let mut context = Context::new(policy, json.len());
    match from_text(&json, &mut context, &Path::Root) {
        Ok(Some(model)) => Ok(model),
        Ok(None) => Err(Fault::at(&Path::Root, "expected an object")),
        Err(error) => Err(context.take_fault().unwrap_or_else(|| Fault::at(&Path::Root, error.to_string()))),
    }
}

/// Reads a struct for serde, from serde_json's deserializers. The text of numbers is needed, which others do not have.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D, policy: Policy) -> Result<T, D::Error> {
    let raw: Box<RawValue> = serde::Deserialize::deserialize(deserializer)?;
    from_json(raw.get(), policy).map_err(|fault| D::Error::custom(format!("{} {}", fault.path, fault.reason)))
}

/// Reads a value from a JSON text of its own.
fn from_text<T: Value>(json: &str, context: &mut Context, path: &Path<'_>) -> Result<Option<T>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = T::decode(&mut deserializer, context, path)?;
    deserializer.end()?;
    Ok(value)
}

/// The name of a field, found in the table.
pub(crate) enum Key {
    Known(usize),
    Unknown(String),
}

pub(crate) struct KeySeed {
    pub(crate) schema: &'static Schema,
    pub(crate) previous: Option<usize>,
}

struct ValueSeed<'a, T> {
    context: &'a mut Context,
    path: &'a Path<'a>,
    embedded: bool,
    value: PhantomData<T>,
}

struct ObjectOf<'a, T> {
    context: &'a mut Context,
    path: &'a Path<'a>,
    model: PhantomData<T>,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        Ok(match self.schema.position(key, self.previous) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(key.to_string()),
        })
    }
}

impl<'de, T: Value> DeserializeSeed<'de> for ValueSeed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if !self.embedded {
            return T::decode(deserializer, self.context, self.path);
        }
        let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
        let Some(json) = embedded_text(raw.get()) else { return Ok(None) };
        match from_text(&json, self.context, self.path) {
            Ok(value) => Ok(value),
            Err(error) => {
                embedded_failed(self.context, self.path, &error)?;
                Ok(None)
            }
        }
    }
}

/// The JSON text of a field that may hold it as a string; absent where the string is empty.
pub(crate) fn embedded_text(raw: &str) -> Option<alloc::borrow::Cow<'_, str>> {
    let Some(content) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Some(raw.into());
    };
    let text = unescape(content);
    (!text.trim().is_empty()).then_some(text)
}

/// Takes note of a string that holds no JSON, and passes a refusal on.
pub(crate) fn embedded_failed<E: Error>(
    context: &mut Context,
    path: &Path<'_>,
    error: &serde_json::Error,
) -> Result<(), E> {
    if context.has_fault() {
        return Err(E::custom(error));
    }
    context.notice("JSON in a string", "text that is not JSON", path)
}

impl<'de, T: Model> Expect<'de> for ObjectOf<'_, T> {
    type Value = Option<T>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let schema = T::SCHEMA;
        let (context, path) = (self.context, self.path);
        let mut model = T::default();
        let mut seen = Seen::default();
        let mut further = FurtherNames::default();
        let mut previous = None;
        while let Some(key) = map.next_key_seed(KeySeed { schema, previous })? {
            match key {
                Key::Known(index) if seen.has(index) => {
                    map.next_value::<IgnoredAny>()?;
                    repeated(context, path, &schema.fields[index])?;
                }
                Key::Known(index) => {
                    previous = Some(index);
                    let field = &schema.fields[index];
                    let slot = Slot { map: &mut map, field, context, path };
                    let outcome = model.decode_field(index, slot)?;
                    seen.mark(index, outcome);
                }
                Key::Unknown(key) => {
                    further.take(context, path, schema, &key)?;
                    let value = map.next_value::<&RawValue>()?;
                    if let Some(kept) = model.further() {
                        let path = Path::Field(path, &key);
                        if let crate::values::Read::Value(value) = crate::values::any::read(value.get(), context, &path)
                        {
                            kept.insert(key, value);
                        }
                    }
                }
            }
        }
        seen.check(context, path, schema)?;
        Ok(Some(model))
    }

    fn null<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn text<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.context.no_text("an object", text, self.path).map(|()| None)
    }

    fn other<E: Error>(self, found: &'static str) -> Result<Self::Value, E> {
        self.context.notice("an object", found, self.path).map(|()| None)
    }
}

/// Which fields of an object have been read, and with what outcome.
#[derive(Default)]
pub(crate) struct Seen {
    any: u128,
    full: u128,
    empty: u128,
}

impl Seen {
    #[inline(always)]
    pub(crate) fn has(&self, index: usize) -> bool {
        self.any & bit(index) != 0
    }

    #[inline(always)]
    pub(crate) fn mark(&mut self, index: usize, outcome: Outcome) {
        let bit = bit(index);
        self.any |= bit;
        match outcome {
            Outcome::Full => self.full |= bit,
            Outcome::Empty => self.empty |= bit,
            Outcome::Null => {}
        }
    }

    /// Refuses a request that lacks a required field.
    pub(crate) fn check<E: Error>(&self, context: &mut Context, path: &Path<'_>, schema: &Schema) -> Result<(), E> {
        if context.policy() == Policy::Reply {
            return Ok(());
        }
        for (index, field) in schema.fields.iter().enumerate() {
            if field.required && self.full >> index & 1 == 0 {
                let reason = if self.empty >> index & 1 == 1 { EMPTY } else { MISSING };
                return Err(context.refuse(&Path::Field(path, field.name()), reason));
            }
        }
        Ok(())
    }
}

/// The bit of a field. No machine shifts 128 bits by a variable at once.
#[inline(always)]
fn bit(index: usize) -> u128 {
    let half = u128::from(1u64 << (index & 63));
    if index < 64 { half } else { half << 64 }
}

/// Why a request without a required field is refused.
pub(crate) const MISSING: &str = "is required";
/// Why a request with an empty required field is refused.
pub(crate) const EMPTY: &str = "must not be empty";

/// Takes note of a field that stands twice in an object; the first one counts.
pub(crate) fn repeated<E: Error>(context: &mut Context, path: &Path<'_>, field: &Field) -> Result<(), E> {
    context.notice("one value", "a second one, which is left out", &Path::Field(path, field.name()))
}

/// The names of a request's further fields, which the table does not list.
#[derive(Default)]
pub(crate) struct FurtherNames(Vec<String>);

/// Further fields of one request: they are compared with each other, one by one.
const MOST_FURTHER: usize = 1000;

impl FurtherNames {
    /// Refuses a field that a request cannot have, or has twice. Replies may have any.
    pub(crate) fn take<E: Error>(
        &mut self,
        context: &mut Context,
        path: &Path<'_>,
        schema: &Schema,
        key: &str,
    ) -> Result<(), E> {
        if context.policy() == Policy::Reply {
            return Ok(());
        }
        if !schema.further {
            return Err(context.refuse(&Path::Field(path, key), unknown_reason(schema, key)));
        }
        if self.0.iter().any(|known| known == key) {
            return Err(context.refuse(&Path::Field(path, key), "stands twice"));
        }
        if self.0.len() == MOST_FURTHER {
            return Err(context.refuse(&Path::Field(path, key), "is one of too many fields that are not listed"));
        }
        self.0.push(key.to_string());
        Ok(())
    }
}

/// Names the field that was probably meant.
fn unknown_reason(schema: &Schema, key: &str) -> String {
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    if let Some(field) = schema.fields.iter().find(|field| plain(field.name()) == plain(key)) {
        return format!("is not a field of {}; did you mean `{}`?", schema.name, field.name());
    }
    if schema.fields.is_empty() {
        return format!("is not a field of {}, which has none", schema.name);
    }
    let names: Vec<&str> = schema.fields.iter().map(|field| field.name()).collect();
    format!("is not a field of {}, which has: {}", schema.name, names.join(", "))
}
