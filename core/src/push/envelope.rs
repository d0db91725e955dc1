//! What stands around the content of a message, and the content before it is interpreted.

use super::malformed;
use crate::codec::{self, Context, Fault, Outcome, Path};
use crate::error::Error;
use crate::schema::{Form, Kind};
use crate::values::{Value, any, unescape};
use alloc::borrow::Cow;
use alloc::string::String;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::value::RawValue;
use xportcn_derive::Model;

/// The parts of a message, as the platform wrote them. Of a part that stands twice, the first one counts.
#[derive(Model, Default)]
pub(super) struct Envelope {
    /// Kind of message.
    pub(super) message_type: Raw,
    /// Platform that it is of.
    pub(super) message_platform: Raw,
    /// When it was pushed.
    pub(super) timestamp: Raw,
    /// Content.
    pub(super) message_body: Raw,
}

/// The JSON text of a part; absent where the part is.
#[derive(Default)]
pub(super) struct Raw(Option<String>);

impl Envelope {
    /// Reads a message's body; what it notices goes to the context.
    pub(super) fn read(text: &str, context: &mut Context) -> Result<Self, Error> {
        if text.trim().is_empty() {
            return Err(malformed("the body is empty"));
        }
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let read = codec::decode_model::<Self, _>(&mut deserializer, context, &Path::Root);
        match read.and_then(|envelope| deserializer.end().map(|()| envelope)) {
            Ok(Some(envelope)) => Ok(envelope),
            Ok(None) => Err(malformed("the body is JSON, but no object")),
            Err(error) => Err(malformed(&alloc::format!("the body is not JSON: {error}"))),
        }
    }

    /// Whether the content stands in a part of its own.
    pub(super) fn has_body(&self) -> bool {
        self.message_body.text().is_some()
    }

    /// The JSON text that is the content. The whole message is, where there is no envelope.
    pub(super) fn content<'a>(&'a self, text: &'a str, kind: &Kind) -> Content<'a> {
        match self.message_body.text() {
            Some(raw) => Content { json: unwrapped(raw, kind), path: Path::Field(&Path::Root, "messageBody") },
            None => Content { json: text.into(), path: Path::Root },
        }
    }
}

/// The content of a message.
pub(super) struct Content<'a> {
    pub(super) json: Cow<'a, str>,
    pub(super) path: Path<'a>,
}

impl Content<'_> {
    /// The content in canonical form; what it notices goes to the context.
    pub(super) fn canonical(&self, kind: &'static Kind, context: &mut Context) -> Result<String, Fault> {
        let read = codec::decode_value(kind, Form::Plain, &self.json, &self.path).or_else(|_| {
            // The content has been parsed before: what fails is a number beyond binary floating point, which must cost
            // its field only.
            let mut safe = String::with_capacity(self.json.len());
            if !any::write_canonical(&self.json, &mut safe) {
                context.warn(any::too_deep(&self.path));
            }
            codec::decode_value(kind, Form::Plain, &safe, &self.path)
        });
        let (body, warnings) = read?;
        warnings.into_iter().for_each(|warning| context.warn(warning));
        Ok(body)
    }
}

/// The JSON that a content is, or that it holds as text. Other text is a content by itself, which fits an unknown shape.
fn unwrapped<'a>(raw: &'a str, kind: &Kind) -> Cow<'a, str> {
    let Some(content) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return raw.into() };
    let text = unescape(content);
    let text = codec::mended(text.trim());
    if text.is_empty() {
        return "null".into();
    }
    let may_hold = !matches!(kind, Kind::Any) || text.starts_with(['{', '[']);
    let holds = may_hold && serde_json::from_str::<&RawValue>(&text).is_ok();
    if holds { Cow::Owned(text.into_owned()) } else { raw.into() }
}

impl Raw {
    /// The part as it was written; absent where it is null, too.
    pub(super) fn given(&self) -> Option<&str> {
        self.text().filter(|text| *text != "null")
    }

    /// The part as a value. One that does not fit is left out with a warning, for it must not cost the message.
    pub(super) fn scalar<T: Value>(&self, name: &str, context: &mut Context) -> Option<T> {
        let mut deserializer = serde_json::Deserializer::from_str(self.text()?);
        T::decode(&mut deserializer, context, &Path::Field(&Path::Root, name)).ok().flatten()
    }

    fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl Value for Raw {
    const KIND: Kind = Kind::Any;
    const OPTIONAL: bool = true;

    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        _: &mut Context,
        _: &Path<'_>,
    ) -> Result<Option<Self>, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Some(Self(Some(raw.get().into()))))
    }

    fn encode(&self, _: Form, out: &mut String, _: &Path<'_>) -> Result<(), Fault> {
        out.push_str(self.text().unwrap_or("null"));
        Ok(())
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text().unwrap_or("null"))
    }

    fn outcome(&self) -> Outcome {
        if self.0.is_some() { Outcome::Full } else { Outcome::Null }
    }
}
