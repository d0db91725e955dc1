//! The way through an object or a list by its table: which field comes next, what stands twice, what is missing. Both
//! readers take it, and say what becomes of each value.

use super::source::{Broken, Next, Source, Span};
use super::{Context, Path, Policy};
use crate::error::Warning;
use crate::schema::{Field, Kind, Schema};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What reading or writing one value came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A value.
    Full,
    /// A value without content: an empty id, text or list.
    Empty,
    /// No value.
    Null,
}

/// What a reader does with the values of an object.
pub(crate) trait Fields {
    /// The state of the run.
    fn context(&mut self) -> &mut Context;

    /// Reads the value of the field at `index` of the table.
    fn field(&mut self, source: &mut Source<'_>, index: usize, key: Key, path: &Path<'_>) -> Result<Outcome, Broken>;

    /// Reads the value of a field that the table does not list.
    fn extra(&mut self, source: &mut Source<'_>, name: &str, path: &Path<'_>) -> Result<(), Broken>;
}

/// How a field's name is written in the document.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    /// The name with its quotes.
    pub(crate) quoted: Span,
    /// Whether it is the field that follows in the table, written as the platform writes it.
    pub(crate) predicted: bool,
}

/// Why a request without a required field is refused.
pub(crate) const MISSING: &str = "is required";
/// Why a request with an empty required field is refused.
pub(crate) const EMPTY: &str = "must not be empty";

/// Extra fields of one request: they are compared with each other, one by one.
const MOST_EXTRA: usize = 1000;

/// Walks the object that begins here. Of a field that stands twice, the first one counts.
#[inline(always)]
pub(crate) fn fields(
    source: &mut Source<'_>,
    schema: &'static Schema,
    path: &Path<'_>,
    reader: &mut (impl Fields + ?Sized),
) -> Result<(), Broken> {
    source.open()?;
    let mut seen = Seen::default();
    let mut extra = ExtraNames::default();
    let mut previous = None;
    let mut first = true;
    while source.next(first, b'}')? == Next::More {
        first = false;
        let start = source.position();
        // Platforms write fields in the order of the table: most names are known by one comparison, without being read.
        let (index, key) = if let Some(index) = predicted(source, schema, previous) {
            let quoted = Span { start, end: source.position() };
            source.colon()?;
            (index, Key { quoted, predicted: true })
        } else if let Some((index, quoted)) = named(source, schema, previous, path, reader, &mut extra)? {
            (index, Key { quoted, predicted: false })
        } else {
            continue;
        };
        let path = Path::Field(path, schema.fields[index].name());
        if seen.has(index) {
            source.token()?;
            reader.context().notice("one value", "a second one, which is left out", &path)?;
            continue;
        }
        previous = Some(index);
        let outcome = reader.field(source, index, key, &path)?;
        seen.mark(index, outcome);
    }
    seen.check(reader.context(), path, schema)?;
    if !extra.0.is_empty() {
        extra.doubt(reader.context(), schema, &seen);
    }
    Ok(())
}

/// Reads the key that comes next. What the table does not list is read with its value. It is kept out of the loop, whose
/// registers it would take.
#[inline(never)]
fn named(
    source: &mut Source<'_>,
    schema: &'static Schema,
    previous: Option<usize>,
    path: &Path<'_>,
    reader: &mut (impl Fields + ?Sized),
    extra: &mut ExtraNames,
) -> Result<Option<(usize, Span)>, Broken> {
    let start = source.position();
    let name = source.key()?;
    let quoted = Span { start, end: source.position() };
    source.colon()?;
    let mut known = schema.position(&name, previous);
    if known.is_none() && reader.context().policy() == Policy::Reply {
        known = schema.in_snake_case(&name);
    }
    if let Some(index) = known {
        return Ok(Some((index, quoted)));
    }
    extra.take(reader.context(), path, schema, &name)?;
    reader.extra(source, &name, &Path::Field(path, &name))?;
    Ok(None)
}

/// Walks the list that begins here. `read` gives what its element came to; those that are null or do not fit are left
/// out, with a warning, so that hosts need no holes.
#[inline(always)]
pub(crate) fn list<C>(
    source: &mut Source<'_>,
    kind: &Kind,
    path: &Path<'_>,
    reader: &mut C,
    context: fn(&mut C) -> &mut Context,
    mut read: impl FnMut(&mut C, &mut Source<'_>, &Path<'_>) -> Result<Outcome, Broken>,
) -> Result<(), Broken> {
    source.open()?;
    let mut index = 0;
    while source.next(index == 0, b']')? == Next::More {
        let path = Path::Index(path, index);
        index += 1;
        // A misfit has noted itself; a null is noted here.
        let noticed = context(reader).noticed();
        if read(reader, source, &path)? == Outcome::Null && context(reader).noticed() == noticed {
            context(reader).misfit(kind, "null", &path)?;
        }
    }
    Ok(())
}

/// The field whose key comes next, if it is the one that follows the previous one in the table.
#[inline(always)]
fn predicted(source: &mut Source<'_>, schema: &'static Schema, previous: Option<usize>) -> Option<usize> {
    let next = previous.map_or(0, |previous| previous + 1);
    let field = schema.fields.get(next)?;
    source.takes_key(field.wire()).then_some(next)
}

/// Which fields of an object have been read, and with what outcome.
#[derive(Default)]
struct Seen {
    any: u128,
    full: u128,
    empty: u128,
}

impl Seen {
    #[inline(always)]
    fn has(&self, index: usize) -> bool {
        self.any & bit(index) != 0
    }

    #[inline(always)]
    fn mark(&mut self, index: usize, outcome: Outcome) {
        let bit = bit(index);
        self.any |= bit;
        match outcome {
            Outcome::Full => self.full |= bit,
            Outcome::Empty => self.empty |= bit,
            Outcome::Null => {}
        }
    }

    /// Refuses a request that lacks a required field.
    fn check(&self, context: &mut Context, path: &Path<'_>, schema: &Schema) -> Result<(), Broken> {
        if !context.is_whole() {
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
pub(crate) fn bit(index: usize) -> u128 {
    let half = u128::from(1u64 << (index & 63));
    if index < 64 { half } else { half << 64 }
}

/// How the paths of warnings begin that are about the request. Those of others begin with `data`, or name a part of the reply.
pub(crate) const OF_REQUEST: &str = "request.";

/// The names of a request's extra fields, which the table does not list.
#[derive(Default)]
struct ExtraNames(Vec<String>);

impl ExtraNames {
    /// Refuses a field that a request cannot have, or has twice. Replies may have any.
    fn take(&mut self, context: &mut Context, path: &Path<'_>, schema: &Schema, name: &str) -> Result<(), Broken> {
        if context.policy() == Policy::Reply {
            return Ok(());
        }
        if !schema.extra {
            return Err(context.refuse(&Path::Field(path, name), unknown_field(schema, name)));
        }
        if self.0.iter().any(|known| known == name) {
            return Err(context.refuse(&Path::Field(path, name), "stands twice"));
        }
        if self.0.len() == MOST_EXTRA {
            return Err(context.refuse(&Path::Field(path, name), "is one of too many fields that are not listed"));
        }
        self.0.push(name.to_string());
        Ok(())
    }

    /// Warns of names that are nearly those of fields without a value. They are sent: the table may not list all.
    #[cold]
    #[inline(never)]
    fn doubt(&self, context: &mut Context, schema: &'static Schema, seen: &Seen) {
        self.0
            .iter()
            .filter_map(|name| doubt(schema, name, seen.full | seen.empty))
            .for_each(|doubt| context.warn(doubt));
    }
}

/// The warning of an extra field of a request that was probably meant for a field that has no value; `present` has the bits
/// of those that have one.
#[cold]
pub(crate) fn doubt(schema: &'static Schema, name: &str, present: u128) -> Option<Warning> {
    let expected = crate::nearest::nearest(name, schema.fields.iter().map(Field::name))?;
    let is_absent = present & bit(schema.position(expected, None)?) == 0;
    let path = [OF_REQUEST, name].concat();
    is_absent.then_some(Warning { path, expected, found: "a field that is not listed" })
}

/// Names the field that was probably meant, or all of them.
#[cold]
fn unknown_field(schema: &Schema, name: &str) -> String {
    let names = schema.fields.iter().map(Field::name);
    if let Some(near) = crate::nearest::nearest(name, names.clone()) {
        return format!("is no field here; did you mean `{near}`?");
    }
    if schema.fields.is_empty() {
        return "is no field here: there are none".to_string();
    }
    format!("is no field here; there are: {}", names.collect::<Vec<_>>().join(", "))
}
