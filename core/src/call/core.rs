//! From a call to a signed request, and from an answer to its data.

use crate::Nonce;
use crate::api::Call;
use crate::call::clock::{Clock, Correction};
use crate::call::config::{Config, TimestampUnit};
use crate::call::extras::{self, Extras};
use crate::call::limit::Bucket;
use crate::call::reference::References;
use crate::call::reply::Reply;
use crate::call::request::{Request, Response};
use crate::call::{event, excerpt, sign};
use crate::codec::{self, Decoded, Route, Routed};
use crate::endpoint::{Endpoint, Method, Safety};
use crate::error::{Error, NO_WORDS, ReplyPart, Warning};
use crate::json::Fault;
use crate::push::{self, Message, Signed, TestMessage};
use crate::search::position;
use crate::values::Id;
use ::core::time::Duration;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A client without I/O: checked settings that make requests and read answers. Clones, and those with other extras, are the
/// same client: they share what is learned of the platform's clock, and the limit of calls.
#[derive(Clone, Debug)]
pub struct Core(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    config: Config,
    in_ascii: bool,
    learned: Arc<Learned>,
}

#[derive(Debug, Default)]
struct Learned {
    clock: Clock,
    bucket: Bucket,
    #[cfg(feature = "shapes")]
    shapes: spin::mutex::SpinMutex<crate::shape::Shapes>,
}

/// A call whose fields have been checked and encoded; each attempt is signed anew.
#[derive(Clone, Debug)]
pub struct Prepared {
    endpoint: &'static Endpoint,
    method: Method,
    pub(crate) routed: Routed,
}

/// An answer that was read. Its envelope may be one of success although it is no reply with success: the status of HTTP
/// may contradict it.
pub(crate) struct Answer<T> {
    pub(crate) result: Result<Reply<T>, Error>,
    pub(crate) says_success: bool,
    pub(crate) headers: Vec<(String, String)>,
}

/// Bytes of a body that an error repeats.
const BODY_HEAD: usize = 512;

/// Said of a reply whose code and whose `success` contradict each other.
const CONTRADICTED: &str = "the code is that of a success, but the reply says that there was none";

/// Bytes of the platform's words that an error repeats.
const MESSAGE: usize = 2048;

impl Core {
    /// Checks the settings.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong.
    pub fn new(config: Config) -> Result<Self, Error> {
        Ok(Self(Arc::new(Shared { config: config.checked()?, in_ascii: false, learned: Arc::default() })))
    }

    /// The same client, whose canonical JSON has an escape for each character beyond ASCII.
    pub(crate) fn in_ascii(&self) -> Self {
        let Shared { config, learned, .. } = &*self.0;
        Self(Arc::new(Shared { config: config.clone(), in_ascii: true, learned: Arc::clone(learned) }))
    }

    /// The same client, whose calls send other extras.
    ///
    /// # Errors
    /// As for [`Extras::checked`].
    pub fn with_extras(&self, extras: Extras) -> Result<Self, Error> {
        let Extras { user_id, headers, query } = extras.checked()?;
        let Shared { config, in_ascii, learned } = &*self.0;
        let config = Config { user_id, headers, query, ..config.clone() };
        Ok(Self(Arc::new(Shared { config, in_ascii: *in_ascii, learned: Arc::clone(learned) })))
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Encodes a typed call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong.
    pub fn prepare<C: Call>(&self, call: &C) -> Result<Prepared, Error> {
        self.prepare_with(C::ENDPOINT, |route| codec::encode_typed(route, call))
    }

    /// Encodes a call whose parameters are a JSON object.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong.
    pub fn prepare_json(&self, endpoint: &'static Endpoint, params: &[u8]) -> Result<Prepared, Error> {
        self.prepare_with(endpoint, |route| codec::encode(endpoint.request, route, params))
    }

    pub(crate) fn prepare_text(&self, endpoint: &'static Endpoint, params: &str) -> Result<Prepared, Error> {
        self.prepare_with(endpoint, |route| codec::encode_text(endpoint.request, route, params))
    }

    /// Signs one attempt. `now_ms` is the host's clock, in milliseconds since 1970; the nonce must be new.
    pub fn sign(&self, call: &Prepared, now_ms: u64, nonce: &Nonce) -> Request {
        let config = &self.0.config;
        let timestamp = match config.timestamp_unit {
            TimestampUnit::Seconds => now_ms / 1000,
            TimestampUnit::Milliseconds => now_ms,
        }
        .to_string();
        let signed = self.headers(timestamp, nonce);
        let [_, (_, stamp), _, _, (_, signature)] = &signed;
        let url = self.url(call, stamp, signature);
        let mut headers: Vec<(Cow<'static, str>, String)> = Vec::with_capacity(10);
        headers.extend(signed.map(|(name, value)| (name.into(), value)));
        headers.push(("accept".into(), "application/json".to_string()));
        if call.routed.body.is_some() {
            headers.push(("content-type".into(), "application/json".to_string()));
        }
        if !config.user_agent.is_empty() {
            headers.push(("user-agent".into(), config.user_agent.clone()));
        }
        headers.extend(config.headers.iter().map(|(name, value)| (name.to_ascii_lowercase().into(), value.clone())));
        Request { method: call.method, url, headers, body: call.routed.body.clone() }
    }

    /// The five headers that sign a request, whose timestamp is given as it is sent.
    pub fn headers(&self, timestamp: String, nonce: &Nonce) -> [(&'static str, String); 5] {
        let config = &self.0.config;
        let signature = sign::signature(config.signature, &config.access_key, &config.access_secret, &timestamp, nonce);
        let values =
            [config.access_key.clone(), timestamp, nonce.as_str().to_string(), config.user_id.clone(), signature];
        let mut values = values.into_iter();
        sign::HEADERS.map(|name| (name, values.next().unwrap_or_default()))
    }

    /// Reads an answer into its typed data.
    ///
    /// # Errors
    /// [`Error::Api`] where the platform refused; [`Error::Http`] and [`Error::Decode`] where the answer is no reply.
    pub fn read<C: Call>(&self, response: Response) -> Result<Reply<C::Reply>, Error> {
        Self::kept(self.hear::<C>(response))
    }

    /// Reads an answer; its data becomes canonical JSON.
    ///
    /// # Errors
    /// As for [`Core::read`].
    pub fn read_json(&self, endpoint: &'static Endpoint, response: Response) -> Result<Reply<String>, Error> {
        Self::kept(self.hear_json(endpoint, response))
    }

    fn kept<T>(Answer { result, headers, .. }: Answer<T>) -> Result<Reply<T>, Error> {
        result.map(|reply| Reply { headers, ..reply })
    }

    pub(crate) fn hear<C: Call>(&self, response: Response) -> Answer<C::Reply> {
        self.hear_with(C::ENDPOINT, response, codec::decode_as::<C::Reply>)
    }

    pub(crate) fn hear_json(&self, endpoint: &'static Endpoint, response: Response) -> Answer<String> {
        self.hear_with(endpoint, response, |body: &[u8]| codec::decode_to(&endpoint.reply, body, self.0.in_ascii))
    }

    fn hear_with<T>(
        &self,
        endpoint: &'static Endpoint,
        mut response: Response,
        decode: impl FnOnce(&[u8]) -> Result<Decoded<T>, codec::Unreadable>,
    ) -> Answer<T> {
        let mut says_success = false;
        let result = self.read_with(endpoint, &mut response, &mut says_success, decode);
        Answer { result, says_success, headers: response.headers }
    }

    /// Checks that a pushed message comes from the platform, and reads it. `authorization` is the header of this name,
    /// `body` the body as it was received.
    ///
    /// # Errors
    /// [`Error::PushSignature`] if it does not come from the platform, [`Error::Decode`] if it is no message.
    pub fn read_push(&self, authorization: &str, body: &[u8]) -> Result<Message, Error> {
        push::verify(&self.0.config.access_key, &self.0.config.access_secret, authorization, body)?;
        let message = push::parse(body)?;
        #[cfg(feature = "shapes")]
        if self.0.config.observe {
            self.0.learned.shapes.lock().record_message(&message, body, &self.private());
        }
        Ok(message)
    }

    /// Writes a message for a test of whoever receives them, and signs it with the secret of the settings.
    ///
    /// # Errors
    /// As for [`push::sign`].
    pub fn sign_push(&self, test: &TestMessage, now_ms: u64) -> Result<Signed, Error> {
        push::sign(&self.0.config.access_key, &self.0.config.access_secret, test, now_ms)
    }

    /// What the platform's clock shows, as far as it is known, when the host's shows `now_ms`.
    pub fn platform_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_add_signed(self.behind_ms())
    }

    /// The shapes of all replies and messages so far, as JSON, if the setting `observe` has them kept: by row, how many there were, with
    /// which statuses and codes, and of each place its name, its types, how many digits were there, and what of the tables
    /// was absent, unknown or of another type. Never a value.
    #[cfg(feature = "shapes")]
    pub fn shapes(&self) -> String {
        self.0.learned.shapes.lock().to_json()
    }

    /// Takes note of the shape of an answer.
    #[cfg(feature = "shapes")]
    pub(crate) fn observe(&self, endpoint: &'static Endpoint, response: &Response) {
        if self.0.config.observe {
            self.0.learned.shapes.lock().record(endpoint, response.status, &response.body, &self.private());
        }
    }

    #[cfg(feature = "shapes")]
    fn private(&self) -> [&str; 3] {
        let config = &self.0.config;
        [&config.access_key, config.access_secret.expose(), &config.user_id]
    }

    /// What is learned, as numbers.
    pub(crate) fn learned(&self) -> [i64; 3] {
        let [next_us, seen_ms] = self.0.learned.bucket.state();
        [self.behind_ms(), next_us.cast_signed(), seen_ms.cast_signed()]
    }

    /// Takes what another core of the same client has learned.
    pub(crate) fn learn(&self, [behind_ms, next_us, seen_ms]: [i64; 3]) {
        self.0.learned.clock.set(behind_ms);
        self.0.learned.bucket.set([next_us.cast_unsigned(), seen_ms.cast_unsigned()]);
    }

    /// How far the host's clock is behind the platform's, as far as it is known.
    pub(crate) fn behind_ms(&self) -> i64 {
        self.0.learned.clock.behind_ms()
    }

    /// Keeps for later calls what helped this one.
    pub(crate) fn keep_clock(&self, correction: &Correction) {
        self.0.learned.clock.keep(correction);
    }

    /// Milliseconds to wait before the next call, by the limit of the settings; absent if that is more than
    /// `at_most_ms`.
    pub(crate) fn take_token(&self, now_ms: u64, at_most_ms: u64) -> Option<u64> {
        self.0.config.limit.map_or(Some(0), |limit| self.0.learned.bucket.take(limit, now_ms, at_most_ms))
    }

    fn prepare_with(
        &self,
        endpoint: &'static Endpoint,
        encode: impl FnOnce(Route<'_>) -> Result<Routed, Fault>,
    ) -> Result<Prepared, Error> {
        let (method, path) = self.0.config.path_of(endpoint);
        let method = method.unwrap_or(endpoint.method);
        let routed = encode(Route { method, path }).map_err(|fault| Error::InvalidRequest {
            endpoint: endpoint.id.to_string(),
            path: fault.path,
            reason: fault.reason,
        })?;
        if endpoint.safety == Safety::Write && routed.says_nothing(path) {
            // What is absent without being required is most often a name that was not read from elsewhere.
            if let Some(field) = endpoint.request.fields.first() {
                return Err(Error::InvalidRequest {
                    endpoint: endpoint.id.to_string(),
                    path: field.name().to_string(),
                    reason: "is missing or empty, and so are all others: nothing says what to change".to_string(),
                });
            }
        }
        extras::check_query(&self.0.config.query, endpoint)?;
        Ok(Prepared { endpoint, method, routed })
    }

    fn url(&self, call: &Prepared, timestamp: &str, signature: &str) -> String {
        let routed = &call.routed;
        let base = &self.0.config.base_url;
        let mut url = String::with_capacity(base.len() + routed.path.len() + routed.query.len() + 80);
        url.push_str(base);
        url.push_str(&routed.path);
        let mut joins = ::core::iter::once('?').chain(::core::iter::repeat('&'));
        let mut join = || joins.next().unwrap_or('&');
        if !routed.query.is_empty() {
            url.push(join());
            url.push_str(&routed.query);
        }
        for (name, value) in self.0.config.query.iter() {
            url.push(join());
            codec::write_pair(name, value, &mut url);
        }
        // The signature is the last, so that it can be cut off.
        if call.endpoint.signed_query {
            url.push(join());
            url.push_str("timestamp=");
            url.push_str(timestamp);
            url.push_str("&sign=");
            url.push_str(signature);
        }
        url
    }

    fn read_with<T>(
        &self,
        endpoint: &'static Endpoint,
        response: &mut Response,
        says_success: &mut bool,
        decode: impl FnOnce(&[u8]) -> Result<Decoded<T>, codec::Unreadable>,
    ) -> Result<Reply<T>, Error> {
        let Response { status, ref body, .. } = *response;
        let success = (200..300).contains(&status);
        let limit = self.0.config.max_reply_bytes;
        if body.len() > limit {
            return Err(Error::TooLarge { endpoint: endpoint.id.to_string(), limit });
        }
        let body = codec::in_utf8(response.header("content-type"), body);
        let shown = |text: &str, limit: usize| self.excerpt(text.as_bytes(), limit);
        let unreadable = |part: ReplyPart, reason: &str, request_id: Option<Box<str>>| Error::Decode {
            endpoint: endpoint.id.to_string(),
            part: match part {
                ReplyPart::Value(path) => ReplyPart::Value(shown(&path, BODY_HEAD)),
                part => part,
            },
            reason: shown(reason, MESSAGE),
            body_head: self.excerpt(&body, BODY_HEAD),
            request_id,
        };
        let decoded = decode(&body);
        *says_success = decoded.as_ref().is_ok_and(|Decoded { envelope, .. }| envelope.says_success());
        let decoded = match decoded {
            Ok(decoded) if success || !decoded.envelope.is_success() => decoded,
            Err(error) if success => return Err(unreadable(error.part, &error.reason, self.request_id(response))),
            _ => {
                return Err(Error::Http {
                    endpoint: endpoint.id.to_string(),
                    status,
                    body_head: self.excerpt(&body, BODY_HEAD),
                    hint: self.hint(endpoint, status),
                    request_id: self.request_id(response),
                });
            }
        };
        let Decoded { mut envelope, data, mut warnings } = decoded;
        let request_id = match envelope.request_id.take() {
            Some(id) => Some(self.shown(id, BODY_HEAD)),
            None => self.request_id(response).map(String::from),
        };
        if !envelope.is_success() {
            let words = codec::words(&body);
            let message = if words.is_empty() { NO_WORDS } else { words.as_str() };
            let contradicted = envelope.has_good_code();
            let code = envelope.code.unwrap_or_default();
            let unknown = matches!(status, 404 | 405) || is_unknown_path(code.as_str(), message);
            return Err(Error::Api {
                endpoint: endpoint.id.to_string(),
                code: shown(code.as_str(), BODY_HEAD),
                message: shown(message, MESSAGE),
                body_head: self.excerpt(&body, BODY_HEAD).into(),
                request_id: request_id.map(Into::into),
                hint: match contradicted {
                    true => Some(CONTRADICTED.into()),
                    false if unknown => self.path_hint(endpoint),
                    false => None,
                },
            });
        }
        if let Some(first) = warnings.first().filter(|_| self.0.config.strict) {
            let reason = format!("expected {}, found {}", first.expected, first.found);
            return Err(unreadable(ReplyPart::Value(first.path.clone()), &reason, request_id.map(Into::into)));
        }
        for warning in &mut warnings {
            warning.path = shown(&warning.path, BODY_HEAD);
        }
        Ok(Reply {
            data,
            request_id,
            message: envelope.message.map(|message| self.shown(message, MESSAGE)),
            develop_id: envelope.develop_id.map(|id| Id::new(self.shown(id.into_string(), BODY_HEAD))),
            warnings,
            status,
            attempts: 0,
            duration: Duration::ZERO,
            headers: Vec::new(),
            raw: ::core::mem::take(&mut response.body),
        })
    }

    /// The name for the call that gateways give in a header.
    fn request_id(&self, response: &Response) -> Option<Box<str>> {
        let id = event::request_id(|name| response.header(name))?;
        Some(self.excerpt(id.as_bytes(), BODY_HEAD).into())
    }

    fn hint(&self, endpoint: &Endpoint, status: u16) -> Option<Box<str>> {
        let hint = match status {
            300..=399 => "redirects are not followed; check the base URL",
            401 | 403 => "check the access key, the secret and the user id",
            404 | 405 => return self.path_hint(endpoint),
            429 => "there were too many calls; wait before the next one",
            500..=599 => "the platform or something before it is in trouble; a write may have been carried out",
            _ => return None,
        };
        Some(hint.into())
    }

    fn path_hint(&self, endpoint: &Endpoint) -> Option<Box<str>> {
        endpoint.path_hint(self.0.config.paths.get(endpoint.id).map(String::as_str)).map(String::into_boxed_str)
    }

    /// Text that came from elsewhere, for those who print what they are told.
    fn shown(&self, text: String, limit: usize) -> String {
        match excerpt::is_harmless(&text, &self.0.config.access_secret) {
            true => text,
            false => self.excerpt(text.as_bytes(), limit),
        }
    }

    /// The beginning of text that came from elsewhere, for an error.
    pub(crate) fn excerpt(&self, bytes: &[u8], limit: usize) -> String {
        excerpt::excerpt(bytes, limit, &self.0.config.access_secret)
    }
}

impl Prepared {
    /// The endpoint that is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// The JSON body, for methods that have one.
    pub fn body(&self) -> Option<&[u8]> {
        self.routed.body.as_deref()
    }

    /// Fields that the table does not list and that are nearly those of others, which have no value. They are sent; what they
    /// mean is for the caller to look at.
    pub fn warnings(&self) -> &[Warning] {
        &self.routed.warnings
    }

    /// Gives a creation a reference of its own, if it has none and the settings want it, as an exchange does before it first
    /// sends.
    pub fn refer(&mut self, references: References, now_ms: u64, random: &[u8; Nonce::LENGTH]) {
        if references != References::Off
            && let Some(effect) = self.endpoint.effect
        {
            references.fill(effect, &mut self.routed, now_ms, random);
        }
    }

    /// The request's fields in their places.
    pub(crate) fn routed(&self) -> &Routed {
        &self.routed
    }
}

/// Whether a refusal says that there is no such path or method: by the codes of HTTP, or in the words of Spring, which
/// servers wrap in codes of their own.
fn is_unknown_path(code: &str, message: &str) -> bool {
    let says = |words: &str| position(message, words).is_some();
    matches!(code, "404" | "405")
        || says("No static resource")
        || says("No handler found")
        || (says("Request method") && says("not supported"))
}
