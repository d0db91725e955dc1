//! What stands around the content of a message, and the content before it is interpreted.

use super::malformed;
use crate::codec;
use crate::error::Error;
use crate::json::{
    Broken, Context, Fault, Mended, Path, Policy, Source, Token, each_member, is_json, mend, replace_lone_surrogates,
    unescape,
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

/// The part with the content.
const BODY: &str = "messageBody";

/// The JSON text of a part; absent where the part is.
#[derive(Default)]
pub(super) struct Raw(Option<String>);

impl Envelope {
    /// Reads a message's body, and gives it mended if it had to be; what it notices goes to the context.
    pub(super) fn read(text: &str, context: &mut Context) -> Result<(Self, Option<Mended>), Error> {
        if text.trim().is_empty() {
            return Err(malformed("the body is empty"));
        }
        let noticed = context.noticed();
        let found = match Self::parts(text, context) {
            Err(error) => {
                context.forget(noticed);
                let mended = error.may_be_mended().then(|| mend(text)).flatten();
                let again = mended.and_then(|mended| Some((Self::parts(&mended.text, context).ok()?, Some(mended))));
                again.ok_or(error)
            }
            Ok(found) => Ok((found, None)),
        };
        match found {
            Ok((Some(envelope), mended)) => Ok((envelope, mended)),
            Ok((None, _)) => Err(malformed("the body is JSON, but no object")),
            Err(error) => Err(malformed(&alloc::format!("the body is not JSON: {}", error.explain(text)))),
        }
    }

    fn parts(text: &str, context: &mut Context) -> Result<Option<Self>, Broken> {
        let mut source = Source::new(text);
        if source.peek()? != b'{' {
            source.token()?;
            return source.end().map(|()| None);
        }
        let mut envelope = Self::default();
        each_member(&mut source, &mut |source, name| {
            let (_, span) = source.token()?;
            let part = match name.as_ref() {
                "messageType" => &mut envelope.message_type,
                "messagePlatform" => &mut envelope.message_platform,
                "timestamp" => &mut envelope.timestamp,
                BODY => &mut envelope.message_body,
                _ => return Ok(()),
            };
            if part.0.is_some() {
                let path = Path::Field(&Path::Root, &name);
                return context.notice("one value", "a second one, which is left out", &path);
            }
            part.0 = Some(source.get(span).into());
            Ok(())
        })?;
        source.end()?;
        Ok(Some(envelope))
    }

    /// Whether the content stands in a part of its own.
    pub(super) fn has_body(&self) -> bool {
        self.message_body.text().is_some()
    }

    /// The JSON text that is the content. The whole message is, where there is no envelope.
    pub(super) fn content<'a>(&'a self, text: &'a str, kind: &Kind) -> Content<'a> {
        match self.message_body.text() {
            Some(raw) => {
                let (json, mended) = unwrapped(raw, kind);
                Content { json, part: BODY, mended }
            }
            None => Content { json: text.into(), part: "", mended: false },
        }
    }
}

/// The content of a message.
pub(super) struct Content<'a> {
    pub(super) json: Cow<'a, str>,
    /// The part in which it stands; empty where it is the message.
    pub(super) part: &'static str,
    /// Whether it stood in text that had to be mended.
    pub(super) mended: bool,
}

impl Content<'_> {
    /// The content in canonical form; what it notices goes to the context.
    pub(super) fn canonical(&self, kind: &'static Kind, context: &mut Context) -> Result<String, Fault> {
        let path = if self.part.is_empty() { Path::Root } else { Path::Field(&Path::Root, self.part) };
        if self.mended {
            // It is a reply's policy: this cannot fail.
            let _ = context.notice("JSON in a string", "text that had to be mended", &path);
        }
        let (body, warnings) = codec::decode_value(kind, Form::Plain, &self.json, &path)?;
        warnings.into_iter().for_each(|warning| context.warn(warning));
        Ok(body)
    }
}

/// The JSON that a content is, or that it holds as text, and whether that had to be mended. Other text is a content by
/// itself, which fits an unknown shape.
fn unwrapped<'a>(raw: &'a str, kind: &Kind) -> (Cow<'a, str>, bool) {
    let Some(content) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return (raw.into(), false);
    };
    let text = unescape(content);
    let text = replace_lone_surrogates(text.trim());
    if text.is_empty() {
        return ("null".into(), false);
    }
    let is_nested = text.starts_with(['{', '[']);
    if (is_nested || !matches!(kind, Kind::Any)) && is_json(&text) {
        return (text.into_owned().into(), false);
    }
    match mend(&text).filter(|mended| is_nested && is_json(&mended.text)) {
        Some(mended) => (mended.text.into(), true),
        None => (raw.into(), false),
    }
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
