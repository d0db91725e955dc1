//! The core as other languages see it: settings, options and parameters come as JSON text, and what goes back can be
//! written as JSON. Their bindings convert, and decide nothing.
//!
//! Settings are one object, with the members of [`SETTINGS`](crate::settings::SETTINGS) in camelCase, durations in
//! milliseconds. Options are those that a call may have; they go before those of the client.

mod amounts;
mod case;
mod frame;
mod head;
mod json;
mod recovery;
mod settings;

pub use self::amounts::amounts_json;
pub use self::case::{Case, camel};
pub use self::head::{head_lines, headers_of_lines};
pub use self::json::{endpoints_json, error_json, events_json, message_json, reply_json, send_json};
pub use self::recovery::{HostRecovery, HostRecoveryStep, journal_key};
pub use crate::json::ascii;

use crate::call::base_url::proxied_host;
use crate::call::config::Config;
use crate::call::core::Core;
pub use crate::call::event::HEADERS;
use crate::call::excerpt::without_signatures;
use crate::call::exchange::{Exchange, FailureKind, Step};
use crate::call::paging::Pager;
use crate::call::reply::Reply;
use crate::call::request::Response;
use crate::call::retry::RetryPolicy;
use crate::call::settings::Draft;
use crate::endpoint::Safety;
use crate::error::{Error, TransportKind};
use crate::push::{self, Message, Signed, TestMessage};
use crate::secret::Secret;
use crate::{Nonce, catalogue};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A client without I/O, for a host of another language. Clones are the same client.
#[derive(Clone, Debug)]
pub struct HostCore {
    core: Core,
    policy: RetryPolicy,
}

/// One call of such a host.
#[derive(Debug)]
pub struct HostExchange {
    exchange: Exchange<String>,
    /// Whether frames have the events only where a wait or another attempt follows.
    is_brief: bool,
}

impl HostCore {
    /// Checks the settings, a JSON object.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong, [`Error::UnknownSetting`] what is none.
    pub fn new(settings: &str) -> Result<Self, Error> {
        let Draft { config, policy } = settings::read(settings)?;
        Ok(Self { core: Core::new(config)?, policy })
    }

    /// The same client for a host that reads text in ASCII quicker: the data of its replies has an escape for each other
    /// character.
    pub fn in_ascii(&self) -> Self {
        Self { core: self.core.in_ascii(), policy: self.policy }
    }

    /// Begins a call. The parameters are a JSON object; so are the options, unless they are empty.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong, [`Error::Config`] the option.
    pub fn call(&self, id: &str, params: &str, options: &str) -> Result<HostExchange, Error> {
        let (core, policy) = self.optioned(options)?;
        let exchange = Exchange::begin_text(&core, catalogue::endpoint(id)?, params, policy)?;
        Ok(HostExchange { exchange, is_brief: false })
    }

    /// The client as a call with these options sees it.
    fn optioned(&self, options: &str) -> Result<(Core, RetryPolicy), Error> {
        let (policy, extras) = settings::options(options, self.core.config(), self.policy)?;
        let core = match extras {
            None => self.core.clone(),
            Some(extras) => self.core.with_extras(extras)?,
        };
        Ok((core, policy))
    }

    /// Checks the options of later calls, a JSON object.
    ///
    /// # Errors
    /// [`Error::Config`] names the option that is wrong, [`Error::UnknownSetting`] what is none.
    pub fn check_options(&self, options: &str) -> Result<(), Error> {
        settings::options(options, self.core.config(), self.policy).map(drop)
    }

    /// Begins a walk over the pages of a call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the endpoint has no pages, or the parameters are no object with a page number.
    pub fn pager(&self, id: &str, params: &str) -> Result<Pager, Error> {
        Pager::new(catalogue::endpoint(id)?, params.as_bytes())
    }

    /// The five headers that sign a request, as a JSON object. The timestamp is given as it is sent.
    ///
    /// # Errors
    /// [`Error::Misuse`] if the nonce is not 32 letters and digits, or the timestamp is not made of digits.
    pub fn sign(&self, timestamp: &str, nonce: &str) -> Result<String, Error> {
        let nonce = Nonce::from_text(nonce).ok_or(Error::Misuse { reason: "a nonce is 32 letters and digits" })?;
        if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::Misuse { reason: "a timestamp is made of digits" });
        }
        Ok(json::headers(&self.core.headers(timestamp.to_string(), &nonce)))
    }

    /// Reads an answer that was kept, without a call.
    ///
    /// # Errors
    /// As for [`Core::read_json`].
    pub fn read(&self, id: &str, status: u16, body: Vec<u8>) -> Result<Reply<String>, Error> {
        self.core.read_json(catalogue::endpoint(id)?, Response { status, headers: Vec::new(), body }).map(without_raw)
    }

    /// Checks that a pushed message comes from the platform, and reads it.
    ///
    /// # Errors
    /// As for [`Core::read_push`].
    pub fn read_push(&self, authorization: &str, body: &[u8]) -> Result<Message, Error> {
        self.core.read_push(authorization, body)
    }

    /// Writes a message for a test of whoever receives them, and signs it; as the function [`sign_push`].
    ///
    /// # Errors
    /// As for [`push::sign`].
    pub fn sign_push(
        &self,
        message: &str,
        content: &str,
        platform: Option<i64>,
        time_ms: Option<u64>,
        now_ms: u64,
    ) -> Result<Signed, Error> {
        self.core.sign_push(&test(message, content, platform, time_ms), now_ms)
    }

    /// Takes note of the shape of an answer, for a host that keeps shapes apart from its calls.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if no endpoint has this id.
    #[cfg(feature = "shapes")]
    pub fn observe(&self, id: &str, status: u16, body: Vec<u8>) -> Result<(), Error> {
        self.core.observe(catalogue::endpoint(id)?, &Response { status, headers: Vec::new(), body });
        Ok(())
    }

    /// The shapes of all replies and messages so far, as JSON, if the setting `observe` has them kept.
    #[cfg(feature = "shapes")]
    pub fn shapes(&self) -> String {
        self.core.shapes()
    }

    /// What was learned of the platform's clock and of the limit of calls, as numbers for [`HostCore::learn`].
    pub fn learned(&self) -> [i64; 3] {
        self.core.learned()
    }

    /// Takes what another core of the same client has learned.
    pub fn learn(&self, learned: [i64; 3]) {
        self.core.learn(learned);
    }

    /// The host whose proxy of the environment carries the requests; absent where they go through none.
    pub fn proxied_host(&self) -> Option<&str> {
        proxied_host(&self.core.config().base_url)
    }

    /// The largest reply that is read, in bytes: a host need not receive more.
    pub fn max_reply_bytes(&self) -> usize {
        self.core.config().max_reply_bytes
    }
}

impl HostExchange {
    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970; `random` is 32 new random bytes.
    pub fn step(&mut self, now_ms: u64, random: &[u8]) -> Step<String> {
        match random.try_into() {
            Ok(random) => match self.exchange.step(now_ms, random) {
                Step::Done(result) => Step::Done(result.map(without_raw)),
                step => step,
            },
            Err(_) => Step::Done(Err(Error::Misuse { reason: "a step takes 32 random bytes" })),
        }
    }

    /// Reports the answer to the request that was sent. Of the headers, those of [`HEADERS`] matter. A report that does not fit ends the call: the next step tells why.
    pub fn on_response(&mut self, status: u16, headers: Vec<(String, String)>, body: Vec<u8>) {
        // Hosts report before each step, which tells what was wrong.
        let _ = self.exchange.on_response(Response { status, headers, body });
    }

    /// Reports that there is no answer. The kind is `connect`, `dns`, `tls`, `reset`, `timeout`, `broken` for a body
    /// that could not be received, `too-large` for one beyond the limit, or anything else.
    pub fn on_failure(&mut self, kind: &str, maybe_sent: bool, detail: &str) {
        let kind = match kind {
            "broken" => FailureKind::Broken,
            "connect" => FailureKind::Lost(TransportKind::Connect),
            "dns" => FailureKind::Lost(TransportKind::Dns),
            "reset" => FailureKind::Lost(TransportKind::Reset),
            "timeout" => FailureKind::Timeout,
            "too-large" => FailureKind::TooLarge,
            "tls" => FailureKind::Lost(TransportKind::Tls),
            _ => FailureKind::Lost(TransportKind::Other),
        };
        let _ = self.exchange.on_failure(kind, maybe_sent, detail);
    }

    /// Tells that the transport may send a request again on its own, as browsers do.
    pub fn may_resend(&mut self) {
        self.exchange.may_resend();
    }

    /// Ends the call because the caller does not want it any more; the next step tells what became of it.
    pub fn cancel(&mut self) {
        self.exchange.cancel();
    }

    /// Keeps what happens from now on, for [`HostExchange::events`].
    pub fn listen(&mut self) {
        self.exchange.listen();
    }

    /// What has happened since this was last asked, as a JSON list; empty if nothing has. See
    /// [`Exchange::take_events`](crate::Exchange::take_events).
    pub fn events(&mut self) -> String {
        events_json(&self.exchange.take_events())
    }

    /// How long the call has taken so far, in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        self.exchange.duration_ms()
    }

    /// Attempts that have been sent.
    pub fn attempts(&self) -> u32 {
        self.exchange.attempts()
    }

    /// Whether the call changes something: transports must then not send a request again on their own.
    pub fn is_write(&self) -> bool {
        self.exchange.endpoint().safety == Safety::Write
    }

    /// Whether the body of what is sent is, to the last byte, the parameters that the host gave: it need not be copied back.
    pub fn sends_as_given(&self) -> bool {
        self.exchange.sends_as_given()
    }

    /// The endpoint that is called.
    pub fn id(&self) -> &'static str {
        self.exchange.endpoint().id
    }
}

/// Reads settings, a JSON object, which need not be those of a whole client.
///
/// # Errors
/// [`Error::Config`] names the setting whose value is none, [`Error::UnknownSetting`] what is no setting.
pub fn settings(settings: &str) -> Result<(Config, RetryPolicy), Error> {
    let Draft { config, policy } = settings::read(settings)?;
    Ok((config, policy))
}

/// Checks that a pushed message comes from the platform, and reads it, without a client.
///
/// # Errors
/// As for [`Core::read_push`].
pub fn read_push(access_key: &str, access_secret: &str, authorization: &str, body: &[u8]) -> Result<Message, Error> {
    push::verify(access_key, &Secret::new(access_secret), authorization, body)?;
    push::parse(body)
}

/// Writes a message for a test of whoever receives them, and signs it, without a client. The content is a JSON object, or
/// empty for the documented example; `time_ms` is when it was pushed, now unless it is given.
///
/// # Errors
/// As for [`push::sign`].
pub fn sign_push(
    access_key: &str,
    access_secret: &str,
    message: &str,
    content: &str,
    platform: Option<i64>,
    time_ms: Option<u64>,
    now_ms: u64,
) -> Result<Signed, Error> {
    push::sign(access_key, &Secret::new(access_secret), &test(message, content, platform, time_ms), now_ms)
}

/// A reply without the body as it was received: hosts have it, and what is written next may need its place.
fn without_raw(reply: Reply<String>) -> Reply<String> {
    Reply { raw: Vec::new(), ..reply }
}

fn test(message: &str, content: &str, platform: Option<i64>, time_ms: Option<u64>) -> TestMessage {
    let content = (!content.is_empty()).then(|| content.to_string());
    TestMessage { message: message.to_string(), content, platform, time_ms }
}

/// Text for a log, without whatever looks like a signature.
pub fn redact(text: &str) -> String {
    without_signatures(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn options_are_checked_before_there_is_a_call() {
        let core = HostCore::new(r#"{"accessKey":"key","accessSecret":"hidden","userId":"user"}"#).unwrap();
        assert_eq!(core.check_options(""), Ok(()));
        assert_eq!(core.check_options(r#"{"maxRetries":3,"timeout":5}"#), Ok(()));
        for (options, wrong) in
            [(r#"{"maxRetries":-1}"#, "max_retries"), (r#"{"baseUrl":"x"}"#, "base_url"), ("5", "options")]
        {
            let refused = core.check_options(options);
            assert!(matches!(&refused, Err(Error::Config { field, .. }) if field == wrong), "{options}: {refused:?}");
        }
    }

    #[test]
    fn errors_name_settings_and_fields_in_the_case_of_the_host() {
        let wrong = r#"{"accessKey":"key","accessSecret":"s","userId":"user","baseUrl":"http://example.com"}"#;
        let wrong = HostCore::new(wrong).unwrap_err();
        let core = HostCore::new(r#"{"accessKey":"key","accessSecret":"s","userId":"user"}"#).unwrap();
        let invalid = core.call("taobao.after_sale.render", r#"{"subOrderId":""}"#, "").unwrap_err();
        for (case, setting, field) in
            [(Case::Camel, "baseUrl", "subOrderId"), (Case::Snake, "base_url", "sub_order_id")]
        {
            let json = error_json(wrong.clone(), case);
            assert!(json.contains(&format!(r#""field":"{setting}""#)), "{json}");
            assert!(json.contains(&format!("`{setting}` must begin")), "{json}");
            let json = error_json(invalid.clone(), case);
            assert!(json.contains(&format!(r#""path":"{field}""#)), "{json}");
            assert!(json.contains(&format!("`{field}`")), "{json}");
        }
    }

    #[test]
    fn what_a_core_has_learned_of_clock_and_limit_is_taken_by_another_of_the_same_client() {
        let settings = r#"{"accessKey":"key","accessSecret":"hidden","userId":"user","limit":{"perSecond":1}}"#;
        let [old, new] = [(); 2].map(|()| HostCore::new(settings).unwrap());
        let next = |core: &HostCore, now_ms: u64| {
            let mut exchange = core.call("address.list", "{}", "").unwrap();
            let step = exchange.step(now_ms, &[7; 32]);
            (exchange, step)
        };
        const NOW: u64 = 1_722_484_800_000;
        // An hour behind: refused, corrected, and answered.
        let (mut exchange, step) = next(&old, NOW);
        assert!(matches!(step, Step::Send { .. }));
        let date = ("date".to_string(), "Thu, 01 Aug 2024 05:00:00 GMT".to_string());
        exchange.on_response(401, [date].into(), br#"{"code":401,"msg":"timestamp","data":null}"#.to_vec());
        while let Step::Wait(millis) = exchange.step(NOW, &[7; 32]) {
            assert!(millis <= 1_000, "{millis}");
        }
        exchange.on_response(200, Vec::new(), br#"{"code":200,"data":[]}"#.to_vec());
        assert!(matches!(exchange.step(NOW, &[7; 32]), Step::Done(Ok(_))));
        assert_eq!(new.learned(), [0; 3]);
        new.learn(old.learned());
        assert_eq!(new.learned(), old.learned());
        let (mut exchange, step) = next(&new, NOW);
        let Step::Wait(millis @ 1..) = step else { panic!("the limit was forgotten: {step:?}") };
        let Step::Send { request, .. } = exchange.step(NOW + millis, &[7; 32]) else { panic!("it is not sent") };
        let sent_s: u64 = request.header("timestamp").unwrap().parse().unwrap();
        assert_eq!(sent_s, (NOW + millis) / 1000 + 3600);
    }

    #[test]
    fn what_is_no_setting_is_an_error_of_the_settings() {
        let json = error_json(HostCore::new(r#"{"colour":1}"#).unwrap_err(), Case::Camel);
        assert!(json.contains(r#""kind":"Config","text":"unknown setting `colour`"#), "{json}");
        assert!(json.contains(r#""field":"colour","reason":"is no setting""#), "{json}");
    }

    #[test]
    fn a_log_shows_urls_without_their_signature() {
        let url = "https://www.xportcn.com/api/open/x?timestamp=1722484800&sign=0123456789ABCDEF0123456789ABCDEF";
        assert_eq!(redact(url), "https://www.xportcn.com/api/open/x?timestamp=1722484800&sign=***");
        assert_eq!(redact("request 5f4dcc3b5aa765d61d8327deb882cf99"), "request 5f4dcc3b5aa765d61d8327deb882cf99");
    }
}
