//! Messages that the platform pushes to the developer's own URL: first verify, then parse.
//!
//! Answer with HTTP 200 within a second, whatever you then do with the message: otherwise the platform sends it again
//! after half an hour, up to five times. Messages may arrive twice and in any order; [`Message::id`] tells repeats.

mod envelope;
mod identity;
mod sign;

pub use self::sign::{Signed, TestMessage, sign};
pub use crate::api::message::{PLATFORM_1688, PLATFORM_TAOBAO, Push};

use self::envelope::Envelope;
use self::identity::{Identity, moment};
use crate::api::catalogue;
use crate::codec::{self, guessed, not_utf8};
use crate::error::{Error, ReplyPart, Warning};
use crate::json::{Context, Policy, members, replace_lone_surrogates, unmarked};
use crate::schema::Kind;
use crate::search::position;
use crate::secret::Secret;
use crate::values::Time;
use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A message that the platform pushed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Message {
    /// The same for every repeat of the message: 32 hexadecimal digits, from its type, platform, time and content.
    ///
    /// White space and whether the content stands in a string make no difference. The order of the content's fields and
    /// the way its characters are escaped do.
    pub id: String,
    /// The platform's name for the kind of message.
    pub message_type: Option<String>,
    /// The platform that it is of: 0 Taobao, 1 1688.
    pub platform: Option<i64>,
    /// When it was pushed.
    pub time: Option<Time>,
    /// The row of the reference, where one is recognised.
    pub push: Option<&'static Push>,
    /// Whether the row was taken from the look of an unpublished type.
    pub inferred: bool,
    /// The content as canonical JSON; that of an unknown message is kept whole.
    pub body: String,
    /// Values that did not fit their fields and became null.
    pub warnings: Vec<Warning>,
}

/// Checks that a message comes from the platform.
///
/// `authorization` is the header of this name, in hexadecimal digits of either case; `body` is the body as it was
/// received, before any parsing. The comparison is `verify_slice` of the crate `hmac`, which takes the same time
/// wherever the two differ.
///
/// # Errors
/// [`Error::PushSignature`] if it does not.
pub fn verify(access_key: &str, secret: &Secret, authorization: &str, body: &[u8]) -> Result<(), Error> {
    let refuse = |reason| Err(Error::PushSignature { reason });
    if secret.expose().is_empty() {
        return refuse("the access secret is empty: anybody could sign with it");
    }
    let Some(signature) = from_hex(authorization.trim()) else {
        return refuse("the header Authorization does not hold 64 hexadecimal digits");
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        return refuse("the access secret cannot be used as a key");
    };
    mac.update(access_key.as_bytes());
    mac.update(body);
    match mac.verify_slice(&signature) {
        Ok(()) => Ok(()),
        Err(_) => refuse("the signature is of another body or key; pass the raw body, as it was received"),
    }
}

/// Reads a message. Call [`verify`] first.
///
/// A value that does not fit becomes null and a warning, and so does a byte that JSON has not; only a body that is no JSON
/// object is an error.
///
/// # Errors
/// [`Error::Decode`] if the body is no message.
pub fn parse(body: &[u8]) -> Result<Message, Error> {
    let body = unmarked(body);
    let (text, flaw) = body_text(body);
    let mut context = Context::new(Policy::Reply, text.len());
    flaw.into_iter().for_each(|flaw| context.warn(flaw));
    let text = replace_lone_surrogates(&text);
    let (envelope, mended) = Envelope::read(&text, &mut context)?;
    let text = mended.as_ref().map_or(text.as_ref(), |mended| &mended.text);

    let message_type = envelope.message_type.words("messageType", &mut context);
    let platform = envelope.message_platform.scalar("messagePlatform", &mut context);
    let platform = platform.or_else(|| named_platform(message_type.as_deref()));
    let time: Option<Time> = envelope.timestamp.scalar("timestamp", &mut context);
    let (push, inferred) = match &message_type {
        Some(name) => recognise(name, platform),
        None => (bare(&envelope, text), false),
    };

    let kind = push.map_or(&Kind::Any, |push| &push.body);
    let content = envelope.content(text, kind);
    if let Some(mended) = &mended {
        mended.warn(content.part, kind, &mut context);
    }
    let body = content
        .canonical(kind, &mut context)
        .map_err(|fault| malformed(&alloc::format!("`{}` {}", fault.path, fault.reason)))?;
    let id = Identity::new()
        .part(message_type.as_deref(), envelope.message_type.given())
        .part(platform.map(|platform| platform.to_string()).as_deref(), envelope.message_platform.given())
        .part(time.map(moment).as_deref(), envelope.timestamp.given())
        .content(&content.json);
    Ok(Message { id, message_type, platform, time, push, inferred, body, warnings: context.into_warnings() })
}

/// The body as text, and what is wrong with it. Its signature says that it is the platform's, but no header its charset.
fn body_text(body: &[u8]) -> (Cow<'_, str>, Option<Warning>) {
    match String::from_utf8_lossy(body) {
        Cow::Borrowed(text) => (text.into(), None),
        Cow::Owned(text) => match guessed(body) {
            Some(text) => (text.into(), Some(Warning { path: String::new(), expected: "UTF-8", found: "GBK" })),
            None => (text.into(), Some(not_utf8())),
        },
    }
}

impl Message {
    /// The content as a typed value, such as [`OrderMessage`](crate::alibaba::push::OrderMessage).
    ///
    /// # Errors
    /// [`Error::Decode`] if the content is no object.
    pub fn read<T: codec::Model>(&self) -> Result<T, Error> {
        codec::from_json(&self.body, Policy::Reply).map_err(|fault| malformed(&fault.reason))
    }
}

/// The platform that the type's name begins with.
fn named_platform(message_type: Option<&str>) -> Option<i64> {
    let name = message_type?;
    if name.starts_with("1688_") {
        return Some(PLATFORM_1688);
    }
    name.starts_with("TAOBAO_").then_some(PLATFORM_TAOBAO)
}

/// The row of a message type, and whether it is inferred.
fn recognise(name: &str, platform: Option<i64>) -> (Option<&'static Push>, bool) {
    let rows = || catalogue::PUSHES.iter().copied().filter(|push| push.platform == platform);
    if let Some(push) = rows().find(|push| push.types.contains(&name)) {
        return (Some(push), false);
    }
    // The longest part says most: a type that speaks of a refund of an order is of a refund.
    let inferred = rows()
        .filter(|push| push.otherwise.is_some_and(|part| position(name, part).is_some()))
        .max_by_key(|push| push.otherwise.map_or(0, str::len));
    (inferred, inferred.is_some())
}

/// The row of a message without an envelope: the one of no platform that has one of its fields.
fn bare(envelope: &Envelope, text: &str) -> Option<&'static Push> {
    if envelope.has_body() {
        return None;
    }
    let object = members(text)?;
    catalogue::PUSHES.iter().copied().filter(|push| push.platform.is_none()).find(|push| match push.body {
        Kind::Object(schema) => object.iter().any(|(name, _)| schema.field(name).is_some()),
        _ => false,
    })
}

/// The 32 bytes that 64 hexadecimal digits of either case stand for.
fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let written = base16ct::mixed::decode(text, &mut bytes).ok()?.len();
    (written == 32).then_some(bytes)
}

fn malformed(reason: &str) -> Error {
    Error::Decode {
        endpoint: "push".to_string(),
        part: ReplyPart::Body,
        reason: reason.to_string(),
        body_head: String::new(),
        request_id: None,
    }
}
