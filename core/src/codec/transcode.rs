//! The table-driven driver: rewrites JSON text from one form into the other, value by value, without a tree.

use super::encode::Router;
use super::expect::Expect;
use super::model::{self, FurtherNames, Key, KeySeed, Seen, embedded_failed, embedded_text};
use super::writer::{embed, write_key, write_plain_key, write_quoted};
use super::{Context, Outcome, Path, Policy, Token};
use crate::schema::{Form, Kind, Schema};
use crate::values::{Amount, Read, Scalar, Time, any, code, float, id, text};
use alloc::string::String;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess};
use serde_json::value::RawValue;

/// Which form is written. Both are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// What the platform takes.
    Wire,
    /// What hosts take.
    Canonical,
}

/// What a run writes to and keeps.
pub(crate) struct Run<'r> {
    pub(crate) to: To,
    pub(crate) out: String,
    pub(crate) context: Context,
    pub(crate) router: Option<Router<'r>>,
}

/// Rewrites one value. Where there is none, it writes null.
pub(crate) struct Transcode<'a, 'r> {
    pub(crate) run: &'a mut Run<'r>,
    pub(crate) kind: &'static Kind,
    pub(crate) form: Form,
    pub(crate) path: &'a Path<'a>,
}

impl Run<'_> {
    /// Rewrites a whole document.
    pub(crate) fn document(
        &mut self,
        json: &str,
        kind: &'static Kind,
        form: Form,
        path: &Path<'_>,
    ) -> serde_json::Result<Outcome> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let outcome = Transcode { run: self, kind, form, path }.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(outcome)
    }

    /// Rewrites a request, whose fields may go into the path or the query string.
    pub(crate) fn object(&mut self, json: &str, schema: &'static Schema) -> serde_json::Result<()> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let inside = Inside { run: self, path: &Path::Root, form: Form::Plain };
        ObjectInside(inside, schema).read(&mut deserializer)?;
        deserializer.end()
    }

    /// How strictly to read a value: where the wire writes a number as text, text is the right type for it.
    fn policy(&self, form: Form) -> Policy {
        match (self.to, form) {
            (To::Canonical, Form::Text | Form::Number) => Policy::Reply,
            _ => self.context.policy(),
        }
    }

    fn null(&mut self) -> Outcome {
        self.out.push_str("null");
        Outcome::Null
    }

    fn misfit<E: Error>(&mut self, kind: &Kind, token: &Token<'_>, path: &Path<'_>) -> Result<Outcome, E> {
        self.context.misfit(kind, token.describe(), path)?;
        Ok(self.null())
    }

    fn scalar<T: Scalar, E: Error>(
        &mut self,
        token: &Token<'_>,
        kind: &Kind,
        form: Form,
        path: &Path<'_>,
    ) -> Result<Outcome, E> {
        match T::read(token, self.policy(form)) {
            Read::Value(value) => {
                match self.to {
                    To::Wire => value.write_wire(form, &mut self.out),
                    To::Canonical => value.write_canonical(&mut self.out),
                }
                if let Some((expected, found)) = value.caution().filter(|_| self.context.policy() == Policy::Reply) {
                    self.context.notice(expected, found, path)?;
                }
                Ok(Outcome::Full)
            }
            Read::Null => Ok(self.null()),
            Read::Misfit => self.misfit(kind, token, path),
        }
    }

    fn content<E: Error>(&mut self, token: &Token<'_>, kind: &Kind, form: Form, path: &Path<'_>) -> Result<Outcome, E> {
        let policy = self.policy(form);
        let read = match kind {
            Kind::Id => id::read(token, policy),
            Kind::Code(_) => code::read(token, policy),
            Kind::Float => float::read(token, policy),
            _ => text::read(token, policy),
        };
        let content = match read {
            Read::Value(content) => content,
            Read::Null => return Ok(self.null()),
            Read::Misfit => return self.misfit(kind, token, path),
        };
        match (kind, self.to) {
            (Kind::Float, To::Wire) => float::write_wire(content, form, &mut self.out),
            (Kind::Float, To::Canonical) => self.out.push_str(content),
            (Kind::Code(codes), To::Wire) => code::write_wire(content, codes.numeric, form, &mut self.out),
            (Kind::Code(codes), To::Canonical) => code::write_canonical(content, codes.numeric, &mut self.out),
            (Kind::Id, To::Wire) if content.is_empty() => write_quoted(content, &mut self.out),
            (Kind::Id, To::Wire) if !id::write_wire(content, form, &mut self.out) => {
                return Err(self.context.refuse(path, id::NOT_DIGITS));
            }
            (Kind::Id, To::Wire) => {}
            _ => write_quoted(content, &mut self.out),
        }
        let says_nothing = content.is_empty() && matches!(kind, Kind::Id | Kind::Code(_));
        Ok(if says_nothing { Outcome::Empty } else { Outcome::Full })
    }

    fn any(&mut self, json: &str, path: &Path<'_>) -> Outcome {
        if json == "null" {
            return self.null();
        }
        match self.to {
            To::Wire => any::write_compact(json, &mut self.out),
            To::Canonical => {
                if !any::write_canonical(json, &mut self.out) {
                    self.context.warn(any::too_deep(path));
                }
            }
        }
        Outcome::Full
    }

    /// Rewrites a value that the wire holds as a string with JSON text.
    fn embedded<E: Error>(&mut self, raw: &str, kind: &'static Kind, path: &Path<'_>) -> Result<Outcome, E> {
        let Some(json) = embedded_text(raw) else { return Ok(self.null()) };
        let start = self.out.len();
        match self.document(&json, kind, Form::Plain, path) {
            Ok(outcome) => {
                if self.to == To::Wire && outcome != Outcome::Null {
                    embed(&mut self.out, start);
                }
                Ok(outcome)
            }
            Err(error) => {
                self.out.truncate(start);
                embedded_failed(&mut self.context, path, &error)?;
                Ok(self.null())
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Transcode<'_, '_> {
    type Value = Outcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        let Self { run, kind, form, path } = self;
        if form == Form::Embedded {
            let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
            return run.embedded(raw.get(), kind, path);
        }
        match kind {
            Kind::Object(schema) => ObjectInside(Inside { run, path, form }, schema).read(deserializer),
            Kind::List(element) => ListInside(Inside { run, path, form }, element).read(deserializer),
            Kind::Any => {
                let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
                Ok(run.any(raw.get(), path))
            }
            _ => {
                let token = Token::next(deserializer)?;
                match kind {
                    Kind::Amount => run.scalar::<Amount, _>(&token, kind, form, path),
                    Kind::Bool => run.scalar::<bool, _>(&token, kind, form, path),
                    Kind::Int => run.scalar::<i64, _>(&token, kind, form, path),
                    Kind::Time => run.scalar::<Time, _>(&token, kind, form, path),
                    _ => run.content(&token, kind, form, path),
                }
            }
        }
    }
}

/// Where a visitor of an object or list stands.
struct Inside<'a, 'r> {
    run: &'a mut Run<'r>,
    path: &'a Path<'a>,
    form: Form,
}

struct ObjectInside<'a, 'r>(Inside<'a, 'r>, &'static Schema);

struct ListInside<'a, 'r>(Inside<'a, 'r>, &'static Kind);

impl<'de> Expect<'de> for ObjectInside<'_, '_> {
    type Value = Outcome;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Outcome, A::Error> {
        let Self(Inside { run, path, .. }, schema) = self;
        run.out.push('{');
        let mut first = true;
        let mut seen = Seen::default();
        let mut further = FurtherNames::default();
        let mut previous = None;
        while let Some(key) = map.next_key_seed(KeySeed { schema, previous })? {
            match key {
                Key::Known(index) if seen.has(index) => {
                    map.next_value::<IgnoredAny>()?;
                    model::repeated(&mut run.context, path, &schema.fields[index])?;
                }
                Key::Known(index) => {
                    previous = Some(index);
                    let field = &schema.fields[index];
                    let path = Path::Field(path, field.name());
                    let name = if run.to == To::Wire { field.wire() } else { field.name() };
                    let start = run.out.len();
                    write_plain_key(name, first, &mut run.out);
                    let outcome = write_field(run, name, start, &mut first, &path, |run| {
                        map.next_value_seed(Transcode { run, kind: &field.kind, form: field.form, path: &path })
                    })?;
                    seen.mark(index, outcome);
                }
                Key::Unknown(name) => {
                    further.take(&mut run.context, path, schema, &name)?;
                    let path = Path::Field(path, &name);
                    let start = run.out.len();
                    write_key(&name, first, &mut run.out);
                    write_field(run, &name, start, &mut first, &path, |run| {
                        let raw: &RawValue = map.next_value()?;
                        Ok(run.any(raw.get(), &path))
                    })?;
                }
            }
        }
        seen.check(&mut run.context, path, schema)?;
        run.out.push('}');
        Ok(Outcome::Full)
    }

    fn null<E: Error>(self) -> Result<Outcome, E> {
        Ok(self.0.run.null())
    }

    fn text<E: Error>(self, text: &str) -> Result<Outcome, E> {
        let Inside { run, path, .. } = self.0;
        run.context.no_text("an object", text, path).map(|()| run.null())
    }

    fn other<E: Error>(self, found: &'static str) -> Result<Outcome, E> {
        let Inside { run, path, .. } = self.0;
        run.context.notice("an object", found, path).map(|()| run.null())
    }
}

/// Writes the value of the field whose key begins at `start`. The wire has no nulls, and the request's own fields may go into
/// the path or the query string.
fn write_field<'r, E: Error>(
    run: &mut Run<'r>,
    name: &str,
    start: usize,
    first: &mut bool,
    path: &Path<'_>,
    write: impl FnOnce(&mut Run<'r>) -> Result<Outcome, E>,
) -> Result<Outcome, E> {
    let value = run.out.len();
    // Only the outermost object is routed.
    let router = run.router.take();
    let outcome = write(run)?;
    run.router = router;
    if run.to == To::Wire && outcome == Outcome::Null {
        run.out.truncate(start);
        return Ok(outcome);
    }
    if let Some(router) = run.router.as_mut().filter(|router| router.takes(name)) {
        if let Err(fault) = router.take(name, &run.out[value..], path) {
            return Err(run.context.refuse(path, fault.reason));
        }
        run.out.truncate(start);
        return Ok(outcome);
    }
    *first = false;
    Ok(outcome)
}

impl<'de> Expect<'de> for ListInside<'_, '_> {
    type Value = Outcome;

    fn list<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Outcome, A::Error> {
        let Self(Inside { run, path, form }, kind) = self;
        run.out.push('[');
        let empty = run.out.len();
        for index in 0.. {
            let path = Path::Index(path, index);
            let start = run.out.len();
            if start > empty {
                run.out.push(',');
            }
            let noticed = run.context.noticed();
            let Some(outcome) = seq.next_element_seed(Transcode { run, kind, form, path: &path })? else {
                run.out.truncate(start);
                break;
            };
            if outcome == Outcome::Null {
                // A misfit has noted itself; a null is noted here.
                run.out.truncate(start);
                if run.context.noticed() == noticed {
                    run.context.misfit(kind, "null", &path)?;
                }
            }
        }
        let outcome = if run.out.len() == empty { Outcome::Empty } else { Outcome::Full };
        run.out.push(']');
        Ok(outcome)
    }

    fn null<E: Error>(self) -> Result<Outcome, E> {
        Ok(self.0.run.null())
    }

    fn text<E: Error>(self, text: &str) -> Result<Outcome, E> {
        let Inside { run, path, .. } = self.0;
        run.context.no_text("a list", text, path).map(|()| run.null())
    }

    fn other<E: Error>(self, found: &'static str) -> Result<Outcome, E> {
        let Inside { run, path, .. } = self.0;
        run.context.notice("a list", found, path).map(|()| run.null())
    }
}
