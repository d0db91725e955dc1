//! Messages that the platform pushes to the developer's own URL: first verify, then parse.
//!
//! Answer with HTTP 200 within a second, whatever you then do with the message: otherwise the platform sends it again
//! after half an hour, up to five times. Messages may arrive twice and in any order; [`Message::id`] tells repeats.

use crate::codec::{self, Path};
use crate::endpoint::FieldEvidence;
use crate::error::{Error, Warning};
use crate::schema::{Form, Kind};
use crate::secret::Secret;
use crate::sign::lower_hex;
use crate::values::{Time, Value};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// One kind of message: a row of the vendor's reference.
#[derive(Debug)]
pub struct Push {
    /// Our name: `group.push.event`.
    pub id: &'static str,
    /// Where the fields of the message come from. The path is the developer's own, and needs no evidence.
    pub request: FieldEvidence,
    /// Where it comes from what to answer.
    pub reply: FieldEvidence,
    /// The platform that the message is of.
    pub platform: Option<i64>,
    /// The message types that are published.
    pub types: &'static [&'static str],
    /// What the name of an unpublished type of this kind is taken to contain.
    pub otherwise: Option<&'static str>,
    /// The content.
    pub body: Kind,
    /// What it says; the first line is its title.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
    /// A message, as the platform sends it.
    #[cfg(feature = "docs")]
    pub example: &'static str,
    /// The pages on which the facts were found.
    #[cfg(feature = "docs")]
    pub sources: &'static [&'static str],
}

/// A message that the platform pushed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Message {
    /// The same for every repeat of the message: 32 hexadecimal digits, from its type, platform, time and content.
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

/// The number of 1688 in a message.
pub const PLATFORM_1688: i64 = 1;

/// The number of Taobao in a message.
pub const PLATFORM_TAOBAO: i64 = 0;

/// Checks that a message comes from the platform.
///
/// `authorization` is the header of this name; `body` is the body as it was received, before any parsing. The
/// comparison takes the same time wherever the two differ.
///
/// # Errors
/// [`Error::PushSignature`] if it does not.
pub fn verify(access_key: &str, secret: &Secret, authorization: &str, body: &[u8]) -> Result<(), Error> {
    let refuse = |reason| Err(Error::PushSignature { reason });
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
/// # Errors
/// [`Error::Decode`] if the body is no message.
pub fn parse(body: &[u8]) -> Result<Message, Error> {
    let text = ::core::str::from_utf8(body).map_err(|_| malformed("the body is not UTF-8"))?;
    let text = codec::mended(text);
    let envelope: Envelope<'_> =
        serde_json::from_str(&text).map_err(|error| malformed(&alloc::format!("the body is no message: {error}")))?;
    let message_type = envelope.message_type.and_then(scalar::<String>);
    let platform = envelope.message_platform.and_then(scalar::<i64>).or_else(|| named_platform(&message_type));
    let time = envelope.timestamp.and_then(scalar::<Time>);
    let (push, inferred) = match &message_type {
        Some(name) => recognise(name, platform),
        None => (crate::catalogue::PUSHES.iter().copied().find(|push| is_bare(push, &text)), false),
    };
    // Messages without an envelope are all content.
    let content = envelope.message_body.map_or(text.as_ref(), RawValue::get);
    let path = Path::Field(&Path::Root, "messageBody");
    let kind = push.map_or(&Kind::Any, |push| &push.body);
    let (body, warnings) = codec::decode_value(kind, Form::Embedded, content, &path)
        .map_err(|fault| malformed(&alloc::format!("`{}` {}", fault.path, fault.reason)))?;
    let id = identify(&message_type, platform, time, &body);
    Ok(Message { id, message_type, platform, time, push, inferred, body, warnings })
}

impl Message {
    /// The content as a typed value, such as [`OrderMessage`](crate::alibaba::push::OrderMessage).
    ///
    /// # Errors
    /// [`Error::Decode`] if the content is no object.
    pub fn read<T: codec::Model>(&self) -> Result<T, Error> {
        codec::from_json(&self.body, codec::Policy::Reply).map_err(|fault| malformed(&fault.reason))
    }
}

impl Push {
    /// The title: the first line of the documentation.
    #[cfg(feature = "docs")]
    pub fn title(&self) -> &'static str {
        self.doc.lines().next().unwrap_or(self.id).trim().trim_end_matches('.')
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    message_type: Option<&'a RawValue>,
    #[serde(borrow)]
    message_platform: Option<&'a RawValue>,
    #[serde(borrow)]
    message_body: Option<&'a RawValue>,
    #[serde(borrow)]
    timestamp: Option<&'a RawValue>,
}

/// A value of the envelope; one that does not fit is left out, for it must not cost the message.
fn scalar<T: Value>(raw: &RawValue) -> Option<T> {
    let mut context = codec::Context::new(codec::Policy::Reply, 0);
    T::decode(raw, &mut context, &Path::Root).ok().flatten()
}

/// The platform that the type's name begins with.
fn named_platform(message_type: &Option<String>) -> Option<i64> {
    let name = message_type.as_deref()?;
    if name.starts_with("1688_") {
        return Some(1);
    }
    name.starts_with("TAOBAO_").then_some(0)
}

/// The row of a message type, and whether it is inferred.
fn recognise(name: &str, platform: Option<i64>) -> (Option<&'static Push>, bool) {
    let rows = || crate::catalogue::PUSHES.iter().copied().filter(|push| push.platform == platform);
    if let Some(push) = rows().find(|push| push.types.contains(&name)) {
        return (Some(push), false);
    }
    // The longest part says most: a type that speaks of a refund of an order is of a refund.
    let inferred = rows()
        .filter(|push| push.otherwise.is_some_and(|part| name.contains(part)))
        .max_by_key(|push| push.otherwise.map_or(0, str::len));
    (inferred, inferred.is_some())
}

/// Whether a body without an envelope has a field that only this kind of message has.
fn is_bare(push: &Push, text: &str) -> bool {
    let Kind::Object(schema) = push.body else { return false };
    let object: Option<alloc::collections::BTreeMap<String, &RawValue>> = serde_json::from_str(text).ok();
    push.platform.is_none() && object.is_some_and(|object| object.keys().any(|key| schema.field(key).is_some()))
}

fn identify(message_type: &Option<String>, platform: Option<i64>, time: Option<Time>, body: &str) -> String {
    let mut hasher = Sha256::new();
    let platform = platform.map(|platform| platform.to_string()).unwrap_or_default();
    let time = time.map(|time| time.as_millis().to_string()).unwrap_or_default();
    for part in [message_type.as_deref().unwrap_or_default(), &platform, &time, body] {
        // Lengths keep the parts apart.
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let mut id = lower_hex(&hasher.finalize());
    id.truncate(32);
    id
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(bytes)
}

fn malformed(reason: &str) -> Error {
    Error::Decode {
        endpoint: "push".to_string(),
        path: String::new(),
        reason: reason.to_string(),
        body_head: String::new(),
        request_id: None,
    }
}

/// Declares rows of messages; the type is that of the content.
macro_rules! pushes {
    ($(
        $(#[doc = $doc:literal])+
        pub static $name:ident: $body:ty = {
            id: $id:literal,
            platform: $platform:expr,
            types: $types:expr,
            otherwise: $otherwise:expr,
            evidence: ($request:expr, $reply:expr),
            example: $example:literal,
            sources: $sources:expr,
        };
    )+) => {
        $(
            $(#[doc = $doc])+
            pub static $name: Push = Push {
                id: $id,
                platform: $platform,
                types: &$types,
                otherwise: $otherwise,
                request: $request,
                reply: $reply,
                body: <$body as $crate::values::Value>::KIND,
                #[cfg(feature = "docs")]
                doc: concat!($($doc, "\n",)+),
                #[cfg(feature = "docs")]
                example: $example,
                #[cfg(feature = "docs")]
                sources: &$sources,
            };
        )+
    };
}
pub(crate) use pushes;
