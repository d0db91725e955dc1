//! Errors: who is wrong, which field, what to do. The same in every host; never with a secret or a signature.

use crate::call::recovery::Ticket;
use crate::json::OF_REQUEST;
use crate::search::position;
use ::core::fmt;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

/// Why a call did not give its data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A call that writes was sent, and its answer is lost: it may have been carried out.
    #[error("{endpoint} may have been carried out: {cause}; {recovery}")]
    AmbiguousWrite {
        /// The endpoint that was called.
        endpoint: String,
        /// What happened to the answer.
        cause: Box<Error>,
        /// How to find out.
        recovery: String,
        /// The write, to be looked for.
        ticket: Box<Ticket>,
    },

    /// The platform refused the call.
    #[error("the platform refused {endpoint}: {message} (code {code}{}){}", RequestId(.request_id), Hint(.hint))]
    Api {
        /// The endpoint that was called.
        endpoint: String,
        /// The platform's code.
        code: String,
        /// The platform's words, under whatever name they stand, those within the data too.
        message: String,
        /// The beginning of the body.
        body_head: Box<str>,
        /// The platform's name for this call: quote it when asking the platform.
        request_id: Option<Box<str>>,
        /// What may help, where the platform knows no such path or method, or contradicts itself, or a field of the request was
        /// probably misspelt.
        hint: Option<Box<str>>,
    },

    /// The caller does not want the call any more.
    #[error("{endpoint} was cancelled")]
    Cancelled {
        /// The endpoint that was called.
        endpoint: String,
    },

    /// The client is set up wrongly.
    #[error("the setting `{field}` {reason}")]
    Config {
        /// The setting; of a part of it, as `limit.burst`.
        field: String,
        /// What is wrong with it.
        reason: String,
    },

    /// The platform answered, but not with a reply that can be read. A write may have been carried out.
    #[error("unreadable reply to {endpoint}: {}{reason}{}", Field(.part.path()), RequestId(.request_id))]
    Decode {
        /// The endpoint that was called.
        endpoint: String,
        /// What of it cannot be read.
        part: ReplyPart,
        /// What is wrong with it.
        reason: String,
        /// The beginning of the body.
        body_head: String,
        /// The platform's name for this call, where it could be read.
        request_id: Option<Box<str>>,
    },

    /// The answer has another HTTP status than success, and is none of the platform's replies.
    #[error("{endpoint} was answered with HTTP status {status}{}{}", InBrackets(.request_id), Hint(.hint))]
    Http {
        /// The endpoint that was called.
        endpoint: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of the body.
        body_head: String,
        /// What may help.
        hint: Option<Box<str>>,
        /// The name for the call that a header of the answer gave.
        request_id: Option<Box<str>>,
    },

    /// The request is wrong. Nothing was sent.
    #[error("invalid request {endpoint}: {}{reason} (nothing was sent)", Field(.path))]
    InvalidRequest {
        /// The endpoint that was meant.
        endpoint: String,
        /// The field, as `cargoParamList[0].offerId`; empty for the request as a whole.
        path: String,
        /// What is wrong with it.
        reason: String,
    },

    /// The host drives the exchange wrongly.
    #[error("misuse of the exchange: {reason}")]
    Misuse {
        /// What is wrong.
        reason: &'static str,
    },

    /// A pushed message does not come from the platform, or was changed on its way.
    #[error("the pushed message is not accepted: {reason}")]
    PushSignature {
        /// What is wrong.
        reason: &'static str,
    },

    /// No answer came in time. A write may have been carried out.
    #[error("{endpoint} was not {}", if *.is_limited { NOT_SENT } else { "answered in time" })]
    Timeout {
        /// The endpoint that was called.
        endpoint: String,
        /// Whether the client's own limit let nothing be sent before the deadline.
        is_limited: bool,
    },

    /// The platform answered with more than the settings allow. A write may have been carried out.
    #[error("unreadable reply to {endpoint}: {}", too_large(*.limit))]
    TooLarge {
        /// The endpoint that was called.
        endpoint: String,
        /// The largest reply that is read, in bytes.
        limit: usize,
    },

    /// There is no such setting.
    #[error("unknown setting `{name}`{}", DidYouMean(.nearest))]
    UnknownSetting {
        /// What was given.
        name: String,
        /// The setting that may be meant.
        nearest: Option<String>,
    },

    /// The request or its answer was lost on the way.
    #[error("{endpoint} could not be sent or answered: {kind}: {detail}")]
    Transport {
        /// The endpoint that was called.
        endpoint: String,
        /// What happened.
        kind: TransportKind,
        /// The transport's own words.
        detail: String,
    },
}

/// The part of a reply that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyPart {
    /// The body: it is no reply of the platform. It may have been broken on its way, so the same call may succeed.
    Body,
    /// The result code, without which an object is no reply. As for the body, the same call may succeed.
    Code,
    /// The value of this field, as `data.orders[3].totalAmount`. It will not fit the next time either.
    Value(String),
}

/// What happened to a request on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportKind {
    /// No connection came about: nothing was sent.
    Connect,
    /// The host's name was not found: nothing was sent.
    Dns,
    /// Something else.
    Other,
    /// The connection broke.
    Reset,
    /// The secure connection was not accepted: nothing was sent.
    Tls,
}

/// Something odd that stopped nothing: a value in a reply that did not fit its field and became null, which the raw body
/// still has; or a field of a request that is not listed and was sent, but is nearly one that is listed and has no value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Warning {
    /// The field, as `data.orders[3].totalAmount`; as `request.subOrderIds` if it is one of the request.
    pub path: String,
    /// The kind of value that belongs there, or the field that was probably meant.
    pub expected: &'static str,
    /// The kind of value that stood there.
    pub found: &'static str,
}

impl Error {
    /// The write whose answer is lost, to be looked for.
    pub fn ticket(&self) -> Option<&Ticket> {
        match self {
            Error::AmbiguousWrite { ticket, .. } => Some(ticket),
            _ => None,
        }
    }

    /// Whether the same call may succeed later; the exchange goes by it. Says nothing about whether it is safe to
    /// repeat a call that writes.
    pub fn is_retryable(&self) -> bool {
        match self {
            Error::Api { code, .. } => matches!(code.as_str(), "429" | "502" | "503" | "504") || self.is_nonce_reuse(),
            Error::Decode { part, .. } => !matches!(part, ReplyPart::Value(_)),
            Error::Http { status, .. } => matches!(status, 429 | 502 | 503 | 504),
            Error::Timeout { .. } => true,
            Error::Transport { kind, .. } => *kind != TransportKind::Tls,
            _ => false,
        }
    }

    /// Whether the platform refused the call over its nonce. Every attempt has one of its own: something on the way has
    /// sent it twice, as browsers do when a connection breaks, and the copy may have been carried out. The platform
    /// publishes no code for it, so its words are looked at: the nonce, and that it is not new.
    pub(crate) fn is_nonce_reuse(&self) -> bool {
        const NOT_NEW: [&str; 8] = ["used", "repeat", "replay", "duplicate", "exist", "重复", "使用", "存在"];
        let Error::Api { message, .. } = self else { return false };
        let words = message.to_ascii_lowercase();
        let says = |word: &str| position(&words, word).is_some();
        says("nonce") && NOT_NEW.into_iter().any(says)
    }

    /// The platform's name for the call, where it gave one.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Error::AmbiguousWrite { cause, .. } => cause.request_id(),
            Error::Api { request_id, .. } | Error::Decode { request_id, .. } | Error::Http { request_id, .. } => {
                request_id.as_deref()
            }
            _ => None,
        }
    }

    /// Tells of a refused call that a field of its request was probably misspelt.
    #[cold]
    #[inline(never)]
    pub(crate) fn doubt(&mut self, warning: &Warning) {
        let refusal = match self {
            Error::AmbiguousWrite { cause, .. } => cause.as_mut(),
            error => error,
        };
        if let Error::Api { hint: hint @ None, .. } = refusal {
            let name = warning.path.strip_prefix(OF_REQUEST).unwrap_or(&warning.path);
            *hint = Some(["`", name, "` is not listed; was `", warning.expected, "` meant?"].concat().into());
        }
    }

    /// The platform's code, where it refused the call.
    pub fn code(&self) -> Option<&str> {
        match self {
            Error::AmbiguousWrite { cause, .. } => cause.code(),
            Error::Api { code, .. } => Some(code),
            _ => None,
        }
    }

    /// The name of its kind, the same in every language.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::AmbiguousWrite { .. } => "AmbiguousWrite",
            Error::Api { .. } => "Api",
            Error::Cancelled { .. } => "Cancelled",
            Error::Config { .. } | Error::UnknownSetting { .. } => "Config",
            Error::Decode { .. } | Error::TooLarge { .. } => "Decode",
            Error::Http { .. } => "Http",
            Error::InvalidRequest { .. } => "InvalidRequest",
            Error::Misuse { .. } => "Misuse",
            Error::PushSignature { .. } => "PushSignature",
            Error::Timeout { .. } => "Timeout",
            Error::Transport { .. } => "Transport",
        }
    }
}

impl ReplyPart {
    /// The field; empty for the body as a whole.
    pub fn path(&self) -> &str {
        match self {
            ReplyPart::Body => "",
            ReplyPart::Code => "code",
            ReplyPart::Value(path) => path,
        }
    }
}

impl TransportKind {
    /// A word for it, the same in every language.
    pub fn as_str(self) -> &'static str {
        match self {
            TransportKind::Connect => "connect",
            TransportKind::Dns => "dns",
            TransportKind::Other => "other",
            TransportKind::Reset => "reset",
            TransportKind::Tls => "tls",
        }
    }

    /// Whether it is certain that the platform received nothing.
    pub fn nothing_sent(self) -> bool {
        matches!(self, TransportKind::Connect | TransportKind::Dns | TransportKind::Tls)
    }
}

impl fmt::Display for TransportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TransportKind::Connect => "no connection",
            TransportKind::Dns => "the host's name was not found",
            TransportKind::Other => "the transport failed",
            TransportKind::Reset => "the connection broke",
            TransportKind::Tls => "the secure connection was not accepted",
        })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the body" } else { &self.path };
        write!(f, "{path}: expected {}, found {}", self.expected, self.found)
    }
}

/// Stands for the platform's words where it gave none.
pub(crate) const NO_WORDS: &str = "no reason given";

const NOT_SENT: &str = "sent: the client's own `limit` would make it wait as long as its `deadline`";

/// Why a reply is not read that is larger than the settings allow.
pub(crate) fn too_large(limit: usize) -> String {
    format!("the body is larger than {limit} bytes, the most that the settings allow")
}

struct DidYouMean<'a>(&'a Option<String>);
struct Field<'a>(&'a str);
struct Hint<'a>(&'a Option<Box<str>>);
struct InBrackets<'a>(&'a Option<Box<str>>);
struct RequestId<'a>(&'a Option<Box<str>>);

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "`{}`: ", self.0) }
    }
}

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |name| write!(f, "; did you mean `{name}`?"))
    }
}

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |hint| write!(f, ": {hint}"))
    }
}

impl fmt::Display for InBrackets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |id| write!(f, " (request {id})"))
    }
}

impl fmt::Display for RequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |id| write!(f, ", request {id}"))
    }
}
