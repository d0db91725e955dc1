//! One call at a time, with a pause between two, and what its answer looked like.

use super::plan::Place;
use crate::failure::{Failure, TRANSPORT};
use crate::http;
use reqwest::Url;
use serde_json::Value;
use std::fmt::Display;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use xportcn::{Config, Endpoint, TimestampUnit};
use xportcn_core::codec::{self, Decoded};
use xportcn_core::shape::Shapes;
use xportcn_core::{Core, Nonce, Request};

/// Makes calls.
pub struct Prober {
    config: Config,
    client: reqwest::Client,
    interval: Duration,
    last: Option<Instant>,
    /// By how much the platform's clock is ahead, in milliseconds.
    pub skew_ms: i64,
    pub calls: usize,
}

/// What an answer looked like, and what it said.
pub struct Answer {
    pub status: u16,
    pub content: &'static str,
    /// The result code of an envelope.
    pub code: Option<String>,
    pub message: String,
    /// The data of a success, as canonical JSON.
    pub data: Option<String>,
    /// The shape of the whole answer, with its counts.
    pub shape: Value,
    pub latency: Duration,
    /// By how much the platform's clock is ahead, if the answer has a date.
    pub skew_ms: Option<i64>,
    /// The message without digits and without the path that was called.
    words: String,
}

/// Bytes of an answer that are received.
const LARGEST: usize = 4 << 20;

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Content types that are named; others may be anything.
const CONTENTS: [&str; 7] = [
    "application/json",
    "application/octet-stream",
    "application/xml",
    "text/html",
    "text/json",
    "text/plain",
    "text/xml",
];

/// A clock that is less off is taken by the platform.
const HARMLESS_SKEW_MS: i64 = 60_000;

impl Prober {
    pub fn new(config: Config, interval: Duration) -> Result<Self, Failure> {
        let unusable = |error: &dyn Display| Failure::new(TRANSPORT, format!("no connection can be made: {error}"));
        let url = Url::parse(&config.base_url).map_err(|error| unusable(&error))?;
        let client = http::client(&url, TIMEOUT).map_err(|error| unusable(&error))?;
        Ok(Self { config, client, interval, last: None, skew_ms: 0, calls: 0 })
    }

    /// The unit of the timestamp that is signed.
    pub fn unit(&mut self, unit: TimestampUnit) {
        self.config.timestamp_unit = unit;
    }

    /// Signs by the platform's clock from now on, if it is far from this machine's.
    pub fn follow(&mut self, skew_ms: i64) {
        self.skew_ms = if skew_ms.abs() > HARMLESS_SKEW_MS { skew_ms } else { 0 };
    }

    /// Calls a row at a place. The outer error is that there is no request to send, the inner one that there is no answer.
    pub async fn call(
        &mut self,
        endpoint: &'static Endpoint,
        place: &Place,
        json: &str,
    ) -> Result<Result<Answer, String>, String> {
        let request = self.request(endpoint, place, json).map_err(|error| error.to_string())?;
        if let Some(last) = self.last {
            tokio::time::sleep_until((last + self.interval).into()).await;
        }
        let started = Instant::now();
        let answer = self.send(endpoint, &request, started).await;
        self.last = Some(Instant::now());
        self.calls += 1;
        // What the transport says may hold the address.
        Ok(answer.map_err(|error| if error.is_timeout() { "no answer in time" } else { "no connection" }.to_string()))
    }

    fn request(&self, endpoint: &'static Endpoint, place: &Place, json: &str) -> Result<Request, xportcn::Error> {
        let mut config = self.config.clone();
        config.paths = [(endpoint.id.to_string(), place.setting())].into();
        let core = Core::new(config)?;
        let prepared = core.prepare_json(endpoint, json.as_bytes())?;
        let mut random = [0; Nonce::LENGTH];
        getrandom::fill(&mut random).map_err(|_| xportcn::Error::Cancelled { endpoint: endpoint.id.into() })?;
        let now_ms = now_ms().saturating_add(self.skew_ms);
        Ok(core.sign(&prepared, u64::try_from(now_ms).unwrap_or_default(), &Nonce::from_random(random)))
    }

    async fn send(
        &self,
        endpoint: &'static Endpoint,
        request: &Request,
        started: Instant,
    ) -> Result<Answer, reqwest::Error> {
        let method = if request.body.is_some() { reqwest::Method::POST } else { reqwest::Method::GET };
        let mut sent = self.client.request(method, &request.url);
        for (name, value) in &request.headers {
            sent = sent.header(name.as_ref(), value);
        }
        if let Some(body) = &request.body {
            sent = sent.body(body.clone());
        }
        let mut response = sent.send().await?;
        let status = response.status().as_u16();
        let header =
            |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let content = content(header("content-type"));
        let date = httpdate(header("date"));
        let received_ms = now_ms();
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await? {
            body.extend_from_slice(&part);
            if body.len() > LARGEST {
                break;
            }
        }
        let latency = started.elapsed();
        Ok(self.read(
            endpoint,
            request,
            Received { status, content, skew_ms: date.map(|date| date - received_ms), latency, body },
        ))
    }

    fn read(&self, endpoint: &'static Endpoint, request: &Request, received: Received) -> Answer {
        let Received { status, content, skew_ms, latency, body } = received;
        let (code, message, data) = match codec::decode(&endpoint.reply, &body) {
            Ok(Decoded { envelope, data, .. }) => {
                let is_success = envelope.is_success() && (200..300).contains(&status);
                let code = envelope.code.map(|code| code.into_string());
                (code, envelope.message.unwrap_or_default(), is_success.then_some(data))
            }
            Err(_) => (None, String::new(), None),
        };
        let mut shapes = Shapes::default();
        let config = &self.config;
        let private = [config.access_key.as_str(), config.access_secret.expose(), &config.user_id];
        shapes.record(endpoint, status, &body, &private);
        let shapes: Value = serde_json::from_str(&shapes.to_json()).unwrap_or_default();
        let shape = shapes["rows"][endpoint.id].clone();
        let path = request.url.strip_prefix(&config.base_url).unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        let words = message.replace(path, "").chars().filter(|c| !c.is_ascii_digit()).collect();
        Answer { status, content, code, message, data, shape, latency, skew_ms, words }
    }
}

struct Received {
    status: u16,
    content: &'static str,
    skew_ms: Option<i64>,
    latency: Duration,
    body: Vec<u8>,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        self.data.is_some()
    }

    /// Whether two answers say the same, but for what they name.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.status, self.content, &self.code, &self.words) == (other.status, other.content, &other.code, &other.words)
    }

    /// Whether the result code is, or begins with, that of an HTTP status.
    pub fn is_of(&self, status: u16) -> bool {
        let status = status.to_string();
        let code = self.code.as_deref().unwrap_or_default();
        self.status.to_string() == status || (code.starts_with(&status) && matches!(code.len(), 3 | 5))
    }
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}

/// The content type, if it is one of those that are usual.
fn content(header: &str) -> &'static str {
    let given = header.split(';').next().unwrap_or_default().trim();
    match CONTENTS.into_iter().find(|known| known.eq_ignore_ascii_case(given)) {
        Some(known) => known,
        None if given.is_empty() => "none",
        None => "other",
    }
}

/// The milliseconds since 1970 of an HTTP date.
fn httpdate(text: &str) -> Option<i64> {
    let date = httpdate::parse_http_date(text).ok()?;
    i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}
