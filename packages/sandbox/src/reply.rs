//! The envelope around data and refusals, as HTTP carries it.

use crate::refusal::Refusal;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::value::RawValue;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The `code` of success.
const SUCCESS: u32 = 200;
/// The `msg` of success, as the platform writes it.
const SUCCESS_MESSAGE: &str = "成功";

/// Names calls: each name once.
pub(crate) struct RequestIds {
    start: u64,
    count: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new() -> Self {
        Self { start: RandomState::new().build_hasher().finish(), count: AtomicU64::new(0) }
    }

    /// 32 lower-case hex digits, as the platform's are.
    pub(crate) fn next(&self) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        // An odd factor makes another number of every count.
        format!("{:016x}{:016x}", self.start, (count + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}

/// What stands in an envelope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope<'a> {
    /// As JSON.
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
    /// As JSON.
    pub(crate) data: &'a str,
    pub(crate) request_id: &'a str,
    pub(crate) develop_id: Option<&'a str>,
}

/// A reply with its data, or with the reason why there is none.
pub(crate) fn reply(
    result: &Result<Box<RawValue>, Refusal>,
    request_id: &str,
    develop_id: Option<&str>,
    now_ms: u64,
) -> Response<Body> {
    let (status, code, message, data) = match result {
        Ok(data) => (200, SUCCESS, SUCCESS_MESSAGE, data.get()),
        Err(refusal) => (refusal.reason.status(), refusal.reason.code(), refusal.message.as_str(), "null"),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    enveloped(status, Envelope { code: &code.to_string(), message, data, request_id, develop_id }, now_ms)
}

pub(crate) fn enveloped(status: StatusCode, envelope: Envelope<'_>, now_ms: u64) -> Response<Body> {
    let Envelope { code, message, data, request_id, develop_id } = envelope;
    let body = format!(
        r#"{{"code":{code},"data":{data},"developId":{},"msg":{},"requestId":{}}}"#,
        develop_id.map_or_else(|| "null".to_string(), quoted),
        quoted(message),
        quoted(request_id),
    );
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(date) = date(now_ms) {
        headers.insert(header::DATE, date);
    }
    response
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The sandbox's clock, by which hosts correct theirs.
fn date(now_ms: u64) -> Option<HeaderValue> {
    let moment = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(now_ms))?;
    // Years beyond 9999 cannot be written.
    let writable = now_ms < 253_402_300_800_000;
    writable.then(|| httpdate::fmt_http_date(moment)).and_then(|text| HeaderValue::from_str(&text).ok())
}
