//! Replies: the envelope, and the data inside it for either driver.

use super::expect::Expect;
use super::transcode::{Run, To, Transcode};
use super::{Context, Fault, Outcome, Path, Policy, Token};
use crate::error::Warning;
use crate::schema::{Form, Kind};
use crate::values::{Id, Read, Value, any, text, unescape};
use ::core::fmt;
use ::core::marker::PhantomData;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

/// What stands around the data of every reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// The platform's result: `200` or `0` is success.
    pub code: Option<Id>,
    /// The platform's words for it.
    pub message: Option<String>,
    /// The platform's name for this call.
    pub request_id: Option<String>,
    /// The developer's account.
    pub develop_id: Option<Id>,
}

/// A reply that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded<T> {
    /// What stands around the data.
    pub envelope: Envelope,
    /// The data.
    pub data: T,
    /// What did not fit and became null.
    pub warnings: Vec<Warning>,
}

/// Why a reply could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The field, or empty for the body as a whole.
    pub path: String,
    /// What is wrong.
    pub reason: String,
}

impl Envelope {
    /// Whether the platform did what was asked.
    pub fn is_success(&self) -> bool {
        self.code.as_ref().is_some_and(|code| matches!(code.as_str(), "200" | "0"))
    }
}

/// Reads a reply whose data is of `kind`; the data is canonical JSON.
pub fn decode(kind: &'static Kind, body: &[u8]) -> Result<Decoded<String>, Unreadable> {
    read_envelope(body, Table { kind, out: String::new() }).map(|decoded| Decoded {
        data: decoded.data.out,
        envelope: decoded.envelope,
        warnings: decoded.warnings,
    })
}

/// Reads a reply into a typed value.
pub fn decode_as<T: Value + Default>(body: &[u8]) -> Result<Decoded<T>, Unreadable> {
    read_envelope(body, Typed { value: T::default() }).map(|decoded| Decoded {
        data: decoded.data.value,
        envelope: decoded.envelope,
        warnings: decoded.warnings,
    })
}

/// Rewrites one value, which may stand in a string that holds JSON, to canonical JSON.
pub fn decode_value(
    kind: &'static Kind,
    form: Form,
    json: &str,
    path: &Path<'_>,
) -> Result<(String, Vec<Warning>), Fault> {
    let context = Context::new(Policy::Reply, json.len());
    let mut run = Run { to: To::Canonical, out: String::with_capacity(json.len()), context, router: None };
    match run.document(json, kind, form, path) {
        Ok(_) => Ok((run.out, run.context.into_warnings())),
        Err(error) => Err(run.context.take_fault().unwrap_or_else(|| Fault::at(path, format!("is not JSON: {error}")))),
    }
}

/// A document without escaped halves of surrogate pairs, which no host could hold.
pub fn mended(json: &str) -> Cow<'_, str> {
    text::mend(json)
}

/// Where the data goes.
trait Target: Sized {
    /// Gets ready for a body of this length.
    fn prepare(&mut self, length: usize);

    /// Reads the data.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        context: &mut Context,
        path: &Path<'_>,
    ) -> Result<(), A::Error>;
}

/// The table-driven driver's target.
struct Table {
    kind: &'static Kind,
    out: String,
}

/// The typed driver's target.
struct Typed<T> {
    value: T,
}

impl Target for Table {
    fn prepare(&mut self, length: usize) {
        self.out = String::with_capacity(length + length / 8 + 16);
        self.out.push_str("null");
    }

    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        context: &mut Context,
        path: &Path<'_>,
    ) -> Result<(), A::Error> {
        let mut out = ::core::mem::take(&mut self.out);
        out.clear();
        let lent = ::core::mem::replace(context, Context::new(Policy::Reply, 0));
        let mut run = Run { to: To::Canonical, out, context: lent, router: None };
        let result: Result<Outcome, _> =
            map.next_value_seed(Transcode { run: &mut run, kind: self.kind, form: Form::Plain, path });
        *context = run.context;
        self.out = run.out;
        result.map(|_| ())
    }
}

impl<T: Value + Default> Target for Typed<T> {
    fn prepare(&mut self, _: usize) {}

    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        context: &mut Context,
        path: &Path<'_>,
    ) -> Result<(), A::Error> {
        if let Some(value) = map.next_value_seed(TypedSeed { context, path, value: PhantomData })? {
            self.value = value;
        }
        Ok(())
    }
}

struct TypedSeed<'a, T> {
    context: &'a mut Context,
    path: &'a Path<'a>,
    value: PhantomData<T>,
}

impl<'de, T: Value> DeserializeSeed<'de> for TypedSeed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::decode(deserializer, self.context, self.path)
    }
}

fn read_envelope<T: Target>(body: &[u8], mut target: T) -> Result<Decoded<T>, Unreadable> {
    let text = body_text(body)?;
    let is_utf8 = matches!(text, Cow::Borrowed(_));
    let text = text::mend(&text);
    let (mut read, mut context, mut envelope) = attempt(&text, is_utf8, &mut target);
    if let Some(safe) = read.as_ref().err().and_then(|error| any::without_wild_numbers(error, &text)) {
        (read, context, envelope) = attempt(&safe, is_utf8, &mut target);
    }
    match read {
        Err(error) => Err(match context.take_fault() {
            Some(fault) => Unreadable { path: fault.path, reason: fault.reason },
            None => Unreadable { path: String::new(), reason: explain(&error, &text) },
        }),
        Ok(()) if envelope.code.is_none() => {
            Err(Unreadable { path: "code".to_string(), reason: "the reply has no result code".to_string() })
        }
        Ok(()) => Ok(Decoded { envelope, data: target, warnings: context.into_warnings() }),
    }
}

fn attempt<T: Target>(text: &str, is_utf8: bool, target: &mut T) -> (serde_json::Result<()>, Context, Envelope) {
    let mut context = Context::new(Policy::Reply, text.len());
    if !is_utf8 {
        context.warn(Warning { path: String::new(), expected: "UTF-8", found: "other bytes, which became U+FFFD" });
    }
    let mut envelope = Envelope::default();
    target.prepare(text.len());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let reader = EnvelopeReader { envelope: &mut envelope, target, context: &mut context };
    let read = reader.read(&mut deserializer).and_then(|()| deserializer.end());
    (read, context, envelope)
}

/// The body as text. Bytes that are no UTF-8 do not lose the rest.
fn body_text(body: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let unreadable = |reason: &str| Unreadable { path: String::new(), reason: reason.to_string() };
    if body.starts_with(b"\x1F\x8B") {
        return Err(unreadable("the body is still compressed with gzip; the transport must decompress it"));
    }
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(unreadable("the body is empty")),
        Some(b'<') => Err(unreadable("the body is HTML or XML, not JSON; something between may have answered")),
        Some(_) => match ::core::str::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Ok(String::from_utf8_lossy(body)),
        },
    }
}

/// What is wrong with text that is not a JSON object.
fn explain(error: &serde_json::Error, text: &str) -> String {
    if error.is_eof() {
        return format!("the body is cut off after {} bytes", text.len());
    }
    if error.is_data() {
        return "the body is JSON, but no object with code, msg and data".to_string();
    }
    format!("the body is not JSON: {error}")
}

struct EnvelopeReader<'a, T> {
    envelope: &'a mut Envelope,
    target: &'a mut T,
    context: &'a mut Context,
}

impl<'de, T: Target> Expect<'de> for EnvelopeReader<'_, T> {
    type Value = ();

    fn other<E: Error>(self, _: &'static str) -> Result<(), E> {
        Err(E::custom("no envelope"))
    }

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { envelope, target, context } = self;
        let mut has_data = false;
        while let Some(key) = map.next_key_seed(EnvelopeKey)? {
            let path = Path::Field(&Path::Root, key);
            match key {
                "code" if envelope.code.is_none() => envelope.code = id(&mut map)?,
                "developId" if envelope.develop_id.is_none() => envelope.develop_id = id(&mut map)?,
                "msg" if envelope.message.is_none() => envelope.message = words(&mut map)?,
                "requestId" if envelope.request_id.is_none() => envelope.request_id = words(&mut map)?,
                "data" if !has_data => {
                    has_data = true;
                    target.read(&mut map, context, &path)?;
                }
                "data" => {
                    map.next_value::<IgnoredAny>()?;
                    context.notice("one value", "a second one, which is left out", &path)?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// An id of the envelope; what is none is left out, for it must not cost the data.
fn id<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Id>, A::Error> {
    let raw: &serde_json::value::RawValue = map.next_value()?;
    Ok(match crate::values::id::read(&Token::of(raw.get()), Policy::Reply) {
        Read::Value(content) => Some(Id::new(unescape(content))),
        _ => None,
    })
}

/// Text of the envelope.
fn words<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
    let raw: &serde_json::value::RawValue = map.next_value()?;
    Ok(match text::read(&Token::of(raw.get()), Policy::Reply) {
        Read::Value(content) if !content.is_empty() => Some(unescape(content).into_owned()),
        _ => None,
    })
}

/// A key of the envelope; others are all alike.
struct EnvelopeKey;

impl<'de> DeserializeSeed<'de> for EnvelopeKey {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for EnvelopeKey {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let known = ["code", "data", "developId", "msg", "requestId"];
        Ok(known.into_iter().find(|known| *known == key).unwrap_or_default())
    }
}
