//! The typed driver: reads and writes Rust structs by their tables.

use super::writer::ObjectWriter;
use crate::json::{self, Broken, Context, Fault, Fields, Key, Outcome, Path, Policy, Source, replace_lone_surrogates};
use crate::schema::{Form, Kind, Schema};
use crate::values::{Extra, Value, any};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use serde::Deserializer;
use serde::de::Error;
use serde_json::value::RawValue;

/// A struct with a table; `#[derive(Model)]` writes it.
pub trait Model: Record + Value + Default {
    /// The table.
    const SCHEMA: &'static Schema;
}

/// The fields of a struct by their places in its table. It is a trait of its own so that the walk over an object is
/// compiled once, and not for each struct.
#[doc(hidden)]
pub trait Record {
    /// Reads the field at `index` of the table.
    fn decode_field(&mut self, index: usize, slot: Slot<'_, '_>) -> Result<Outcome, Broken>;

    /// Writes all fields as the wire wants them.
    fn encode_fields(&self, writer: &mut ObjectWriter<'_, '_>) -> Result<(), Fault>;

    /// Where fields are kept that the table does not list, if they are.
    fn extra(&mut self) -> Option<&mut Extra> {
        None
    }
}

/// The place in a document from which a field is read.
#[doc(hidden)]
pub struct Slot<'a, 's> {
    source: &'a mut Source<'s>,
    form: Form,
    context: &'a mut Context,
    path: &'a Path<'a>,
}

impl Slot<'_, '_> {
    /// Reads the value into `target`, which is left as it is where there is none.
    pub fn read<T: Value>(self, target: &mut T) -> Result<Outcome, Broken> {
        if self.form != Form::Embedded {
            return target.decode_into(self.source, self.context, self.path);
        }
        let Some(value) = decode_embedded(self.source, self.context, self.path)? else { return Ok(Outcome::Null) };
        *target = value;
        Ok(target.outcome())
    }
}

/// Reads a struct; absent where the value is null or no object.
#[doc(hidden)]
pub fn decode_model<T: Model>(
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Option<T>, Broken> {
    let mut model = T::default();
    Ok((decode_record(&mut model, T::SCHEMA, source, context, path)? == Outcome::Full).then_some(model))
}

/// Reads a struct into its place.
#[doc(hidden)]
pub fn decode_record(
    record: &mut dyn Record,
    schema: &'static Schema,
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Outcome, Broken> {
    if source.peek()? != b'{' {
        return decode_rewrapped(record, schema, source, context, path);
    }
    json::fields(source, schema, path, &mut Typed { schema, record, context })?;
    Ok(Outcome::Full)
}

/// Reads a struct that stands in another wrapping. It is kept out of what reads structs as they should be.
#[cold]
#[inline(never)]
fn decode_rewrapped(
    record: &mut dyn Record,
    schema: &'static Schema,
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Outcome, Broken> {
    match json::rewrapped(source, &Kind::Object(schema), context, path)? {
        Some(json) => decode_record(record, schema, &mut source.within(&json), context, path),
        None => Ok(Outcome::Null),
    }
}

/// Reads a struct as one more element.
#[doc(hidden)]
pub fn decode_element<T: Model>(
    elements: &mut Vec<T>,
    source: &mut Source<'_>,
    context: &mut Context,
    path: &Path<'_>,
) -> Result<Outcome, Broken> {
    elements.push(T::default());
    let Some(element) = elements.last_mut() else { return Ok(Outcome::Null) };
    let outcome = decode_record(element, T::SCHEMA, source, context, path)?;
    if outcome == Outcome::Null {
        elements.pop();
    } else {
        context.charge(size_of::<T>(), path)?;
    }
    Ok(outcome)
}

struct Typed<'a> {
    schema: &'static Schema,
    record: &'a mut dyn Record,
    context: &'a mut Context,
}

impl Fields for Typed<'_> {
    fn context(&mut self) -> &mut Context {
        self.context
    }

    fn field(&mut self, source: &mut Source<'_>, index: usize, _: Key, path: &Path<'_>) -> Result<Outcome, Broken> {
        let form = self.schema.fields[index].form;
        self.record.decode_field(index, Slot { source, form, context: self.context, path })
    }

    fn extra(&mut self, source: &mut Source<'_>, name: &str, path: &Path<'_>) -> Result<(), Broken> {
        let Some(kept) = self.record.extra() else { return source.token().map(drop) };
        if let Some(value) = any::read(source, self.context, path)? {
            kept.insert(name.to_string(), value);
        }
        Ok(())
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
    let noticed = context.noticed();
    let read = match from_text(&json, context, path) {
        Err(error) if error.may_be_mended() && context.policy() == Policy::Reply => {
            context.forget(noticed);
            json::mend(&json).map_or(Err(error), |mended| {
                context.notice("JSON in a string", "text that had to be mended", path)?;
                from_text(&mended.text, context, path)
            })
        }
        read => read,
    };
    match read {
        Err(error) if context.has_fault() => Err(error),
        Err(_) => {
            context.forget(noticed);
            context.notice("JSON in a string", "text that is not JSON", path).map(|()| None)
        }
        Ok(value) => Ok(value),
    }
}

/// Reads a struct from canonical or wire JSON.
pub fn from_json<T: Model>(json: &str, policy: Policy) -> Result<T, Fault> {
    let json = replace_lone_surrogates(json);
    let mut context = Context::new(policy, json.len());
    match from_text(&json, &mut context, &Path::Root) {
        Ok(Some(model)) => Ok(model),
        Ok(None) => Err(Fault::at(&Path::Root, "expected an object")),
        Err(error) => Err(context.take_fault().unwrap_or_else(|| Fault::at(&Path::Root, error.explain(&json)))),
    }
}

/// Reads a struct for serde, from serde_json's deserializers. The text of numbers is needed, which others do not have.
#[doc(hidden)]
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
    let text = json::unescape(content);
    (!text.trim().is_empty()).then_some(text)
}
