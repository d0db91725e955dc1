//! What happens to a call, for whoever listens: logs, metrics, traces. No secret, no signature and no body is in it.

use crate::endpoint::Method;
use crate::error::Warning;
use alloc::string::String;
use alloc::vec::Vec;

/// Something that happened to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// When, by the host's clock, in milliseconds since 1970.
    pub at_ms: u64,
    /// What.
    pub kind: EventKind,
}

/// What happened, in the order in which it can come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventKind {
    /// The call began.
    Started {
        /// The id of the endpoint that is called.
        endpoint: &'static str,
        /// Whether it changes something.
        is_write: bool,
    },
    /// The call waits for its place within the client's own limit.
    Limited {
        /// Milliseconds.
        wait_ms: u64,
    },
    /// An attempt is being sent.
    Sent {
        /// Its number, from 1.
        attempt: u32,
        /// The HTTP method.
        method: Method,
        /// The URL, without a signature.
        url: String,
        /// How long its answer is waited for, in milliseconds.
        timeout_ms: u64,
    },
    /// An attempt was answered.
    Answered {
        /// Its number, from 1.
        attempt: u32,
        /// How long it took, in milliseconds.
        duration_ms: u64,
        /// The HTTP status.
        status: u16,
        /// The headers of [`HEADERS`] that came.
        headers: Vec<(&'static str, String)>,
        /// Bytes of the body.
        bytes: usize,
        /// The platform's code, if it refused the call.
        code: Option<String>,
        /// The platform's name for the call, where it gave one.
        request_id: Option<String>,
    },
    /// An attempt has no answer.
    Failed {
        /// Its number, from 1.
        attempt: u32,
        /// How long it took, in milliseconds.
        duration_ms: u64,
        /// `connect`, `dns`, `tls`, `reset`, `timeout`, `broken`, `too-large`, `cancelled` or `other`.
        failure: &'static str,
        /// Whether any of it may have left.
        maybe_sent: bool,
        /// The beginning of the transport's own words.
        detail: String,
    },
    /// A value in the reply did not fit its field and became null, or a field of the request was probably misspelt.
    Warned(Warning),
    /// The host's clock is off. The next attempt is signed with the platform's.
    ClockCorrected {
        /// How far the host's clock is behind, in milliseconds; negative if it is ahead.
        behind_ms: i64,
    },
    /// Another attempt will follow.
    Retrying {
        /// Its number, from 1.
        attempt: u32,
        /// How long to wait for it, in milliseconds.
        wait_ms: u64,
        /// The kind of the error of the attempt before, as [`Error::kind`](crate::Error::kind) has it.
        error: &'static str,
        /// Whether the wait is as long as the platform asked for.
        is_asked: bool,
    },
    /// The call is over.
    Ended {
        /// How many attempts were sent.
        attempts: u32,
        /// How long it took, with all waits, in milliseconds.
        duration_ms: u64,
        /// The kind of its error, as [`Error::kind`](crate::Error::kind) has it; absent if it succeeded.
        error: Option<&'static str>,
        /// The platform's code, if it refused the call.
        code: Option<String>,
        /// The platform's name for the call, where it gave one.
        request_id: Option<String>,
    },
}

/// The headers of answers that matter beyond their transport, in lower case: what reading, waiting and the clock go by, and
/// names for the call that gateways give, of which it is not known whether the platform sends one.
pub const HEADERS: [&str; 8] = [
    "content-type",
    "date",
    "retry-after",
    "x-request-id",
    "request-id",
    "x-ca-request-id",
    "x-trace-id",
    "eagleeye-traceid",
];

/// How many of [`HEADERS`] are not the name of a call.
const NO_NAMES: usize = 3;

impl EventKind {
    /// A word for it, the same in every language.
    pub fn as_str(&self) -> &'static str {
        match self {
            EventKind::Started { .. } => "started",
            EventKind::Limited { .. } => "limited",
            EventKind::Sent { .. } => "sent",
            EventKind::Answered { .. } => "answered",
            EventKind::Failed { .. } => "failed",
            EventKind::Warned(_) => "warned",
            EventKind::ClockCorrected { .. } => "clock-corrected",
            EventKind::Retrying { .. } => "retrying",
            EventKind::Ended { .. } => "ended",
        }
    }
}

/// The name for the call that stands in an answer's headers; `header` gives the value of one.
pub(crate) fn request_id<'h>(header: impl Fn(&'static str) -> Option<&'h str>) -> Option<&'h str> {
    HEADERS.into_iter().skip(NO_NAMES).find_map(header)
}

/// What happened and has not been taken, if anybody listens.
#[derive(Debug, Default)]
pub(crate) struct Events {
    listens: bool,
    happened: Vec<Event>,
    /// How many of them have their time. The others were reported, and the next step tells when that was.
    timed: usize,
}

impl Events {
    pub(crate) fn listen(&mut self) {
        self.listens = true;
    }

    /// Takes note of what happens now.
    pub(crate) fn push(&mut self, at_ms: u64, kind: impl FnOnce() -> EventKind) {
        if self.listens {
            self.happened.push(Event { at_ms, kind: kind() });
            self.timed = self.happened.len();
        }
    }

    /// Takes note of what was reported.
    pub(crate) fn push_report(&mut self, kind: impl FnOnce() -> EventKind) {
        if self.listens {
            self.happened.push(Event { at_ms: 0, kind: kind() });
        }
    }

    /// Takes note of what is doubtful about a request that begins now.
    #[inline(never)]
    pub(crate) fn warn(&mut self, now_ms: u64, warnings: &[Warning]) {
        warnings.iter().for_each(|warning| self.push(now_ms, || EventKind::Warned(warning.clone())));
    }

    /// Gives what was reported its time, and an attempt sent at `sent_ms` its duration.
    pub(crate) fn time(&mut self, now_ms: u64, sent_ms: u64) {
        for event in self.happened.iter_mut().skip(self.timed) {
            event.at_ms = now_ms;
            if let EventKind::Answered { duration_ms, .. } | EventKind::Failed { duration_ms, .. } = &mut event.kind {
                *duration_ms = now_ms.saturating_sub(sent_ms);
            }
        }
        self.timed = self.happened.len();
    }

    pub(crate) fn take(&mut self) -> Vec<Event> {
        self.timed = 0;
        ::core::mem::take(&mut self.happened)
    }
}
