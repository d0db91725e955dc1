//! The typed driver: reads and writes Rust structs by their tables.

use super::json::{Broken, Next, Source};
use super::{Context, Fault, ObjectWriter, Outcome, Path, Policy, Token};
use crate::schema::{Field, Form, Schema};
use crate::values::{Further, Read, Value, any, text, unescape};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Deserializer;
use serde::de::Error;
use serde_json::value::RawValue;

/// A struct with a table; `#[derive(Model)]` writes it.
pub trait Model: Value + Default {
    /// The table.
    const SCHEMA: &'static Schema;

    /// Reads the field at `index` of the table.
    fn decode_field(&mut self, index: usize, slot: Slot<'_, '_>) -> Result<Outcome, Broken>;

    /// Writes all fields as the wire wants them.
    fn encode_fields(&self, writer: &mut ObjectWriter<'_, '_>) -> Result<(), Fault>;

    /// Where fields are kept that the table does not list, if they are.
    fn further(&mut self) -> Option<&mut Further> {
        None
    }
}

/// The place in a document from which a field is read.
pub struct Slot<'a, 's> {
    source: &'a mut Source<'s>,
    field: &'static Field,
    context: &'a mut Context,
    path: &'a Path<'a>,
}

impl Slot<'_, '_> {
    /// Reads the value into `target`, which is left as it is where there is none.
    pub fn read<T: Value>(self, target: &mut T) -> Result<Outcome, Broken> {
        let path = Path::Field(self.path, self.field.name());
        let value = match self.field.form {
            Form::Embedded => decode_embedded(self.source, self.context, &path)?,
            _ => T::decode(self.source, self.context, &path)?,
        };
        Ok(match value {
            Some(value) => {
                *target = value;
                target.outcome()
            }
            None => Outcome::Null,
        })
    }
}

/// Reads a struct; absent where the value is null or no object.
pub fn decode_model<T: Model>(
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<T>, Broken> {
    if source.peek()? != b'{' {
        return unfit(source, "an object", context, path).map(|()| None);
    }
    let schema = T::SCHEMA;
    source.open()?;
    let mut model = T::default();
    let mut seen = Seen::default();
    let mut further = FurtherNames::default();
    let mut previous = None;
    let mut begun = false;
    while source.next(!begun, b'}')? == Next::More {
        begun = true;
        let predicted = predicted(source, schema, previous);
        let name = if predicted.is_some() { Cow::Borrowed("") } else { source.key()? };
        let known = predicted.or_else(|| schema.position(&name, previous));
        source.colon()?;
        match known {
            Some(index) if seen.has(index) => {
                source.token()?;
                repeated::<Broken>(context, path, &schema.fields[index])?;
            }
            Some(index) => {
                previous = Some(index);
                let slot = Slot { source, field: &schema.fields[index], context, path };
                let outcome = model.decode_field(index, slot)?;
                seen.mark(index, outcome);
            }
            None => {
                further.take::<Broken>(context, path, schema, &name)?;
                let (_, span) = source.token()?;
                if let Some(kept) = model.further() {
                    let path = Path::Field(path, &name);
                    if let Read::Value(value) = any::read(source.get(span), context, &path) {
                        kept.insert(name.into_owned(), value);
                    }
                }
            }
        }
    }
    seen.check::<Broken>(context, path, schema)?;
    Ok(Some(model))
}

/// The field whose key comes next, if it is the one that follows the previous one in the table.
#[inline(always)]
pub(crate) fn predicted(source: &mut Source<'_>, schema: &'static Schema, previous: Option<usize>) -> Option<usize> {
    let next = previous.map_or(0, |previous| previous + 1);
    let field = schema.fields.get(next)?;
    source.takes_key(field.wire()).then_some(next)
}

/// Reads what stands where an object or a list should.
pub(crate) fn unfit(
    source: &mut Source<'_>,
    expected: &'static str,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<(), Broken> {
    let (token, _) = source.token()?;
    match token {
        Token::Null => Ok(()),
        Token::Text(text) => context.no_text(expected, text, path),
        Token::Bool(_) => context.notice(expected, "true or false", path),
        Token::Number(_) => context.notice(expected, "a number", path),
        Token::List(_) => context.notice(expected, "a list", path),
        Token::Object(_) => context.notice(expected, "an object", path),
    }
}

/// Reads a value that the wire holds as a string with JSON text.
fn decode_embedded<T: Value>(
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<T>, Broken> {
    let (_, span) = source.token()?;
    let Some(json) = embedded_text(source.get(span)) else { return Ok(None) };
    match from_text(&json, context, path) {
        Err(error) if context.has_fault() => Err(error),
        Err(_) => context.notice("JSON in a string", "text that is not JSON", path).map(|()| None),
        Ok(value) => Ok(value),
    }
}

/// Reads a struct from canonical or wire JSON.
pub fn from_json<T: Model>(json: &str, policy: Policy) -> Result<T, Fault> {
    let json = text::mend(json);
    let mut context = Context::new(policy, json.len());
    match from_text(&json, &mut context, &Path::Root) {
        Ok(Some(model)) => Ok(model),
        Ok(None) => Err(Fault::at(&Path::Root, "expected an object")),
        Err(error) => Err(context.take_fault().unwrap_or_else(|| Fault::at(&Path::Root, error.explain(&json)))),
    }
}

/// Reads a struct for serde, from serde_json's deserializers. The text of numbers is needed, which others do not have.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D, policy: Policy) -> Result<T, D::Error> {
    let raw: Box<RawValue> = serde::Deserialize::deserialize(deserializer)?;
    from_json(raw.get(), policy).map_err(|fault| D::Error::custom(format!("{} {}", fault.path, fault.reason)))
}

/// Reads a value from a JSON text of its own.
fn from_text<T: Value>(json: &str, context: &mut Context, path: &Path<'_>) -> Result<Option<T>, Broken> {
    let mut source = Source::new(json);
    let value = T::decode(&mut source, context, path)?;
    source.end()?;
    Ok(value)
}

/// The JSON text of a field that may hold it as a string; absent where the string is empty.
pub(crate) fn embedded_text(raw: &str) -> Option<Cow<'_, str>> {
    let Some(content) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Some(raw.into());
    };
    let text = unescape(content);
    (!text.trim().is_empty()).then_some(text)
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
