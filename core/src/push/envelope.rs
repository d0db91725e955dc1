//! What stands around the content of a message, and the content before it is interpreted.

use super::malformed;
use crate::codec;
use crate::error::Error;
use crate::json::{
    Broken, Context, Fault, Path, Policy, Source, Token, each_member, is_json, replace_lone_surrogates, unescape,
};
use crate::schema::{Form, Kind};
use crate::values::{self, Read, Scalar};
use alloc::borrow::Cow;
use alloc::string::String;

/// The parts of a message, as the platform wrote them. Of a part that stands twice, the first one counts.
#[derive(Default)]
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
        let mut source = Source::new(text);
        match Self::parts(&mut source, context).and_then(|envelope| source.end().map(|()| envelope)) {
            Ok(Some(envelope)) => Ok(envelope),
            Ok(None) => Err(malformed("the body is JSON, but no object")),
            Err(error) => Err(malformed(&alloc::format!("the body is not JSON: {}", error.explain(text)))),
        }
    }

    fn parts(source: &mut Source<'_>, context: &mut Context) -> Result<Option<Self>, Broken> {
        if source.peek()? != b'{' {
            return source.token().map(|_| None);
        }
        let mut envelope = Self::default();
        each_member(source, |source, name| {
            let (_, span) = source.token()?;
            let part = match name.as_ref() {
                "messageType" => &mut envelope.message_type,
                "messagePlatform" => &mut envelope.message_platform,
                "timestamp" => &mut envelope.timestamp,
                "messageBody" => &mut envelope.message_body,
                _ => return Ok(()),
            };
            if part.0.is_some() {
                let path = Path::Field(&Path::Root, &name);
                return context.notice("one value", "a second one, which is left out", &path);
            }
            part.0 = Some(source.get(span).into());
            Ok(())
        })?;
        Ok(Some(envelope))
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
        let (body, warnings) = codec::decode_value(kind, Form::Plain, &self.json, &self.path)?;
        warnings.into_iter().for_each(|warning| context.warn(warning));
        Ok(body)
    }
}

/// The JSON that a content is, or that it holds as text. Other text is a content by itself, which fits an unknown shape.
fn unwrapped<'a>(raw: &'a str, kind: &Kind) -> Cow<'a, str> {
    let Some(content) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return raw.into() };
    let text = unescape(content);
    let text = replace_lone_surrogates(text.trim());
    if text.is_empty() {
        return "null".into();
    }
    let may_hold = !matches!(kind, Kind::Any) || text.starts_with(['{', '[']);
    let holds = may_hold && is_json(&text);
    if holds { Cow::Owned(text.into_owned()) } else { raw.into() }
}

impl Raw {
    /// The part as it was written; absent where it is null, too.
    pub(super) fn given(&self) -> Option<&str> {
        self.text().filter(|text| *text != "null")
    }

    /// The part as a value. One that does not fit is left out with a warning, for it must not cost the message.
    pub(super) fn scalar<T: Scalar>(&self, name: &str, context: &mut Context) -> Option<T> {
        let path = Path::Field(&Path::Root, name);
        values::scalar::<T>(&Token::of(self.text()?), context, &path).ok().flatten()
    }

    /// The part as text, in the same way.
    pub(super) fn words(&self, name: &str, context: &mut Context) -> Option<String> {
        let token = Token::of(self.text()?);
        match values::text::read(&token, Policy::Reply) {
            Read::Value(content) if !content.is_empty() => return Some(unescape(content).into_owned()),
            Read::Value(_) | Read::Null => {}
            Read::Misfit => {
                let path = Path::Field(&Path::Root, name);
                context.misfit(&Kind::Text, token.describe(), &path).ok()?;
            }
        }
        None
    }

    fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}
