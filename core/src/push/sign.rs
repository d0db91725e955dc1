//! Messages for the tests of whoever receives them, written and signed as the platform does.

use super::envelope::Envelope;
use super::{Push, recognise};
use crate::api::catalogue;
use crate::codec;
use crate::error::Error;
use crate::json::{Context, Policy, Source, write_key, write_text};
use crate::nearest;
use crate::schema::Kind;
use crate::secret::Secret;
use crate::values::any;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A message to be signed.
#[derive(Clone, Debug, Default)]
pub struct TestMessage {
    pub(crate) message: String,
    pub(crate) content: Option<String>,
    pub(crate) platform: Option<i64>,
    pub(crate) time_ms: Option<u64>,
}

/// A message as the platform would send it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// The header of this name.
    pub authorization: String,
    /// The body, to the last byte.
    pub body: Vec<u8>,
}

impl TestMessage {
    /// A message with the documented example of its content. `message` is the platform's name for its kind, as
    /// `ORDER_PAY_SUCCESS`, or the id of its row, as `alibaba.push.order_status_changed`.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// Sets the content, a JSON object with the fields of the row.
    pub fn content(mut self, json: impl Into<String>) -> Self {
        self.content = Some(json.into());
        self
    }

    /// Sets the platform: 0 Taobao, 1 1688. A kind of message that no table lists needs it.
    pub fn platform(mut self, platform: i64) -> Self {
        self.platform = Some(platform);
        self
    }

    /// Sets when it was pushed, in milliseconds since 1970; now, unless it is set. The same message of the same moment has
    /// the same id.
    pub fn time_ms(mut self, time_ms: u64) -> Self {
        self.time_ms = Some(time_ms);
        self
    }
}

/// Writes a message and signs it: [`verify`](super::verify) accepts it, and [`parse`](super::parse) reads it.
///
/// # Errors
/// [`Error::InvalidRequest`] names the field of the content that is wrong, or the message that may be meant;
/// [`Error::Config`] where the secret is empty, with which nothing is accepted.
pub fn sign(access_key: &str, secret: &Secret, test: &TestMessage, now_ms: u64) -> Result<Signed, Error> {
    if secret.expose().is_empty() {
        return Err(Error::Config { field: "access_secret".to_string(), reason: "must not be empty".to_string() });
    }
    let body = body(test, now_ms)?;
    Ok(Signed { authorization: signature(access_key, secret, &body), body: body.into_bytes() })
}

fn signature(access_key: &str, secret: &Secret, body: &str) -> String {
    // HMAC takes keys of any length, so this never fails.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else { return String::new() };
    mac.update(access_key.as_bytes());
    mac.update(body.as_bytes());
    base16ct::lower::encode_string(&mac.finalize().into_bytes())
}

fn body(test: &TestMessage, now_ms: u64) -> Result<String, Error> {
    let refuse = |path: &str, reason: String| Error::InvalidRequest {
        endpoint: test.message.clone(),
        path: path.to_string(),
        reason,
    };
    let kind = Known::find(test).map_err(|(path, reason)| refuse(path, reason))?;
    let example = kind.push.map(Example::of).unwrap_or_default();
    let content = match (&test.content, example.content) {
        (Some(json), _) => written(json, kind.push).map_err(|(path, reason)| refuse(&path, reason))?,
        (None, Some(example)) => example,
        (None, None) => return Err(refuse("", "no example of it is published: give its content".to_string())),
    };
    let Some(message_type) = kind.message_type else {
        let told = [("platform", test.platform.is_some()), ("time", test.time_ms.is_some())];
        return match told.into_iter().find(|(_, is_given)| *is_given) {
            Some((field, _)) => {
                Err(refuse(field, "cannot be told: this message is sent without an envelope".to_string()))
            }
            None => Ok(content),
        };
    };
    let mut out = String::with_capacity(content.len() + 160);
    let mut part = |name: &str, write: &dyn Fn(&mut String)| {
        let is_first = out.is_empty();
        if is_first {
            out.push('{');
        }
        write_key(name, is_first, &mut out);
        write(&mut out);
    };
    part("messageType", &|out| write_text(&message_type, out));
    part("messageBody", &|out| if example.is_text { write_text(&content, out) } else { out.push_str(&content) });
    if let Some(platform) = kind.platform {
        part("messagePlatform", &|out| out.push_str(&platform.to_string()));
    }
    part("timestamp", &|out| write_text(&test.time_ms.unwrap_or(now_ms).to_string(), out));
    out.push('}');
    Ok(out)
}

/// A content as the platform writes it.
fn written(json: &str, push: Option<&'static Push>) -> Result<String, (String, String)> {
    let mut compact = String::with_capacity(json.len());
    let mut source = Source::new(json);
    if let Err(error) = any::write_compact(&mut source, &mut compact).and_then(|()| source.end()) {
        return Err((String::new(), format!("the content is not valid JSON: {}", error.explain(json))));
    }
    match push.map(|push| &push.body) {
        Some(Kind::Object(_)) if !compact.starts_with('{') => {
            Err((String::new(), "the content must be a JSON object".to_string()))
        }
        Some(Kind::Object(schema)) => {
            codec::write(schema, &compact).map_err(|fault| (fault.path.to_string(), fault.reason.to_string()))
        }
        _ => Ok(compact),
    }
}

/// What a message is.
struct Known {
    push: Option<&'static Push>,
    /// Absent where it is sent without an envelope.
    message_type: Option<String>,
    platform: Option<i64>,
}

impl Known {
    fn find(test: &TestMessage) -> Result<Self, (&'static str, String)> {
        let (name, wanted) = (test.message.as_str(), test.platform);
        let rows = || catalogue::PUSHES.iter().copied();
        if let Some(push) = rows().find(|push| push.id == name) {
            return match push.platform.filter(|platform| wanted.is_some_and(|wanted| wanted != *platform)) {
                Some(platform) => Err(("platform", format!("is {platform} for this message"))),
                None => {
                    Ok(Self { push: Some(push), message_type: Example::of(push).message_type, platform: push.platform })
                }
            };
        }
        let shown = |push: &'static Push| Example::of(push).message_type.is_some_and(|shown| shown == name);
        let known = rows()
            .filter(|push| wanted.is_none() || push.platform == wanted)
            .find(|push| push.types.contains(&name) || shown(push));
        let message_type = Some(name.to_string());
        if let Some(push) = known {
            return Ok(Self { push: Some(push), message_type, platform: push.platform });
        }
        let platform = match wanted {
            Some(platform) => Some(platform),
            None => Self::supposed(name)?,
        };
        Ok(Self { push: recognise(name, platform).0, message_type, platform })
    }

    /// The platform of a kind that no table lists, by its name. It may be a misspelt one that a table lists.
    fn supposed(name: &str) -> Result<Option<i64>, (&'static str, String)> {
        let rows = || catalogue::PUSHES.iter().copied();
        let near = nearest(name, rows().flat_map(|push| ::core::iter::once(push.id).chain(push.types.iter().copied())));
        let platform = super::named_platform(Some(name));
        match near {
            None if platform.is_some() => Ok(platform),
            None => Err(("", "no message has this type or id; to send it all the same, give the platform".to_string())),
            Some(near) => Err((
                "",
                format!(
                    "no message has this type or id; did you mean `{near}`? To send it all the same, give the platform"
                ),
            )),
        }
    }
}

/// How a row's messages look: as its example does.
#[derive(Default)]
struct Example {
    message_type: Option<String>,
    content: Option<String>,
    /// Whether the content stands in a string.
    is_text: bool,
}

impl Example {
    fn of(push: &'static Push) -> Self {
        let mut context = Context::new(Policy::Reply, push.example.len());
        let Ok((envelope, _)) = Envelope::read(push.example, &mut context) else { return Self::default() };
        let content = envelope.content(push.example, &push.body);
        Self {
            message_type: envelope.message_type.words("messageType", &mut context),
            is_text: envelope.message_body.given().is_some_and(|written| written.starts_with('"')),
            content: Some(content.json.into_owned()),
        }
    }
}
