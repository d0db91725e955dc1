//! One call as a state machine: what to send, how long to wait, when to give up. It does no I/O.
//!
//! The contract: the host calls [`Exchange::step`] and does what it says. After [`Step::Send`] it reports once, with
//! [`Exchange::on_response`] or [`Exchange::on_failure`]; after [`Step::Wait`] it waits; [`Step::Done`] is the end.
//!
//! - Every attempt is signed anew, with its own nonce and timestamp.
//! - A call that only reads is tried again when the network, the platform's gateway or a broken answer fails it. A call
//!   that writes is tried again only when it certainly did not arrive, unless the caller allows it: an order must not
//!   be placed twice. If it may have arrived, [`Error::AmbiguousWrite`] says how to find out.
//! - Between attempts it waits a random time up to a bound that doubles, or as long as the platform asks for.
//! - Neither the attempts nor the waits go beyond the deadline.
//! - If the platform refuses a timestamp because the host's clock is off, the clock is corrected by the answer's `Date`,
//!   once, for this call and those that follow.

use crate::clock::parse_http_date;
use crate::core::{Core, Prepared};
use crate::endpoint::{Endpoint, Safety};
use crate::error::{Error, TransportKind};
use crate::reply::Reply;
use crate::request::{Request, Response};
use crate::{Nonce, find_out};
use alloc::boxed::Box;
use alloc::string::{String, ToString};

/// When and how often a call is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts after the first.
    pub retries: u32,
    /// The bound of the first wait, in milliseconds; it doubles with each retry.
    pub base_ms: u64,
    /// The largest bound of a wait, in milliseconds.
    pub cap_ms: u64,
    /// How long one attempt may take, in milliseconds.
    pub timeout_ms: u64,
    /// How long the call may take with all its attempts and waits, in milliseconds.
    pub deadline_ms: u64,
    /// Whether a call that writes may be tried again although it may have arrived. Orders may then be placed twice.
    pub retry_writes: bool,
}

/// What the host does next.
#[derive(Debug)]
pub enum Step<T> {
    /// Send this request, and report what became of it.
    Send {
        /// The request, signed for this attempt.
        request: Request,
        /// How long to wait for the whole answer, in milliseconds.
        timeout_ms: u64,
    },
    /// Wait this many milliseconds, then call [`Exchange::step`] again.
    Wait(u64),
    /// The call is over.
    Done(Result<Reply<T>, Error>),
}

/// What happened to an attempt that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The answer was there, but its body could not be received as its headers announced it.
    Broken,
    /// The request or its answer was lost on the way.
    Lost(TransportKind),
    /// The answer did not come in time.
    Timeout,
}

/// One call, from its first attempt to its end.
#[derive(Debug)]
pub struct Exchange<T> {
    prepared: Prepared,
    policy: RetryPolicy,
    read: Reader<T>,
    state: State<T>,
    attempts: u32,
    retries: u32,
    started_ms: Option<u64>,
    sent_ms: u64,
    waited_ms: u64,
    clock_corrected: bool,
}

/// How a reply is read: typed, or as canonical JSON.
pub(crate) type Reader<T> = fn(&Core, &'static Endpoint, Response) -> Result<Reply<T>, Error>;

#[derive(Debug)]
enum State<T> {
    /// The next attempt can be sent; the error is that of the attempt before.
    Ready(Option<Error>),
    /// The host has a request and has not reported.
    Sent,
    /// The attempt failed and another one is allowed.
    Failed { error: Error, pause: Pause },
    /// The host waits until this time.
    Waiting { until_ms: u64, error: Option<Error> },
    /// The call is over, and the host has not been told.
    Over(Result<Reply<T>, Error>),
    /// The host has been told.
    Told,
}

/// How long the platform asks to wait.
#[derive(Clone, Copy, Debug)]
enum Pause {
    None,
    Millis(u64),
    Until(u64),
}

/// A clock is certainly refused when it is further off than this; the platform allows 600 seconds.
const REFUSED_CLOCK_MS: u64 = 601_000;

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { retries: 2, base_ms: 500, cap_ms: 8_000, timeout_ms: 30_000, deadline_ms: 60_000, retry_writes: false }
    }
}

impl<T> Exchange<T> {
    pub(crate) fn new(prepared: Prepared, policy: RetryPolicy, read: Reader<T>) -> Self {
        Self {
            prepared,
            policy,
            read,
            state: State::Ready(None),
            attempts: 0,
            retries: 0,
            started_ms: None,
            sent_ms: 0,
            waited_ms: 0,
            clock_corrected: false,
        }
    }

    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970; `random` is new random bytes.
    pub fn step(&mut self, core: &Core, now_ms: u64, random: [u8; Nonce::LENGTH]) -> Step<T> {
        let started = *self.started_ms.get_or_insert(now_ms);
        let left = self.policy.deadline_ms.saturating_sub(now_ms.saturating_sub(started).max(self.waited_ms));
        match ::core::mem::replace(&mut self.state, State::Told) {
            State::Ready(last) => self.schedule(core, now_ms, 0, left, random, last),
            State::Failed { error, pause } => {
                let bound = self.policy.base_ms.saturating_mul(1 << self.retries.min(32)).min(self.policy.cap_ms);
                let pause = pause.millis(now_ms).max(jitter(random, bound));
                self.retries += 1;
                self.schedule(core, now_ms, pause, left, random, Some(error))
            }
            State::Waiting { until_ms, error } => {
                let rest = until_ms.saturating_sub(now_ms);
                if rest == 0 {
                    return self.send(core, now_ms, left, random, error);
                }
                if rest >= left {
                    return self.end(error.unwrap_or_else(|| self.timeout()));
                }
                self.wait(rest, until_ms, error)
            }
            State::Over(result) => Step::Done(result),
            State::Sent => {
                self.state = State::Sent;
                Step::Done(Err(misuse("the attempt was not reported before the next step")))
            }
            State::Told => Step::Done(Err(misuse("the call is over"))),
        }
    }

    /// Reports the answer to the request that was sent. Names of headers are in any case.
    pub fn on_response(&mut self, core: &Core, response: Response) {
        if !matches!(self.state, State::Sent) {
            return;
        }
        let status = response.status;
        let date = response.header("date").and_then(parse_http_date);
        let pause = response.header("retry-after").map_or(Pause::None, Pause::parse);
        let result = (self.read)(core, self.prepared.endpoint(), response);
        self.state = match result {
            Ok(reply) => State::Over(Ok(reply)),
            Err(error) if self.corrects_clock(core, &error, date) => State::Ready(Some(error)),
            Err(error) => {
                let arrival = Arrival::of_answer(status, &error);
                self.judge(error, arrival, pause)
            }
        };
    }

    /// Reports that there is no answer. `maybe_sent` tells whether any byte of the request may have left the host;
    /// `detail` is the transport's own words, without the URL and without headers.
    pub fn on_failure(&mut self, kind: FailureKind, maybe_sent: bool, detail: String) {
        if !matches!(self.state, State::Sent) {
            return;
        }
        let endpoint = self.prepared.endpoint().id.to_string();
        let arrival = if maybe_sent { Arrival::Possible } else { Arrival::Impossible };
        let error = match kind {
            FailureKind::Broken => Error::Decode {
                endpoint,
                path: String::new(),
                reason: detail,
                body_head: String::new(),
                request_id: None,
            },
            FailureKind::Lost(kind) => Error::Transport { endpoint, kind, detail },
            FailureKind::Timeout => Error::Timeout { endpoint },
        };
        self.state = self.judge(error, arrival, Pause::None);
    }

    /// Ends the call because the host does not want it any more.
    pub fn cancel(&mut self) {
        let error = Error::Cancelled { endpoint: self.prepared.endpoint().id.to_string() };
        self.state = match &self.state {
            State::Sent => State::Over(Err(self.ambiguous_if_write(error))),
            State::Over(_) | State::Told => return,
            _ => State::Over(Err(error)),
        };
    }

    /// Attempts that have been sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The endpoint that is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.prepared.endpoint()
    }

    /// Sends the next attempt after a pause and as the limit of calls allows, or ends the call if that is too late.
    fn schedule(
        &mut self,
        core: &Core,
        now_ms: u64,
        pause: u64,
        left: u64,
        random: [u8; Nonce::LENGTH],
        last: Option<Error>,
    ) -> Step<T> {
        let rest = left.saturating_sub(pause).checked_sub(1);
        match rest.and_then(|rest| core.take_token(now_ms.saturating_add(pause), rest)) {
            None => self.end(last.unwrap_or_else(|| self.timeout())),
            Some(0) if pause == 0 => self.send(core, now_ms, left, random, last),
            Some(token) => self.wait(pause + token, now_ms.saturating_add(pause + token), last),
        }
    }

    fn wait(&mut self, wait: u64, until_ms: u64, error: Option<Error>) -> Step<T> {
        self.waited_ms = self.waited_ms.saturating_add(wait);
        self.state = State::Waiting { until_ms, error };
        Step::Wait(wait)
    }

    fn send(
        &mut self,
        core: &Core,
        now_ms: u64,
        left: u64,
        random: [u8; Nonce::LENGTH],
        last: Option<Error>,
    ) -> Step<T> {
        if left == 0 {
            return self.end(last.unwrap_or_else(|| self.timeout()));
        }
        self.attempts += 1;
        self.sent_ms = now_ms;
        self.state = State::Sent;
        let request = core.sign(&self.prepared, core.platform_ms(now_ms), &Nonce::from_random(random));
        Step::Send { request, timeout_ms: self.policy.timeout_ms.min(left) }
    }

    fn end(&mut self, error: Error) -> Step<T> {
        self.state = State::Told;
        Step::Done(Err(error))
    }

    /// Whether a failed attempt is followed by another, and what the caller is told if it is not.
    fn judge(&mut self, error: Error, arrival: Arrival, pause: Pause) -> State<T> {
        let reads = self.prepared.endpoint().safety == Safety::Read;
        let harmless = reads || self.policy.retry_writes || arrival == Arrival::Impossible;
        let error = if arrival == Arrival::Possible { self.ambiguous_if_write(error) } else { error };
        if harmless && is_passing(&error) && self.retries < self.policy.retries {
            State::Failed { error, pause }
        } else {
            State::Over(Err(error))
        }
    }

    fn ambiguous_if_write(&self, error: Error) -> Error {
        let endpoint = self.prepared.endpoint();
        match endpoint.safety {
            Safety::Read => error,
            Safety::Write => Error::AmbiguousWrite {
                endpoint: endpoint.id.to_string(),
                cause: Box::new(error),
                find_out: find_out::advice(endpoint, self.prepared.body()),
            },
        }
    }

    /// Corrects the clock, once, if the platform refused the call and the host's clock explains it.
    fn corrects_clock(&mut self, core: &Core, error: &Error, date: Option<u64>) -> bool {
        let refused = matches!(error, Error::Api { .. } | Error::Http { status: 401 | 403, .. });
        let Some(date) = date.filter(|_| refused && !self.clock_corrected) else { return false };
        if date.abs_diff(core.platform_ms(self.sent_ms)) <= REFUSED_CLOCK_MS {
            return false;
        }
        self.clock_corrected = true;
        core.learn_clock(date, self.sent_ms);
        true
    }

    fn timeout(&self) -> Error {
        Error::Timeout { endpoint: self.prepared.endpoint().id.to_string() }
    }
}

/// Whether the platform may have carried out an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    /// It did not arrive.
    Impossible,
    /// It may have.
    Possible,
    /// It arrived and was refused.
    Refused,
}

impl Arrival {
    /// What an answer tells that is no success.
    fn of_answer(status: u16, error: &Error) -> Self {
        match (error, status) {
            (Error::Api { .. }, _) => Arrival::Refused,
            // Success that cannot be read, a gateway that lost the answer, or a failure within the platform.
            (_, 200..=299 | 408 | 500..=599) => Arrival::Possible,
            _ => Arrival::Refused,
        }
    }
}

/// Whether another attempt may succeed.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::AmbiguousWrite { cause, .. } => is_passing(cause),
        Error::Api { code, .. } => matches!(code.as_str(), "429" | "502" | "503" | "504"),
        // A misfit in a strict reading stays one; a body that is no reply was broken on its way.
        Error::Decode { path, .. } => path.is_empty() || path == "code",
        Error::Http { status, .. } => matches!(status, 429 | 502 | 503 | 504),
        Error::Timeout { .. } => true,
        Error::Transport { kind, .. } => *kind != TransportKind::Tls,
        _ => false,
    }
}

/// A random time from 0 to `bound`, both included.
fn jitter(random: [u8; Nonce::LENGTH], bound: u64) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = random;
    u64::from_le_bytes([a, b, c, d, e, f, g, h]) % bound.saturating_add(1)
}

impl Pause {
    /// What `Retry-After` says: seconds, or a date.
    fn parse(text: &str) -> Self {
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Pause::Millis(text.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1000));
        }
        parse_http_date(text).map_or(Pause::None, Pause::Until)
    }

    fn millis(self, now_ms: u64) -> u64 {
        match self {
            Pause::None => 0,
            Pause::Millis(millis) => millis,
            Pause::Until(moment) => moment.saturating_sub(now_ms),
        }
    }
}

fn misuse(reason: &'static str) -> Error {
    Error::Misuse { reason }
}
