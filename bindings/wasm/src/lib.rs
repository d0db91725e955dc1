//! The core's few functions for JavaScript. It converts, and decides nothing.
//!
//! Errors cross as text: the error as JSON. A step tells what to do by a number; its texts are taken one by one, so that
//! the data of a reply and the body of a request cross once and whole. What JavaScript parses crosses in ASCII: engines
//! turn other UTF-8 into their strings many times slower.
#![deny(missing_docs)]

use wasm_bindgen::prelude::*;
use xportcn_core::host::{self, Case, HostCore, HostExchange, HostRecovery, HostRecoveryStep};
use xportcn_core::{Error, Pager as CorePager, Reply, Secret, Step, push};

/// 2 KB smaller, gzipped, than the one of the standard library, and as fast.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Make the call that `text` names, with the parameters that `about` gives.
const CALL: u8 = 0;
/// Send what `text` gives.
const SEND: u8 = 0;
/// Wait as many milliseconds as `millis` gives.
const WAIT: u8 = 1;
/// The call is over: `text` gives its data, `about` what came with it; or the search is, and `text` gives its outcome.
const DONE: u8 = 2;
/// What came of the last call is what came of the write.
const LAST: u8 = 3;

/// Checked settings of a client.
#[wasm_bindgen]
pub struct Core(HostCore);

/// One call.
#[wasm_bindgen]
pub struct Exchange {
    exchange: HostExchange,
    told: Told,
}

/// A walk over the pages of a call.
#[wasm_bindgen]
pub struct Pager(CorePager);

/// A search for a lost write, or a write with such a search.
#[wasm_bindgen]
pub struct Recovery {
    recovery: HostRecovery,
    told: Told,
}

/// What a step or an answer has to tell besides its number.
#[wasm_bindgen]
#[derive(Default)]
pub struct Told {
    text: String,
    body: Option<String>,
    about: String,
    millis: f64,
}

#[wasm_bindgen]
impl Core {
    /// Checks the settings, a JSON object.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Result<Core, JsValue> {
        HostCore::new(settings).map(Self).map_err(thrown)
    }

    /// Begins a call; `params` is JSON, `options` JSON or empty.
    pub fn call(&self, id: &str, params: &str, options: &str) -> Result<Exchange, JsValue> {
        let exchange = self.0.call(id, params, options).map_err(thrown)?;
        Ok(Exchange { exchange, told: Told::default() })
    }

    /// Begins a walk over pages.
    pub fn pager(&self, id: &str, params: &str) -> Result<Pager, JsValue> {
        self.0.pager(id, params).map(Pager).map_err(thrown)
    }

    /// Begins to look for the write of a ticket; `options` is JSON or empty.
    pub fn recover(&self, ticket: &str, options: &str) -> Result<Recovery, JsValue> {
        let recovery = self.0.recover(ticket, options).map_err(thrown)?;
        Ok(Recovery { recovery, told: Told::default() })
    }

    /// Begins a write that ends in certainty; `params` is JSON, `options` JSON or empty.
    pub fn settle(&self, id: &str, params: &str, options: &str) -> Result<Recovery, JsValue> {
        let recovery = self.0.settle(id, params, options).map_err(thrown)?;
        Ok(Recovery { recovery, told: Told::default() })
    }

    /// The five headers that sign a request, as a JSON object.
    pub fn sign(&self, timestamp: &str, nonce: &str) -> Result<String, JsValue> {
        self.0.sign(timestamp, nonce).map_err(thrown)
    }

    /// Reads an answer that was kept.
    pub fn read(&self, id: &str, status: u16, body: Vec<u8>) -> Result<Told, JsValue> {
        self.0.read(id, status, body).map(Told::of_reply).map_err(thrown)
    }

    /// The shapes of all replies and messages so far, as JSON.
    pub fn shapes(&self) -> String {
        self.0.shapes()
    }

    /// The largest reply that is read, in bytes.
    #[wasm_bindgen(getter, js_name = maxReplyBytes)]
    pub fn max_reply_bytes(&self) -> f64 {
        self.0.max_reply_bytes() as f64
    }
}

#[wasm_bindgen]
impl Exchange {
    /// What to do next: 0 to send, 1 to wait, 2 at the end.
    pub fn step(&mut self, now_ms: f64, random: &[u8]) -> Result<u8, JsValue> {
        let (next, told) = match self.exchange.step(now_ms as u64, random) {
            Step::Send { request, timeout_ms } => {
                let text = host::head_json(&request, timeout_ms);
                // The core has written it as text.
                let body = request.body.map(|body| String::from_utf8(body).unwrap_or_default());
                (SEND, Told { text, body, ..Told::default() })
            }
            Step::Wait(millis) => (WAIT, Told { millis: millis as f64, ..Told::default() }),
            Step::Done(result) => (DONE, Told::of_reply(result.map_err(thrown)?)),
        };
        self.told = told;
        Ok(next)
    }

    /// The request without its body as JSON, or the data; once.
    pub fn text(&mut self) -> String {
        self.told.text()
    }

    /// The body of the request, if it has one; once.
    pub fn body(&mut self) -> Option<String> {
        self.told.body.take()
    }

    /// What came with the data, as JSON; once.
    pub fn about(&mut self) -> String {
        self.told.about()
    }

    /// How long to wait.
    #[wasm_bindgen(getter)]
    pub fn millis(&self) -> f64 {
        self.told.millis
    }

    /// Reports the answer, with the headers `date` and `retry-after`.
    #[wasm_bindgen(js_name = onResponse)]
    pub fn on_response(&mut self, status: u16, date: Option<String>, retry_after: Option<String>, body: Vec<u8>) {
        let headers = [("date", date), ("retry-after", retry_after)];
        let headers = headers.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?)));
        self.exchange.on_response(status, headers.collect(), body);
    }

    /// Reports that there is no answer.
    #[wasm_bindgen(js_name = onFailure)]
    pub fn on_failure(&mut self, kind: &str, maybe_sent: bool, detail: &str) {
        self.exchange.on_failure(kind, maybe_sent, detail);
    }

    /// Tells that the transport may send a request again on its own.
    #[wasm_bindgen(js_name = mayResend)]
    pub fn may_resend(&mut self) {
        self.exchange.may_resend();
    }

    /// Ends the call because the caller does not want it any more.
    pub fn cancel(&mut self) {
        self.exchange.cancel();
    }

    /// Attempts that have been sent.
    #[wasm_bindgen(getter)]
    pub fn attempts(&self) -> u32 {
        self.exchange.attempts()
    }
}

#[wasm_bindgen]
impl Pager {
    /// The parameters of the next page's call, as JSON; absent at the end.
    pub fn params(&self) -> Option<String> {
        self.0.params()
    }

    /// Takes the data of a page and what came with it; false if it is the end, and not to be shown.
    pub fn advance(&mut self, data: &str, about: &str) -> Result<bool, JsValue> {
        self.0.advance(data, about).map_err(thrown)
    }

    /// The number of the next page.
    #[wasm_bindgen(getter)]
    pub fn page(&self) -> f64 {
        self.0.page() as f64
    }
}

#[wasm_bindgen]
impl Recovery {
    /// What to do next: 0 to make a call, 1 to wait, 2 at the end, 3 where the last call was the write's own.
    pub fn step(&mut self, now_ms: f64) -> u8 {
        let (next, told) = match self.recovery.step(now_ms as u64) {
            HostRecoveryStep::Call { id, params } => {
                (CALL, Told { text: id.to_string(), about: params, ..Told::default() })
            }
            HostRecoveryStep::Wait(millis) => (WAIT, Told { millis: millis as f64, ..Told::default() }),
            HostRecoveryStep::Done(outcome) => (DONE, Told { text: host::ascii(outcome), ..Told::default() }),
            HostRecoveryStep::Answered | HostRecoveryStep::Failed => (LAST, Told::default()),
        };
        self.told = told;
        next
    }

    /// The id of the endpoint to call, or the outcome as JSON; once.
    pub fn text(&mut self) -> String {
        self.told.text()
    }

    /// The parameters of the call, as JSON; once.
    pub fn about(&mut self) -> String {
        self.told.about()
    }

    /// How long to wait.
    #[wasm_bindgen(getter)]
    pub fn millis(&self) -> f64 {
        self.told.millis
    }

    /// Reports the data of a reply, and what came with it.
    #[wasm_bindgen(js_name = onReply)]
    pub fn on_reply(&mut self, data: &str, about: &str) {
        self.recovery.on_reply(data, about);
    }

    /// Reports that there is no reply: the error's words, and its ticket or nothing.
    #[wasm_bindgen(js_name = onFailure)]
    pub fn on_failure(&mut self, error: &str, ticket: &str) {
        self.recovery.on_failure(error, ticket);
    }
}

#[wasm_bindgen]
impl Told {
    /// The data as JSON; once.
    pub fn text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// What came with the data, as JSON; once.
    pub fn about(&mut self) -> String {
        std::mem::take(&mut self.about)
    }
}

impl Told {
    fn of_reply(reply: Reply<String>) -> Self {
        let about = host::ascii(host::reply_json(&reply));
        Self { text: host::ascii(reply.data), about, ..Self::default() }
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

fn thrown(error: Error) -> JsValue {
    JsValue::from_str(&host::error_json(error, Case::Camel))
}
