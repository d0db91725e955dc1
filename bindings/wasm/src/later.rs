//! What few programs need, and later than their calls: the search for lost writes, the wait for states, the reading and
//! signing of pushed messages, and the shapes of replies.

use crate::thrown;
use wasm_bindgen::prelude::*;
use xportcn_core::host::{self, HostCore, HostRecovery, HostRecoveryStep};
use xportcn_core::push::Signed;
use xportcn_core::{Error, Secret, push};

/// Make the call that `text` names, with the parameters that `params` gives.
const CALL: u8 = 0;
/// Wait as many milliseconds as `millis` gives.
const WAIT: u8 = 1;
/// The search is over: `text` gives its outcome.
const DONE: u8 = 2;
/// What came of the last call is what came of the write.
const LAST: u8 = 3;
/// Keep the entry that `text` gives, in the state that `params` gives.
const KEEP: u8 = 4;
/// The journal had the reply: `text` gives its data, `params` what came with it.
const KEPT: u8 = 5;

/// The shapes of a client's replies, if the setting `observe` has them kept.
#[wasm_bindgen]
pub struct Shapes(HostCore);

#[wasm_bindgen]
impl Shapes {
    /// None yet; `settings` is JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Result<Shapes, JsValue> {
        HostCore::new(settings).map(Self).map_err(thrown)
    }

    /// Takes note of an answer.
    pub fn record(&self, id: &str, status: u16, body: Vec<u8>) -> Result<(), JsValue> {
        self.0.observe(id, status, body).map_err(thrown)
    }

    /// All so far, as JSON.
    pub fn json(&self) -> String {
        self.0.shapes()
    }
}

/// A search for a lost write, a write with such a search, or a wait for a state.
#[wasm_bindgen]
pub struct Recovery {
    recovery: HostRecovery,
    text: String,
    params: String,
    millis: f64,
}

/// Begins to look for the write of a ticket; `settings` is JSON, `options` JSON or empty.
#[wasm_bindgen]
pub fn recover(settings: &str, ticket: &str, options: &str) -> Result<Recovery, JsValue> {
    Recovery::begun(HostCore::new(settings).and_then(|core| core.recover(ticket, options)))
}

/// Begins a write that ends in certainty; `settings` and `params` are JSON, `options` JSON or empty.
#[wasm_bindgen]
pub fn settle(settings: &str, id: &str, params: &str, options: &str) -> Result<Recovery, JsValue> {
    Recovery::begun(HostCore::new(settings).and_then(|core| core.settle(id, params, options)))
}

/// Begins to wait for a state; `settings` and `id` are JSON, `options` JSON or empty.
#[wasm_bindgen]
pub fn wait(settings: &str, of: &str, state: &str, id: &str, options: &str) -> Result<Recovery, JsValue> {
    Recovery::begun(HostCore::new(settings).and_then(|core| core.wait(of, state, id, options)))
}

/// Begins a write that has a journal, or goes on with it; `entry` is what the journal has under its key, or empty.
#[wasm_bindgen(js_name = settleKept)]
pub fn settle_kept(
    settings: &str,
    key: &str,
    id: &str,
    params: &str,
    options: &str,
    entry: &str,
) -> Result<Recovery, JsValue> {
    Recovery::begun(HostCore::new(settings).and_then(|core| core.settle_kept(key, id, params, options, entry)))
}

/// Finds out about a write of which the journal has this entry; `settings` is JSON, `options` JSON or empty.
#[wasm_bindgen(js_name = recoverKept)]
pub fn recover_kept(settings: &str, entry: &str, options: &str) -> Result<Recovery, JsValue> {
    Recovery::begun(HostCore::new(settings).and_then(|core| core.recover_kept(entry, options)))
}

/// The key under which a journal keeps a write whose caller names none.
#[wasm_bindgen(js_name = journalKey)]
pub fn journal_key(id: &str, params: &str) -> Result<String, JsValue> {
    host::journal_key(id, params).map_err(thrown)
}

#[wasm_bindgen]
impl Recovery {
    /// What to do next: 0 to make a call, 1 to wait, 2 at the end, 3 where the last call was the write's own, 4 to keep an
    /// entry, 5 where the journal had the reply.
    pub fn step(&mut self, now_ms: f64) -> u8 {
        match self.recovery.step(now_ms as u64) {
            HostRecoveryStep::Call { id, params } => {
                (self.text, self.params) = (id.to_string(), params);
                CALL
            }
            HostRecoveryStep::Wait(millis) => {
                self.millis = millis as f64;
                WAIT
            }
            HostRecoveryStep::Done(outcome) => {
                self.text = host::ascii(outcome);
                DONE
            }
            HostRecoveryStep::Answered | HostRecoveryStep::Failed => LAST,
            HostRecoveryStep::Keep { entry, state } => {
                (self.text, self.params) = (host::ascii(entry), state.to_string());
                KEEP
            }
            HostRecoveryStep::Kept { data, about } => {
                (self.text, self.params) = (host::ascii(data), host::ascii(about));
                KEPT
            }
        }
    }

    /// The id of the endpoint to call, or the outcome, the entry or the data as JSON; once.
    pub fn text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The parameters of the call, or what came with the data, as JSON, or the state of the entry; once.
    pub fn params(&mut self) -> String {
        std::mem::take(&mut self.params)
    }

    /// How long to wait.
    #[wasm_bindgen(getter)]
    pub fn millis(&self) -> f64 {
        self.millis
    }

    /// Reports the data of a reply, and what came with it.
    #[wasm_bindgen(js_name = onReply)]
    pub fn on_reply(&mut self, data: &str, about: &str) {
        self.recovery.on_reply(data, about);
    }

    /// Reports that there is no reply: the error's words, whether it may help to try again, and its ticket or nothing.
    #[wasm_bindgen(js_name = onFailure)]
    pub fn on_failure(&mut self, error: &str, is_retryable: bool, ticket: &str) {
        self.recovery.on_failure(error, is_retryable, ticket);
    }

    /// Takes the content of a pushed message, as JSON. True if it is on what is waited for: then step at once.
    #[wasm_bindgen(js_name = onPush)]
    pub fn on_push(&mut self, body: &str) -> bool {
        self.recovery.on_push(body)
    }

    /// Reports that the journal has the entry.
    #[wasm_bindgen(js_name = onKept)]
    pub fn on_kept(&mut self) {
        self.recovery.on_kept();
    }

    /// The write that is being looked for, with what was seen before it, as JSON; absent where none is.
    pub fn ticket(&self) -> Option<String> {
        self.recovery.ticket().map(host::ascii)
    }
}

impl Recovery {
    fn begun(recovery: Result<HostRecovery, Error>) -> Result<Self, JsValue> {
        let recovery = recovery.map_err(thrown)?;
        Ok(Self { recovery, text: String::new(), params: String::new(), millis: 0.0 })
    }
}

/// Checks that a pushed message comes from the platform, and gives it as JSON. What was received in another charset is
/// given in UTF-8, too: the signature is of what was received.
#[wasm_bindgen(js_name = readPush)]
pub fn read_push(
    access_key: &str,
    access_secret: &str,
    authorization: &str,
    body: &[u8],
    utf8: Option<Vec<u8>>,
) -> Result<String, JsValue> {
    push::verify(access_key, &Secret::new(access_secret), authorization, body).map_err(thrown)?;
    let message = push::parse(utf8.as_deref().unwrap_or(body)).map_err(thrown)?;
    Ok(host::message_json(&message))
}

/// A signed message for tests: its header, a line end, and its body, which has none. `content` is JSON, or empty for the
/// documented example.
#[wasm_bindgen(js_name = signPush)]
pub fn sign_push(
    access_key: &str,
    access_secret: &str,
    message: &str,
    content: &str,
    platform: Option<f64>,
    time_ms: Option<f64>,
    now_ms: f64,
) -> Result<String, JsValue> {
    let (platform, time_ms) = (platform.map(|number| number as i64), time_ms.map(|millis| millis as u64));
    let signed = host::sign_push(access_key, access_secret, message, content, platform, time_ms, now_ms as u64);
    let Signed { mut authorization, body, .. } = signed.map_err(thrown)?;
    authorization.push('\n');
    // The core has written it as text.
    authorization.push_str(&String::from_utf8(body).unwrap_or_default());
    Ok(authorization)
}
