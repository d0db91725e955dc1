//! The settings of a client, each once: from this table come the reader of JSON, the types and documentation of all
//! hosts, and the names in messages.

use crate::call::config::{Config, TimestampUnit};
use crate::call::limit::Limit;
use crate::call::reference::References;
use crate::call::retry::RetryPolicy;
use crate::call::sign;
use crate::call::texts::Texts;
use crate::secret::Secret;
use ::core::fmt;
use ::core::time::Duration;
use alloc::string::String;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name in snake_case; every language writes it in its own case.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a call may have another one than its client.
    pub per_call: bool,
    /// What hosts say of it.
    #[cfg(feature = "docs")]
    pub docs: Docs,
}

/// What hosts say of a setting.
#[cfg(feature = "docs")]
#[derive(Debug, Default)]
pub struct Docs {
    /// What it means, in sentences. The unit of a duration and what is usual are each host's to add.
    pub meaning: &'static str,
    /// Whether there is no client without it.
    pub required: bool,
    /// The variable of the environment that hosts of the command line take it from.
    pub variable: Option<&'static str>,
}

/// What a setting holds, and where it is kept.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number of bytes.
    Bytes(Slot<usize>),
    /// A number from 0 to 4294967295.
    Count(Slot<u32>),
    /// A length of time; milliseconds in JSON.
    Duration(Slot<Duration>),
    /// True or false.
    Flag(Slot<bool>),
    /// An object of [`LIMIT`]: a number above 0, of which six decimals count, and a whole number from 1 to 4294967295.
    Limit(Slot<Option<Limit>>),
    /// One of these words, of which the first is usual.
    OneOf(&'static [Choice]),
    /// Text that is never shown.
    Secret(Slot<Secret>),
    /// Text.
    Text(Slot<String>),
    /// Texts by name.
    Texts(Slot<Texts>),
    /// The address of a server.
    Url(Slot<String>),
}

/// The members of a limit of calls, in snake_case.
pub const LIMIT: [&str; 2] = ["per_second", "burst"];

/// A word that a setting can be.
#[derive(Debug)]
pub struct Choice {
    /// As it is written.
    pub word: &'static str,
    /// Its name where words have names, in snake_case.
    #[cfg(feature = "docs")]
    pub name: &'static str,
    /// What it means.
    #[cfg(feature = "docs")]
    pub meaning: &'static str,
    pub(crate) choose: fn(&mut Draft),
}

/// A place among the settings.
pub struct Slot<T>(pub(crate) fn(&mut Draft) -> &mut T);

/// Settings that are not checked yet.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) config: Config,
    pub(crate) policy: RetryPolicy,
}

/// Every setting, in the order in which hosts show them.
pub static SETTINGS: &[Setting] = &[
    client("access_key", Kind::Text(Slot(|draft| &mut draft.config.access_key)))
        .required("XPORTCN_ACCESS_KEY")
        .means("The developer's access key."),
    client("access_secret", Kind::Secret(Slot(|draft| &mut draft.config.access_secret)))
        .required("XPORTCN_ACCESS_SECRET")
        .means("The developer's access secret. It is never shown."),
    call("user_id", Kind::Text(Slot(|draft| &mut draft.config.user_id)))
        .required("XPORTCN_USER_ID")
        .means("The sub-account to act for."),
    client("base_url", Kind::Url(Slot(|draft| &mut draft.config.base_url)))
        .variable("XPORTCN_BASE_URL")
        .means("Where the platform is. It begins with https://, or with http:// for this machine; with the sandbox's own account, for private networks too."),
    client("signature", Kind::OneOf(SIGNATURES)).means("How requests are signed."),
    client("timestamp_unit", Kind::OneOf(UNITS)).means("The unit of the timestamp that is signed."),
    client("limit", Kind::Limit(Slot(|draft| &mut draft.config.limit)))
        .means("How many calls may be made per second. There is no limit unless it is set."),
    client("paths", Kind::Texts(Slot(|draft| &mut draft.config.paths))).variable("XPORTCN_PATHS").means(
        "Other paths for endpoints, by id. Write one as `/open/order/pay`, or with a method, `POST /open/order/pay`.",
    ),
    client("user_agent", Kind::Text(Slot(|draft| &mut draft.config.user_agent))).means(
        "What requests say of the program that makes them, as `my-shop/1.0`. The name and version of this package follow.",
    ),
    call("headers", Kind::Texts(Slot(|draft| &mut draft.config.headers))).means(
        "Further headers of requests, by name. Those of a call are added to those of its client.",
    ),
    call("query", Kind::Texts(Slot(|draft| &mut draft.config.query))).means(
        "Further members of the query of requests, by name. Those of a call are added to those of its client.",
    ),
    client("references", Kind::OneOf(REFERENCES)).means(
        "Whether a call that places an order without the caller's own reference gets one, made up from the time and chance, so that the order can be found again if the answer is lost.",
    ),
    client("max_reply_bytes", Kind::Bytes(Slot(|draft| &mut draft.config.max_reply_bytes)))
        .means("The largest reply that is read, in bytes."),
    client("strict", Kind::Flag(Slot(|draft| &mut draft.config.strict)))
        .means("Whether a value in a reply that does not fit its field is an error. For tests."),
    client("observe", Kind::Flag(Slot(|draft| &mut draft.config.observe)))
        .means("Whether the shapes of replies are kept: names and types of their fields, never a value."),
    call("max_retries", Kind::Count(Slot(|draft| &mut draft.policy.max_retries)))
        .means("How many attempts may follow the first."),
    call("timeout", Kind::Duration(Slot(|draft| &mut draft.policy.timeout))).means("How long one attempt may take."),
    call("deadline", Kind::Duration(Slot(|draft| &mut draft.policy.deadline)))
        .means("How long a call may take from its first attempt on, with all its attempts and the waits between them. Before that it waits at most as long for its place within `limit`."),
    call("initial_backoff", Kind::Duration(Slot(|draft| &mut draft.policy.initial_backoff)))
        .means("The longest first wait between attempts. It doubles with each retry."),
    call("max_backoff", Kind::Duration(Slot(|draft| &mut draft.policy.max_backoff)))
        .means("The longest wait between attempts."),
    call("retry_writes", Kind::Flag(Slot(|draft| &mut draft.policy.retry_writes))).means(
        "Whether a call that writes is tried again although it may have arrived. Orders may then be placed twice.",
    ),
    call("recovery_window", Kind::Duration(Slot(|draft| &mut draft.policy.recovery_window))).means(
        "How long a write whose answer is lost is looked for, from its sending on. It should be longer than the platform takes to carry out a call and to show it.",
    ),
    call("retry_after_recovery", Kind::Flag(Slot(|draft| &mut draft.policy.retry_after_recovery))).means(
        "Whether a write is sent again, once, that was looked for and was not carried out.",
    ),
    call("wait_timeout", Kind::Duration(Slot(|draft| &mut draft.policy.wait_timeout))).means(
        "How long a state of an order or a refund is waited for.",
    ),
];

static SIGNATURES: &[Choice] = &[
    choice("md5", "md5", "MD5, which working clients use.", |draft| draft.config.signature = sign::Method::Md5),
    choice("hmac-sha256", "hmac_sha256", "HMAC-SHA256, for gateways that ask for it.", |draft| {
        draft.config.signature = sign::Method::HmacSha256;
    }),
];

static REFERENCES: &[Choice] = &[
    choice("off", "off", "Calls are sent as they are given.", |draft| draft.config.references = References::Off),
    choice("auto", "auto", "Calls get one where programs only read it, as in `sellerOrderNumber`.", |draft| {
        draft.config.references = References::Auto;
    }),
    choice(
        "auto-in-messages",
        "auto_in_messages",
        "Also calls whose only field for it is a message to the seller, who will read it.",
        |draft| draft.config.references = References::AutoInMessages,
    ),
];

static UNITS: &[Choice] = &[
    choice("s", "seconds", "Seconds since 1970, which working clients send.", |draft| {
        draft.config.timestamp_unit = TimestampUnit::Seconds;
    }),
    choice("ms", "milliseconds", "Milliseconds since 1970.", |draft| {
        draft.config.timestamp_unit = TimestampUnit::Milliseconds;
    }),
];

const fn client(name: &'static str, kind: Kind) -> Setting {
    Setting {
        name,
        kind,
        per_call: false,
        #[cfg(feature = "docs")]
        docs: Docs { meaning: "", required: false, variable: None },
    }
}

const fn call(name: &'static str, kind: Kind) -> Setting {
    Setting { per_call: true, ..client(name, kind) }
}

#[cfg(feature = "docs")]
const fn choice(word: &'static str, name: &'static str, meaning: &'static str, choose: fn(&mut Draft)) -> Choice {
    Choice { word, name, meaning, choose }
}

#[cfg(not(feature = "docs"))]
const fn choice(word: &'static str, _: &'static str, _: &'static str, choose: fn(&mut Draft)) -> Choice {
    Choice { word, choose }
}

#[cfg(feature = "docs")]
impl Setting {
    const fn means(mut self, meaning: &'static str) -> Self {
        self.docs.meaning = meaning;
        self
    }

    const fn variable(mut self, variable: &'static str) -> Self {
        self.docs.variable = Some(variable);
        self
    }

    const fn required(mut self, variable: &'static str) -> Self {
        self.docs.required = true;
        self.variable(variable)
    }

    /// What holds unless it is set: milliseconds, a number, true or false, or a word. Absent for what has no such value.
    pub fn usual(&self) -> Option<String> {
        use alloc::string::ToString;
        let mut draft = Draft::default();
        match self.kind {
            Kind::Bytes(slot) => Some(slot.of(&mut draft).to_string()),
            Kind::Count(slot) => Some(slot.of(&mut draft).to_string()),
            Kind::Duration(slot) => Some(slot.of(&mut draft).as_millis().to_string()),
            Kind::Flag(slot) => Some(slot.of(&mut draft).to_string()),
            Kind::OneOf(choices) => choices.first().map(|choice| choice.word.to_string()),
            Kind::Url(slot) => Some(slot.of(&mut draft).clone()),
            _ => None,
        }
    }
}

#[cfg(not(feature = "docs"))]
impl Setting {
    const fn means(self, _: &'static str) -> Self {
        self
    }

    const fn variable(self, _: &'static str) -> Self {
        self
    }

    const fn required(self, _: &'static str) -> Self {
        self
    }
}

impl<T> Slot<T> {
    pub(crate) fn of(self, draft: &mut Draft) -> &mut T {
        (self.0)(draft)
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self { config: Config::new("", "", ""), policy: RetryPolicy::default() }
    }
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slot<T> {}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slot")
    }
}
