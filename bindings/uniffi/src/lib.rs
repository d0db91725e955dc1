//! The core's few functions for Kotlin and Swift. It converts, and decides nothing.
//!
//! What is long crosses as bytes, which are UTF-8 where they are JSON; errors cross as JSON. A call crosses in frames, each
//! way in one piece: its single steps are there for tests. uniffi's macros write unsafe code, so it cannot be forbidden here;
//! our own is in `jni.rs`.
#![deny(missing_docs)]

#[cfg(any(target_os = "android", target_os = "linux", target_os = "macos", target_os = "windows"))]
mod jni;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use xportcn_core::host::{self, Case, HostCore, HostExchange, HostRecovery, HostRecoveryStep};
use xportcn_core::{Error, Pager as CorePager, Reply, Step as CoreStep};

uniffi::setup_scaffolding!("xportcn");

/// Text that crosses in one piece, where bytes would cross one by one. Hosts may show it as bytes: see `uniffi.toml`.
#[derive(Debug)]
pub struct Utf8(String);

uniffi::custom_type!(Utf8, String, {
    lower: |text| text.0,
    try_lift: |text| Ok(Utf8(text)),
});

/// An error of the core.
#[derive(Debug, uniffi::Error)]
pub enum CoreError {
    /// What went wrong, as the core's JSON.
    Failed {
        /// A JSON object: `kind`, `text`, `isRetryable`, and the members of the kind.
        json: String,
    },
}

impl fmt::Display for CoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { json } = self;
        out.write_str(json)
    }
}

impl std::error::Error for CoreError {}

/// One header of a request or an answer.
#[derive(uniffi::Record)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// An answer that was read.
#[derive(uniffi::Record)]
pub struct Answer {
    /// The data, canonical JSON.
    pub data: Utf8,
    /// What came with it, a JSON object: `requestId`, `message`, `developId`, `warnings`.
    pub reply: String,
}

/// What a host does next.
#[derive(uniffi::Enum)]
pub enum Step {
    /// Send this request, then report the answer.
    Send {
        /// `GET` or `POST`.
        method: String,
        /// The whole address.
        url: String,
        /// All headers of the request.
        headers: Vec<Header>,
        /// The body; none for a GET.
        body: Option<Vec<u8>>,
        /// How long the host waits for the answer, in milliseconds.
        timeout_ms: u64,
    },
    /// Sleep, then step again.
    Wait {
        /// Milliseconds.
        millis: u64,
    },
    /// The call succeeded.
    Done {
        /// What it gave.
        answer: Answer,
    },
    /// The call failed.
    Failed {
        /// The error, as in [`CoreError`].
        error: String,
    },
}

/// What a host does next that looks for a lost write.
#[derive(uniffi::Enum)]
pub enum RecoveryStep {
    /// Make this call.
    Call {
        /// The endpoint.
        id: String,
        /// Its parameters, JSON.
        params: String,
    },
    /// Sleep, then step again.
    Wait {
        /// Milliseconds.
        millis: u64,
    },
    /// What became of the write.
    Done {
        /// A JSON object: `outcome`, and `found`, `missing` and `reason` where it has them.
        outcome: String,
    },
    /// Keep this in the journal, then report and step again.
    Keep {
        /// The entry, JSON.
        entry: String,
        /// Its state, a word.
        state: String,
    },
    /// The journal had the reply.
    Kept {
        /// What it gave.
        answer: Answer,
    },
    /// What came of the last call is what came of the write.
    Last,
}

/// A call that has begun.
#[derive(uniffi::Record)]
pub struct Begun {
    /// The call.
    pub exchange: Arc<Exchange>,
    /// What to do first, a frame.
    pub frame: Utf8,
}

/// What comes with the body of an answer, and what the next step takes.
#[derive(uniffi::Record)]
pub struct Received {
    /// The HTTP status.
    pub status: u16,
    /// Headers, of which those of `headers_that_matter` do.
    pub headers: Vec<Header>,
    /// The host's clock, in milliseconds since 1970.
    pub now_ms: u64,
    /// 32 new random bytes.
    pub random: Vec<u8>,
}

/// Checked settings of a client.
#[derive(uniffi::Object)]
pub struct Core(HostCore);

/// One call.
#[derive(uniffi::Object)]
pub struct Exchange(Mutex<HostExchange>);

/// A walk over the pages of a call.
#[derive(uniffi::Object)]
pub struct Pager(Mutex<CorePager>);

/// A search for a lost write, or a write with such a search.
#[derive(uniffi::Object)]
pub struct Recovery(Mutex<HostRecovery>);

#[uniffi::export]
impl Core {
    /// Checks the settings, a JSON object.
    #[uniffi::constructor]
    pub fn new(settings: &str) -> Result<Arc<Self>, CoreError> {
        Ok(Arc::new(Self(HostCore::new(settings).map_err(failed)?)))
    }

    /// Begins a call; `params` is JSON, `options` JSON or empty.
    pub fn call(&self, id: &str, params: &str, options: &str) -> Result<Arc<Exchange>, CoreError> {
        Ok(Arc::new(Exchange(Mutex::new(self.0.call(id, params, options).map_err(failed)?))))
    }

    /// Begins a call and makes its first step. The frames are those of `xportcn_core::host`.
    pub fn begin(&self, frame: &[u8]) -> Result<Begun, CoreError> {
        let (exchange, frame) = self.0.begin(frame).map_err(failed)?;
        Ok(Begun { exchange: Arc::new(Exchange(Mutex::new(exchange))), frame: Utf8(frame) })
    }

    /// Checks the options of later calls, JSON.
    pub fn check_options(&self, options: &str) -> Result<(), CoreError> {
        self.0.check_options(options).map_err(failed)
    }

    /// Begins a walk over pages.
    pub fn pager(&self, id: &str, params: &str) -> Result<Arc<Pager>, CoreError> {
        Ok(Arc::new(Pager(Mutex::new(self.0.pager(id, params).map_err(failed)?))))
    }

    /// Begins to look for the write of a ticket; `options` is JSON or empty.
    pub fn recover(&self, ticket: &str, options: &str) -> Result<Arc<Recovery>, CoreError> {
        Ok(Arc::new(Recovery(Mutex::new(self.0.recover(ticket, options).map_err(failed)?))))
    }

    /// Begins a write that ends in certainty; `params` is JSON, `options` JSON or empty.
    pub fn settle(&self, id: &str, params: &str, options: &str) -> Result<Arc<Recovery>, CoreError> {
        Ok(Arc::new(Recovery(Mutex::new(self.0.settle(id, params, options).map_err(failed)?))))
    }

    /// Begins to wait for a state; `id` is JSON, `options` JSON or empty.
    pub fn wait(&self, of: &str, state: &str, id: &str, options: &str) -> Result<Arc<Recovery>, CoreError> {
        Ok(Arc::new(Recovery(Mutex::new(self.0.wait(of, state, id, options).map_err(failed)?))))
    }

    /// Begins a write that has a journal, or goes on with it; `entry` is what the journal has under its key, or empty.
    pub fn settle_kept(
        &self,
        key: &str,
        id: &str,
        params: &str,
        options: &str,
        entry: &str,
    ) -> Result<Arc<Recovery>, CoreError> {
        Ok(Arc::new(Recovery(Mutex::new(self.0.settle_kept(key, id, params, options, entry).map_err(failed)?))))
    }

    /// Finds out about a write of which the journal has this entry; `options` is JSON or empty.
    pub fn recover_kept(&self, entry: &str, options: &str) -> Result<Arc<Recovery>, CoreError> {
        Ok(Arc::new(Recovery(Mutex::new(self.0.recover_kept(entry, options).map_err(failed)?))))
    }

    /// The five headers that sign a request, as a JSON object.
    pub fn sign(&self, timestamp: &str, nonce: &str) -> Result<String, CoreError> {
        self.0.sign(timestamp, nonce).map_err(failed)
    }

    /// Reads an answer that was kept.
    pub fn read(&self, id: &str, status: u16, body: Vec<u8>) -> Result<Answer, CoreError> {
        self.0.read(id, status, body).map(answer).map_err(failed)
    }

    /// The shapes of all replies and messages so far, as JSON.
    pub fn shapes(&self) -> String {
        self.0.shapes()
    }

    /// Whether requests must go through no proxy: they are for this machine, or a proxy would see their headers.
    pub fn is_direct(&self) -> bool {
        self.0.proxied_host().is_none()
    }

    /// The largest reply that is read, in bytes.
    pub fn max_reply_bytes(&self) -> u64 {
        self.0.max_reply_bytes() as u64
    }
}

#[uniffi::export]
impl Exchange {
    /// What to do next; `now_ms` is milliseconds since 1970, `random` 32 new random bytes.
    pub fn step(&self, now_ms: u64, random: Vec<u8>) -> Step {
        match locked(&self.0).step(now_ms, &random) {
            CoreStep::Send { request, timeout_ms } => Step::Send {
                method: request.method.as_str().to_owned(),
                url: request.url,
                headers: request
                    .headers
                    .into_iter()
                    .map(|(name, value)| Header { name: name.into_owned(), value })
                    .collect(),
                body: request.body,
                timeout_ms,
            },
            CoreStep::Wait(millis) => Step::Wait { millis },
            CoreStep::Done(Ok(reply)) => Step::Done { answer: answer(reply) },
            CoreStep::Done(Err(error)) => Step::Failed { error: host::error_json(error, Case::Camel) },
        }
    }

    /// Reports the answer; of the headers, those of `headers_that_matter` do.
    pub fn on_response(&self, status: u16, headers: Vec<Header>, body: Vec<u8>) {
        let headers = headers.into_iter().map(|header| (header.name, header.value)).collect();
        locked(&self.0).on_response(status, headers, body);
    }

    /// Goes on after a wait, by a frame.
    pub fn resume(&self, frame: &[u8]) -> Utf8 {
        Utf8(locked(&self.0).resume(frame))
    }

    /// Reports the answer and goes on, by a frame.
    pub fn answer(&self, frame: &[u8], body: &[u8]) -> Utf8 {
        Utf8(locked(&self.0).receive(frame, body.to_vec()))
    }

    /// Reports that there is no answer, or that the caller has gone, and goes on, by a frame.
    pub fn fail(&self, frame: &[u8]) -> Utf8 {
        Utf8(locked(&self.0).fail(frame))
    }

    /// Reports the answer and makes the next step: `on_response` and `step` in one.
    pub fn receive(&self, answer: Received, body: &[u8]) -> Step {
        self.on_response(answer.status, answer.headers, body.to_vec());
        self.step(answer.now_ms, answer.random)
    }

    /// Reports that there is no answer; the kinds are those of `xportcn_core::host`.
    pub fn on_failure(&self, kind: &str, maybe_sent: bool, detail: &str) {
        locked(&self.0).on_failure(kind, maybe_sent, detail);
    }

    /// Ends the call because the caller does not want it any more.
    pub fn cancel(&self) {
        locked(&self.0).cancel();
    }

    /// Whether the call changes something: transports must then not send a request again on their own.
    pub fn is_write(&self) -> bool {
        locked(&self.0).is_write()
    }

    /// Keeps what happens from now on.
    pub fn listen(&self) {
        locked(&self.0).listen();
    }

    /// What has happened since this was last asked, as a JSON list; empty if nothing has.
    pub fn events(&self) -> String {
        locked(&self.0).events()
    }

    /// How long the call has taken so far, in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        locked(&self.0).duration_ms()
    }

    /// Attempts that have been sent.
    pub fn attempts(&self) -> u32 {
        locked(&self.0).attempts()
    }
}

#[uniffi::export]
impl Recovery {
    /// What to do next. `now_ms` is the host's clock, in milliseconds since 1970.
    pub fn step(&self, now_ms: u64) -> RecoveryStep {
        match locked(&self.0).step(now_ms) {
            HostRecoveryStep::Call { id, params } => RecoveryStep::Call { id: id.to_string(), params },
            HostRecoveryStep::Wait(millis) => RecoveryStep::Wait { millis },
            HostRecoveryStep::Done(outcome) => RecoveryStep::Done { outcome },
            HostRecoveryStep::Answered | HostRecoveryStep::Failed => RecoveryStep::Last,
            HostRecoveryStep::Keep { entry, state } => RecoveryStep::Keep { entry, state: state.to_string() },
            HostRecoveryStep::Kept { data, about } => {
                RecoveryStep::Kept { answer: Answer { data: Utf8(data), reply: about } }
            }
        }
    }

    /// Reports the data of a reply, and what came with it.
    pub fn on_reply(&self, data: &str, about: &str) {
        locked(&self.0).on_reply(data, about);
    }

    /// Reports that there is no reply: the error's words, whether it may help to try again, and its ticket or nothing.
    pub fn on_failure(&self, error: &str, is_retryable: bool, ticket: &str) {
        locked(&self.0).on_failure(error, is_retryable, ticket);
    }

    /// Takes the content of a pushed message, as JSON. True if it is on what is waited for: then step at once.
    pub fn on_push(&self, body: &str) -> bool {
        locked(&self.0).on_push(body)
    }

    /// Reports that the journal has the entry.
    pub fn on_kept(&self) {
        locked(&self.0).on_kept();
    }

    /// The write that is being looked for, with what was seen before it, JSON; none where none is.
    pub fn ticket(&self) -> Option<String> {
        locked(&self.0).ticket()
    }
}

#[uniffi::export]
impl Pager {
    /// The parameters of the next page's call, as JSON; none at the end.
    pub fn params(&self) -> Option<String> {
        locked(&self.0).params()
    }

    /// Takes the data of a page and what came with it; false if it is the end, and not to be shown.
    pub fn advance(&self, data: &str, about: &str) -> Result<bool, CoreError> {
        locked(&self.0).advance(data, about).map_err(failed)
    }

    /// The number of the next page.
    pub fn page(&self) -> u64 {
        locked(&self.0).page()
    }
}

/// Checks that a pushed message comes from the platform, and gives it as JSON.
#[uniffi::export]
pub fn read_push(
    access_key: &str,
    access_secret: &str,
    authorization: &str,
    body: Vec<u8>,
) -> Result<String, CoreError> {
    let message = host::read_push(access_key, access_secret, authorization, &body).map_err(failed)?;
    Ok(host::message_json(&message))
}

/// A message for tests, as the platform would send it: its header Authorization, and its body.
#[derive(uniffi::Record)]
pub struct SignedPush {
    /// The header of this name.
    pub authorization: String,
    /// The body, to the last byte.
    pub body: Vec<u8>,
}

/// Signs a message for tests; `content` is JSON, or empty for the documented example.
#[uniffi::export]
pub fn sign_push(
    access_key: &str,
    access_secret: &str,
    message: &str,
    content: &str,
    platform: Option<i64>,
    time_ms: Option<u64>,
    now_ms: u64,
) -> Result<SignedPush, CoreError> {
    let signed = host::sign_push(access_key, access_secret, message, content, platform, time_ms, now_ms);
    let signed = signed.map_err(failed)?;
    Ok(SignedPush { authorization: signed.authorization, body: signed.body })
}

/// The key under which a journal keeps a write whose caller names none.
#[uniffi::export]
pub fn journal_key(id: &str, params: &str) -> Result<String, CoreError> {
    host::journal_key(id, params).map_err(failed)
}

/// The headers of answers that matter, in lower case.
#[uniffi::export]
pub fn headers_that_matter() -> Vec<String> {
    host::HEADERS.map(str::to_string).to_vec()
}

/// Every endpoint, as JSON.
#[uniffi::export]
pub fn endpoints() -> String {
    host::endpoints_json()
}

fn answer(reply: Reply<String>) -> Answer {
    Answer { reply: host::reply_json(&reply), data: Utf8(reply.data) }
}

fn failed(error: Error) -> CoreError {
    CoreError::Failed { json: host::error_json(error, Case::Camel) }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
