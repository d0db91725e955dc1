//! Messages that the platform pushes to the developer's own URL: first verify, then parse.
//!
//! Answer with HTTP 200 within a second, whatever you then do with the message: otherwise the platform sends it again
//! after half an hour, up to five times. Messages may arrive twice and in any order; [`Message::id`] tells repeats.

mod envelope;
mod identity;

use self::envelope::Envelope;
use self::identity::{Identity, moment};
use crate::codec::{self, Context, Policy};
use crate::endpoint::FieldEvidence;
use crate::error::{Error, Warning};
use crate::schema::Kind;
use crate::secret::Secret;
use crate::values::Time;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

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

/// The number of 1688 in a message.
pub const PLATFORM_1688: i64 = 1;

/// The number of Taobao in a message.
pub const PLATFORM_TAOBAO: i64 = 0;

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
/// A value that does not fit becomes null and a warning; only a body that is no JSON object in UTF-8 is an error.
///
/// # Errors
/// [`Error::Decode`] if the body is no message.
pub fn parse(body: &[u8]) -> Result<Message, Error> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = ::core::str::from_utf8(body).map_err(|_| malformed("the body is not UTF-8"))?;
    let text = codec::mended(text);
    let mut context = Context::new(Policy::Reply, text.len());
    let envelope = Envelope::read(&text, &mut context)?;

    let message_type = envelope.message_type.words("messageType", &mut context);
    let platform = envelope.message_platform.scalar("messagePlatform", &mut context);
    let platform = platform.or_else(|| named_platform(message_type.as_deref()));
    let time: Option<Time> = envelope.timestamp.scalar("timestamp", &mut context);
    let (push, inferred) = match &message_type {
        Some(name) => recognise(name, platform),
        None => (bare(&envelope, &text), false),
    };

    let kind = push.map_or(&Kind::Any, |push| &push.body);
    let content = envelope.content(&text, kind);
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

/// The row of a message without an envelope: the one of no platform that has one of its fields.
fn bare(envelope: &Envelope, text: &str) -> Option<&'static Push> {
    if envelope.has_body() {
        return None;
    }
    let object = codec::members(text)?;
    crate::catalogue::PUSHES.iter().copied().filter(|push| push.platform.is_none()).find(|push| match push.body {
        Kind::Object(schema) => object.iter().any(|(name, _)| schema.field(name).is_some()),
        _ => false,
    })
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
