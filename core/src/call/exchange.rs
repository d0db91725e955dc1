//! One call as a state machine: what to send, how long to wait, when to give up. It does no I/O.
//!
//! The contract: the host calls [`Exchange::step`] and does what it says. After [`Step::Send`] it reports once, with
//! [`Exchange::on_response`] or [`Exchange::on_failure`]; after [`Step::Wait`] it waits; [`Step::Done`] is the end.
//! A step or a report at another time ends the call with [`Error::Misuse`]; a call that writes and was sent is ambiguous.
//!
//! - Every attempt is signed anew, with its own nonce and timestamp.
//! - A call that only reads is tried again when the network, the platform's gateway or a broken answer fails it. A call
//!   that writes is tried again only when it certainly did not arrive, unless the caller allows it: an order must not
//!   be placed twice. If any attempt may have arrived, [`Error::AmbiguousWrite`] says how to find out.
//! - Between attempts it waits a random time up to a bound that doubles, or as long as the platform asks for. A moment
//!   that the platform names is read beside the answer's own `Date`. A limit of calls per second may make it wait more.
//! - Neither the attempts nor the waits go beyond the deadline. The time that passes is what the host's clock moves
//!   forward from step to step, and at least what was waited: a clock that stands still or is set back stops no call.
//! - The deadline begins when the first attempt is sent. Before it, a call waits for its place within the client's own limit;
//!   if that would take as long as the deadline, it is not sent.
//! - A refusal over the nonce, which no two attempts share, means that the attempt was sent twice on its way. A call that
//!   reads is tried again; one that writes is ambiguous, and not sent again whatever the caller allows. The platform
//!   publishes no code for it: it is known by the message's words.
//! - If a refusal can be about the time, and the answer's `Date` shows that the host's clock is off, by a day at most, the
//!   call is sent again with the clock corrected, once; a call that writes only if the platform refused it in an envelope.
//!   That is no retry. If it succeeds, the correction is kept for the calls that follow. If it is refused in the same way,
//!   the first refusal is told.

use crate::Nonce;
use crate::api::Call;
use crate::call::arrival::Arrival;
use crate::call::clock::{Correction, can_be_about_time, parse_http_date};
use crate::call::core::{Answer, Core, Prepared};
use crate::call::event::{Event, EventKind, Events, HEADERS};
use crate::call::recovery::{Ticket, Written, advice};
use crate::call::reply::Reply;
use crate::call::request::{Request, Response, header};
use crate::call::retry::{RetryPolicy, millis};
use crate::endpoint::{Endpoint, Safety};
use crate::error::{Error, ReplyPart, TransportKind, Warning};
use ::core::time::Duration;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

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
    /// The answer was there, but its body is larger than the settings allow.
    TooLarge,
}

impl FailureKind {
    /// A word for it, the same in every language.
    pub fn as_str(self) -> &'static str {
        match self {
            FailureKind::Broken => "broken",
            FailureKind::Lost(kind) => kind.as_str(),
            FailureKind::Timeout => "timeout",
            FailureKind::TooLarge => "too-large",
        }
    }
}

/// One call, from its first attempt to its end.
#[derive(Debug)]
pub struct Exchange<T> {
    core: Core,
    prepared: Prepared,
    policy: RetryPolicy,
    read: Reader<T>,
    state: State<T>,
    attempts: u32,
    retries: u32,
    seen_ms: Option<u64>,
    passed_ms: u64,
    wait_ms: u64,
    /// What was waited before the first attempt.
    waited_ms: u64,
    /// When the first and the last attempt were sent.
    first_ms: u64,
    sent_ms: u64,
    /// How far the clock was thought to be behind when the last attempt was signed.
    behind_ms: i64,
    may_have_arrived: bool,
    may_resend: bool,
    correction: Option<Correction>,
    head: Option<Head>,
    events: Events,
}

/// The answer to the last attempt that has one, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The HTTP status.
    pub status: u16,
    /// The headers; names in any case.
    pub headers: Vec<(String, String)>,
}

/// How a reply is read: typed, or as canonical JSON.
pub(crate) type Reader<T> = fn(&Core, &'static Endpoint, Response) -> Answer<T>;

#[derive(Debug)]
enum State<T> {
    /// The next attempt can be sent if the limit of calls allows; the error is that of the attempt before.
    Ready(Option<Error>),
    /// The next attempt can be sent: it has its place within the limit of calls.
    Admitted(Option<Error>),
    /// The host has a request and has not reported.
    Sent,
    /// The attempt failed and another one is allowed.
    Failed { error: Error, pause: Pause },
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

/// Bytes of the transport's words that an error repeats.
const DETAIL: usize = 1024;

/// Bytes of a header that an event repeats.
const HEADER: usize = 256;

impl<T> Exchange<T> {
    /// Begins a typed call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong.
    pub fn begin<C: Call<Reply = T>>(core: &Core, call: &C, policy: RetryPolicy) -> Result<Self, Error> {
        Ok(Self::new(core, core.prepare(call)?, policy, |core, _, response| core.hear::<C>(response)))
    }

    fn new(core: &Core, prepared: Prepared, policy: RetryPolicy, read: Reader<T>) -> Self {
        Self {
            core: core.clone(),
            prepared,
            policy,
            read,
            state: State::Ready(None),
            attempts: 0,
            retries: 0,
            seen_ms: None,
            passed_ms: 0,
            wait_ms: 0,
            waited_ms: 0,
            first_ms: 0,
            sent_ms: 0,
            behind_ms: 0,
            may_have_arrived: false,
            may_resend: false,
            correction: None,
            head: None,
            events: Events::default(),
        }
    }

    /// Keeps what happens from now on, for [`Exchange::take_events`].
    pub fn listen(&mut self) {
        self.events.listen();
    }

    /// What has happened since this was last asked, if [`Exchange::listen`] was. What became of an attempt is there after the
    /// step that follows its report.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.events.take()
    }

    /// The client that makes the call.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970; `random` is new random bytes.
    pub fn step(&mut self, now_ms: u64, random: [u8; Nonce::LENGTH]) -> Step<T> {
        let (is_first, is_told) = (self.seen_ms.is_none(), matches!(self.state, State::Told));
        let left = self.left(now_ms);
        if is_first {
            let Endpoint { id, safety, .. } = *self.prepared.endpoint();
            self.events.push(now_ms, || EventKind::Started { endpoint: id, is_write: safety == Safety::Write });
            self.events.warn(now_ms, self.prepared.warnings());
        }
        self.events.time(now_ms, self.sent_ms);
        let mut step = self.next(now_ms, left, random);
        if let Step::Done(result) = &mut step
            && !is_told
        {
            self.finish(now_ms, result);
        }
        step
    }

    fn next(&mut self, now_ms: u64, left: u64, random: [u8; Nonce::LENGTH]) -> Step<T> {
        match ::core::mem::replace(&mut self.state, State::Told) {
            State::Ready(last) => self.admit(now_ms, left, random, last),
            State::Admitted(last) => self.send(now_ms, left, random, last),
            State::Failed { error, pause } => {
                let doubled = 1_u64.checked_shl(self.retries).unwrap_or(u64::MAX);
                let bound =
                    millis(self.policy.initial_backoff).saturating_mul(doubled).min(millis(self.policy.max_backoff));
                let asked = pause.millis(now_ms.saturating_add_signed(self.clock_behind()));
                let wait = asked.max(jitter(random, bound));
                let is_asked = wait > 0 && wait == asked;
                self.retries += 1;
                if wait > 0 && wait >= left {
                    return self.end(error);
                }
                let attempt = self.attempts + 1;
                let kind = error.kind();
                self.events.push(now_ms, || EventKind::Retrying { attempt, wait_ms: wait, error: kind, is_asked });
                match wait {
                    0 => self.admit(now_ms, left, random, Some(error)),
                    _ => self.wait(wait, State::Ready(Some(error))),
                }
            }
            State::Over(result) => Step::Done(result),
            State::Sent => {
                self.may_have_arrived = true;
                self.end(misuse("the attempt was not reported before the next step"))
            }
            State::Told => Step::Done(Err(misuse("the call is over"))),
        }
    }

    /// Reports the answer to the request that was sent. Names of headers are in any case.
    ///
    /// # Errors
    /// [`Error::Misuse`] if there is no attempt to report; a call that is not over ends with it.
    pub fn on_response(&mut self, response: Response) -> Result<(), Error> {
        self.check_report()?;
        let status = response.status;
        let date = response.header("date").and_then(parse_http_date);
        let pause = response.header("retry-after").map_or(Pause::None, |text| Pause::parse(text, date));
        #[cfg(feature = "shapes")]
        self.core.observe(self.prepared.endpoint(), &response);
        let bytes = response.body.len();
        let answer = (self.read)(&self.core, self.prepared.endpoint(), response);
        let head = Head { status, headers: answer.headers };
        self.answered(&head, bytes, &answer.result);
        self.head = Some(head);
        self.state = match answer.result {
            Ok(reply) => {
                self.correction.iter().for_each(|correction| self.core.keep_clock(correction));
                State::Over(Ok(reply))
            }
            Err(error) => {
                let arrival = Arrival::of_answer(status, &error, answer.says_success, self.may_resend);
                match can_be_about_time(status, &error) && self.was_refused(&error, arrival) {
                    true => self.correct_clock(error, arrival, date, pause),
                    false => self.judge(error, arrival, pause),
                }
            }
        };
        Ok(())
    }

    /// Reports that there is no answer. `maybe_sent` tells whether any byte of the request may have left the host;
    /// `detail` is the transport's own words; their beginning is kept, without the secret and without signatures.
    ///
    /// # Errors
    /// As for [`Exchange::on_response`].
    pub fn on_failure(&mut self, kind: FailureKind, maybe_sent: bool, detail: &str) -> Result<(), Error> {
        self.check_report()?;
        let endpoint = self.prepared.endpoint().id.to_string();
        let detail = self.core.excerpt(detail.as_bytes(), DETAIL);
        // What was answered has arrived.
        let answered = matches!(kind, FailureKind::Broken | FailureKind::TooLarge);
        self.events.push_report(|| EventKind::Failed {
            attempt: self.attempts,
            duration_ms: 0,
            failure: kind.as_str(),
            maybe_sent: maybe_sent || answered,
            detail: detail.clone(),
        });
        let arrival = if maybe_sent || answered { Arrival::Possible } else { Arrival::Impossible };
        let error = match kind {
            FailureKind::Broken => Error::Decode {
                endpoint,
                part: ReplyPart::Body,
                reason: detail,
                body_head: String::new(),
                request_id: None,
            },
            FailureKind::TooLarge => Error::TooLarge { endpoint, limit: self.core.config().max_reply_bytes },
            FailureKind::Lost(kind) => Error::Transport { endpoint, kind, detail },
            FailureKind::Timeout => Error::Timeout { endpoint, is_limited: false },
        };
        self.state = self.judge(error, arrival, Pause::None);
        Ok(())
    }

    /// Tells that the transport may send a request again on its own, as browsers do where a connection breaks. What
    /// answers may then answer a copy, and tells of the first request only what the platform says.
    pub fn may_resend(&mut self) {
        self.may_resend = true;
    }

    /// Ends the call because the host does not want it any more.
    pub fn cancel(&mut self) {
        match &self.state {
            State::Over(_) | State::Told => return,
            State::Sent => {
                self.may_have_arrived = true;
                self.events.push_report(|| EventKind::Failed {
                    attempt: self.attempts,
                    duration_ms: 0,
                    failure: "cancelled",
                    maybe_sent: true,
                    detail: String::new(),
                });
            }
            State::Ready(_) | State::Admitted(_) | State::Failed { .. } => {}
        }
        let error = Error::Cancelled { endpoint: self.prepared.endpoint().id.to_string() };
        self.state = State::Over(Err(self.verdict(error)));
    }

    /// Attempts that have been sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the call has taken so far, by the steps that it has made, in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        self.waited_ms.saturating_add(self.passed_ms)
    }

    /// The last answer, without its body; absent while there is none. A reply has taken it.
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// Whether the body of what is sent is, to the last byte, the parameters as they were given.
    pub fn sends_as_given(&self) -> bool {
        self.prepared.routed.is_as_given
    }

    /// The endpoint that is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.prepared.endpoint()
    }

    /// Refuses a report where there is no attempt to report. What has been sent stays in doubt, and a result stands.
    fn check_report(&mut self) -> Result<(), Error> {
        const NOTHING_SENT: &str = "there is no attempt to report: a step comes first";
        match &self.state {
            State::Sent => return Ok(()),
            State::Over(_) | State::Told => return Err(misuse("the call is over")),
            State::Ready(_) | State::Admitted(_) | State::Failed { .. } => {}
        }
        self.state = State::Over(Err(self.verdict(misuse(NOTHING_SENT))));
        Err(misuse(NOTHING_SENT))
    }

    /// The time that is left, in milliseconds.
    fn left(&mut self, now_ms: u64) -> u64 {
        let moved = now_ms.saturating_sub(self.seen_ms.replace(now_ms).unwrap_or(now_ms));
        let waited = ::core::mem::take(&mut self.wait_ms);
        self.passed_ms = self.passed_ms.saturating_add(moved.max(waited));
        millis(self.policy.deadline).saturating_sub(self.passed_ms)
    }

    /// Sends the next attempt when the limit of calls allows, or ends the call if that is too late.
    fn admit(&mut self, now_ms: u64, left: u64, random: [u8; Nonce::LENGTH], last: Option<Error>) -> Step<T> {
        match left.checked_sub(1).and_then(|at_most| self.core.take_token(now_ms, at_most)) {
            None => self.end(last.unwrap_or_else(|| self.timeout(left > 0))),
            Some(0) => self.send(now_ms, left, random, last),
            Some(wait) => {
                self.events.push(now_ms, || EventKind::Limited { wait_ms: wait });
                self.wait(wait, State::Admitted(last))
            }
        }
    }

    fn wait(&mut self, wait: u64, then: State<T>) -> Step<T> {
        self.wait_ms = wait;
        self.state = then;
        Step::Wait(wait)
    }

    fn send(&mut self, now_ms: u64, left: u64, random: [u8; Nonce::LENGTH], last: Option<Error>) -> Step<T> {
        let mut left = left;
        if self.attempts == 0 {
            // What was waited for the client's own limit is not the platform's time.
            self.waited_ms = ::core::mem::take(&mut self.passed_ms);
            left = millis(self.policy.deadline);
        }
        if left == 0 {
            return self.end(last.unwrap_or_else(|| self.timeout(false)));
        }
        if self.attempts == 0 {
            self.first_ms = now_ms;
            self.prepared.refer(self.core.config().references, now_ms, &random);
        }
        self.attempts += 1;
        self.sent_ms = now_ms;
        self.behind_ms = self.clock_behind();
        self.state = State::Sent;
        let stamp_ms = now_ms.saturating_add_signed(self.behind_ms);
        let request = self.core.sign(&self.prepared, stamp_ms, &Nonce::from_random(random));
        let timeout_ms = millis(self.policy.timeout).min(left);
        self.events.push(now_ms, || EventKind::Sent {
            attempt: self.attempts,
            method: request.method,
            url: request.shown_url().to_string(),
            timeout_ms,
        });
        Step::Send { request, timeout_ms }
    }

    /// Tells listeners of an answer.
    fn answered(&mut self, head: &Head, bytes: usize, result: &Result<Reply<T>, Error>) {
        self.events.push_report(|| EventKind::Answered {
            attempt: self.attempts,
            duration_ms: 0,
            status: head.status,
            headers: HEADERS
                .into_iter()
                .filter_map(|name| Some((name, self.core.excerpt(head.header(name)?.as_bytes(), HEADER))))
                .collect(),
            bytes,
            code: result.as_ref().err().and_then(Error::code).map(ToString::to_string),
            request_id: request_id(result).map(ToString::to_string),
        });
        for warning in result.iter().flat_map(|reply| &reply.warnings) {
            self.events.push_report(|| EventKind::Warned(warning.clone()));
        }
    }

    /// Gives the reply what came with it, and tells listeners of the end.
    fn finish(&mut self, now_ms: u64, result: &mut Result<Reply<T>, Error>) {
        let (attempts, duration_ms) = (self.attempts, self.duration_ms());
        self.events.push(now_ms, || EventKind::Ended {
            attempts,
            duration_ms,
            error: result.as_ref().err().map(Error::kind),
            code: result.as_ref().err().and_then(Error::code).map(ToString::to_string),
            request_id: request_id(result).map(ToString::to_string),
        });
        let doubts = &mut self.prepared.routed.warnings;
        if !doubts.is_empty() {
            add(doubts, result);
        }
        if let Ok(reply) = result {
            reply.attempts = attempts;
            reply.duration = Duration::from_millis(duration_ms);
            if let Some(Head { status, headers }) = self.head.take() {
                (reply.status, reply.headers) = (status, headers);
            }
        }
    }

    fn end(&mut self, error: Error) -> Step<T> {
        self.state = State::Told;
        Step::Done(Err(self.verdict(error)))
    }

    /// Whether a failed attempt is followed by another, and what the caller is told if it is not.
    fn judge(&mut self, error: Error, arrival: Arrival, pause: Pause) -> State<T> {
        let reads = self.prepared.endpoint().safety == Safety::Read;
        let harmless = reads
            || match arrival {
                Arrival::Impossible => true,
                Arrival::Possible | Arrival::Refused => self.policy.retry_writes,
                Arrival::Twice => false,
            };
        self.may_have_arrived |= matches!(arrival, Arrival::Possible | Arrival::Twice);
        if harmless && error.is_retryable() && self.retries < self.policy.max_retries {
            State::Failed { error, pause }
        } else {
            State::Over(Err(self.verdict(error)))
        }
    }

    /// What the caller is told. An attempt that may have been carried out is not forgotten over those after it.
    fn verdict(&self, error: Error) -> Error {
        let endpoint = self.prepared.endpoint();
        match endpoint.safety {
            Safety::Write if self.may_have_arrived => self.ambiguous(error),
            Safety::Read | Safety::Write => error,
        }
    }

    #[cold]
    fn ambiguous(&self, cause: Error) -> Error {
        let (endpoint, config) = (self.endpoint(), self.core.config());
        let params = &self.prepared.routed().params(config.path_of(endpoint).1);
        Error::AmbiguousWrite {
            endpoint: endpoint.id.to_string(),
            cause: Box::new(cause),
            recovery: advice(endpoint, &Written::new(endpoint, params), config),
            ticket: Box::new(Ticket::new(endpoint, params, config, self.first_ms, self.sent_ms)),
        }
    }

    /// What follows a refusal that can be about the time: an attempt with the clock corrected, once, if the clock explains
    /// it. A refusal of that attempt too says less than the first, which knew nothing of a date that may be wrong.
    fn correct_clock(&mut self, error: Error, arrival: Arrival, date: Option<u64>, pause: Pause) -> State<T> {
        if let Some(earlier) = &self.correction {
            let first = earlier.refusal.clone();
            return self.judge(first, arrival, pause);
        }
        self.correction = Correction::of(&error, date, self.sent_ms, self.behind_ms);
        match &self.correction {
            Some(correction) => {
                let behind_ms = correction.behind_ms;
                self.events.push_report(|| EventKind::ClockCorrected { behind_ms });
                State::Ready(Some(error))
            }
            None => self.judge(error, arrival, pause),
        }
    }

    /// Whether it is certain that the platform refused the attempt, so that a call that writes can be sent again.
    fn was_refused(&self, error: &Error, arrival: Arrival) -> bool {
        let by_the_platform = matches!(error, Error::Api { .. }) && arrival == Arrival::Refused;
        by_the_platform || self.prepared.endpoint().safety == Safety::Read
    }

    /// How far the host's clock is behind: by the correction of this call, or as far as it is known.
    fn clock_behind(&self) -> i64 {
        self.correction.as_ref().map_or_else(|| self.core.behind_ms(), |correction| correction.behind_ms)
    }

    /// The deadline is over before the first attempt; `is_limited` tells whether the client's own limit took it.
    fn timeout(&self, is_limited: bool) -> Error {
        Error::Timeout { endpoint: self.prepared.endpoint().id.to_string(), is_limited }
    }
}

impl Head {
    /// The value of a header; its name is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

impl Exchange<String> {
    /// Begins a call whose parameters are a JSON object; the data of its reply is canonical JSON.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong.
    pub fn begin_json(
        core: &Core,
        endpoint: &'static Endpoint,
        params: &[u8],
        policy: RetryPolicy,
    ) -> Result<Self, Error> {
        Ok(Self::new(core, core.prepare_json(endpoint, params)?, policy, Core::hear_json))
    }

    /// As [`Exchange::begin_json`], for hosts whose parameters are known to be text.
    pub(crate) fn begin_text(
        core: &Core,
        endpoint: &'static Endpoint,
        params: &str,
        policy: RetryPolicy,
    ) -> Result<Self, Error> {
        Ok(Self::new(core, core.prepare_text(endpoint, params)?, policy, Core::hear_json))
    }
}

/// Gives a reply or a refusal what is doubtful about its request.
#[cold]
#[inline(never)]
fn add<T>(doubts: &mut Vec<Warning>, result: &mut Result<Reply<T>, Error>) {
    match result {
        // Behind those of the reply itself: pages go by them.
        Ok(reply) => reply.warnings.append(doubts),
        Err(error) => doubts.first().into_iter().for_each(|doubt| error.doubt(doubt)),
    }
}

fn request_id<T>(result: &Result<Reply<T>, Error>) -> Option<&str> {
    match result {
        Ok(reply) => reply.request_id.as_deref(),
        Err(error) => error.request_id(),
    }
}

/// A random time from 0 to `bound`, both included.
fn jitter(random: [u8; Nonce::LENGTH], bound: u64) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = random;
    u64::from_le_bytes([a, b, c, d, e, f, g, h]) % bound.saturating_add(1)
}

impl Pause {
    /// What `Retry-After` says in an answer of this date: seconds, or a moment.
    fn parse(text: &str, date: Option<u64>) -> Self {
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Pause::Millis(text.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1000));
        }
        match (parse_http_date(text), date) {
            (Some(moment), Some(date)) => Pause::Millis(moment.saturating_sub(date)),
            (Some(moment), None) => Pause::Until(moment),
            (None, _) => Pause::None,
        }
    }

    fn millis(self, platform_ms: u64) -> u64 {
        match self {
            Pause::None => 0,
            Pause::Millis(millis) => millis,
            Pause::Until(moment) => moment.saturating_sub(platform_ms),
        }
    }
}

fn misuse(reason: &'static str) -> Error {
    Error::Misuse { reason }
}
