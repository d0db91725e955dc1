//! Settings, calls and walks.

use crate::thrown;
use wasm_bindgen::prelude::*;
use xportcn_core::host::{self, HostCore, HostExchange};
use xportcn_core::{Pager as CorePager, Reply, Step};

/// Send what `text` gives.
const SEND: u8 = 0;
/// Wait as many milliseconds as `millis` gives.
const WAIT: u8 = 1;
/// The call is over: `text` gives its data, `about` what came with it.
const DONE: u8 = 2;
/// Send what `text` gives, with the parameters as they were given for its body.
const SEND_GIVEN: u8 = 3;

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
        HostCore::new(settings).map(|core| Self(core.in_ascii())).map_err(thrown)
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

    /// The five headers that sign a request, as a JSON object.
    pub fn sign(&self, timestamp: &str, nonce: &str) -> Result<String, JsValue> {
        self.0.sign(timestamp, nonce).map_err(thrown)
    }

    /// Reads an answer that was kept.
    pub fn read(&self, id: &str, status: u16, body: Vec<u8>) -> Result<Told, JsValue> {
        self.0.read(id, status, body).map(Told::of_reply).map_err(thrown)
    }

    /// What was learned of the platform's clock and of the limit of calls: three numbers.
    pub fn learned(&self, at: usize) -> f64 {
        self.0.learned().get(at).copied().unwrap_or_default() as f64
    }

    /// Takes what another core of the same client has learned.
    pub fn learn(&self, first: f64, second: f64, third: f64) {
        self.0.learn([first, second, third].map(|number| number as i64));
    }

    /// The largest reply that is read, in bytes.
    #[wasm_bindgen(getter, js_name = maxReplyBytes)]
    pub fn max_reply_bytes(&self) -> f64 {
        self.0.max_reply_bytes() as f64
    }
}

#[wasm_bindgen]
impl Exchange {
    /// What to do next: 0 to send, 1 to wait, 2 at the end, 3 to send the parameters as they were given.
    pub fn step(&mut self, now_ms: f64, random: &[u8]) -> Result<u8, JsValue> {
        let (next, told) = match self.exchange.step(now_ms as u64, random) {
            Step::Send { request, timeout_ms } => {
                let text = host::head_lines(&request, timeout_ms);
                if self.exchange.sends_as_given() {
                    (SEND_GIVEN, Told { text, ..Told::default() })
                } else {
                    // The core has written it as text.
                    let body = request.body.map(|body| String::from_utf8(body).unwrap_or_default());
                    (SEND, Told { text, body, ..Told::default() })
                }
            }
            Step::Wait(millis) => (WAIT, Told { millis: millis as f64, ..Told::default() }),
            Step::Done(result) => (DONE, Told::of_reply(result.map_err(thrown)?)),
        };
        self.told = told;
        Ok(next)
    }

    /// The request without its body, in lines, or the data as JSON; once.
    pub fn text(&mut self) -> String {
        self.told.text()
    }

    /// The body of the request, if it has one of its own; once.
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

    /// Reports the answer, with the headers that matter, a line each.
    #[wasm_bindgen(js_name = onResponse)]
    pub fn on_response(&mut self, status: u16, headers: &str, body: Vec<u8>) {
        self.exchange.on_response(status, host::headers_of_lines(headers), body);
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

    /// Keeps what happens from now on.
    pub fn listen(&mut self) {
        self.exchange.listen();
    }

    /// What has happened since this was last asked, as a JSON list; empty if nothing has.
    pub fn events(&mut self) -> String {
        self.exchange.events()
    }

    /// How long the call has taken so far.
    #[wasm_bindgen(getter, js_name = durationMs)]
    pub fn duration_ms(&self) -> f64 {
        self.exchange.duration_ms() as f64
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
        Self { text: reply.data, about, ..Self::default() }
    }
}
