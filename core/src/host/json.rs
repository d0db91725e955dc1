//! What goes to a host, written as JSON.

use super::case::Case;
use crate::call::event::{Event, EventKind};
use crate::call::reply::Reply;
use crate::call::request::Request;
use crate::catalogue::ENDPOINTS;
use crate::error::{Error, Warning, too_large};
use crate::json::{write_key, write_text};
use crate::push::Message;
use alloc::string::{String, ToString};

/// A request to send: `method`, `url`, `headers`, `body` as text or null, and `timeoutMs`.
pub fn send_json(request: &Request, timeout_ms: u64) -> String {
    let body = request.body.as_deref().map(String::from_utf8_lossy);
    let mut object = Object::with_capacity(600 + body.as_ref().map_or(0, |body| body.len() + body.len() / 4));
    object.text("method", request.method.as_str());
    object.text("url", &request.url);
    object.json("headers", &headers(&request.headers));
    object.maybe("body", body.as_deref());
    object.json("timeoutMs", &timeout_ms.to_string());
    object.end()
}

/// What came with a reply's data: `requestId`, `message`, `developId`, and `warnings`.
pub fn reply_json(reply: &Reply<String>) -> String {
    let mut object = Object::default();
    object.maybe("requestId", reply.request_id.as_deref());
    object.maybe("message", reply.message.as_deref());
    object.maybe("developId", reply.develop_id.as_ref().map(|id| id.as_str()));
    object.json("warnings", &warnings(&reply.warnings));
    object.end()
}

/// An error: its `kind`, its whole sentence as `text`, `isRetryable`, and what the kind has. Names of settings and
/// fields are in the case of the host.
pub fn error_json(mut error: Error, case: Case) -> String {
    case.spell(&mut error);
    write_error(&error)
}

fn write_error(error: &Error) -> String {
    let mut object = Object::default();
    object.text("kind", error.kind());
    object.text("text", &error.to_string());
    object.json("isRetryable", if error.is_retryable() { "true" } else { "false" });
    match error {
        Error::AmbiguousWrite { endpoint, cause, recovery, ticket } => {
            object.text("endpoint", endpoint);
            object.json("cause", &write_error(cause));
            object.text("recovery", recovery);
            // As text: hosts read numbers in their own way, and a ticket must come back as it was.
            object.text("ticket", &ticket.to_json());
            object.maybe("requestId", error.request_id());
        }
        Error::Api { endpoint, code, message, body_head, request_id, hint } => {
            object.text("endpoint", endpoint);
            object.text("code", code);
            object.text("message", message);
            object.text("bodyHead", body_head);
            object.maybe("requestId", request_id.as_deref());
            object.maybe("hint", hint.as_deref());
        }
        Error::Cancelled { endpoint } | Error::Timeout { endpoint, .. } => object.text("endpoint", endpoint),
        Error::Config { field, reason } => {
            object.text("field", field);
            object.text("reason", reason);
        }
        Error::UnknownSetting { name, .. } => {
            object.text("field", name);
            object.text("reason", "is no setting");
        }
        Error::Decode { endpoint, part, reason, body_head, request_id } => {
            object.text("endpoint", endpoint);
            object.text("path", part.path());
            object.text("reason", reason);
            object.text("bodyHead", body_head);
            object.maybe("requestId", request_id.as_deref());
        }
        Error::TooLarge { endpoint, limit } => {
            object.text("endpoint", endpoint);
            object.text("path", "");
            object.text("reason", &too_large(*limit));
            object.text("bodyHead", "");
        }
        Error::Http { endpoint, status, body_head, hint, request_id } => {
            object.text("endpoint", endpoint);
            object.json("status", &status.to_string());
            object.text("bodyHead", body_head);
            object.maybe("requestId", request_id.as_deref());
            object.maybe("hint", hint.as_deref());
        }
        Error::InvalidRequest { endpoint, path, reason } => {
            object.text("endpoint", endpoint);
            object.text("path", path);
            object.text("reason", reason);
        }
        Error::Misuse { reason } | Error::PushSignature { reason } => object.text("reason", reason),
        Error::Transport { endpoint, kind, detail } => {
            object.text("endpoint", endpoint);
            object.text("transportKind", kind.as_str());
            object.text("detail", detail);
        }
    }
    object.end()
}

/// What happened to a call, a list: `event`, `atMs`, and what the kind has. Empty if nothing has.
pub fn events_json(events: &[Event]) -> String {
    if events.is_empty() { String::new() } else { list(events, event) }
}

fn event(event: &Event) -> String {
    let mut object = Object::default();
    object.text("event", event.kind.as_str());
    object.number("atMs", event.at_ms);
    match &event.kind {
        EventKind::Started { endpoint, is_write } => {
            object.text("endpoint", endpoint);
            object.flag("isWrite", *is_write);
        }
        EventKind::Limited { wait_ms } => object.number("waitMs", *wait_ms),
        EventKind::Sent { attempt, method, url, timeout_ms } => {
            object.number("attempt", u64::from(*attempt));
            object.text("method", method.as_str());
            object.text("url", url);
            object.number("timeoutMs", *timeout_ms);
        }
        EventKind::Answered { attempt, duration_ms, status, headers, bytes, code, request_id } => {
            object.number("attempt", u64::from(*attempt));
            object.number("durationMs", *duration_ms);
            object.number("status", u64::from(*status));
            object.json("headers", &self::headers(headers));
            object.number("bytes", *bytes as u64);
            object.maybe("code", code.as_deref());
            object.maybe("requestId", request_id.as_deref());
        }
        EventKind::Failed { attempt, duration_ms, failure, maybe_sent, detail } => {
            object.number("attempt", u64::from(*attempt));
            object.number("durationMs", *duration_ms);
            object.text("failure", failure);
            object.flag("maybeSent", *maybe_sent);
            object.text("detail", detail);
        }
        EventKind::Warned(warning) => warned(warning, &mut object),
        EventKind::ClockCorrected { behind_ms } => object.json("behindMs", &behind_ms.to_string()),
        EventKind::Retrying { attempt, wait_ms, error, is_asked } => {
            object.number("attempt", u64::from(*attempt));
            object.number("waitMs", *wait_ms);
            object.text("error", error);
            object.flag("isAsked", *is_asked);
        }
        EventKind::Ended { attempts, duration_ms, error, code, request_id } => {
            object.number("attempts", u64::from(*attempts));
            object.number("durationMs", *duration_ms);
            object.maybe("error", *error);
            object.maybe("code", code.as_deref());
            object.maybe("requestId", request_id.as_deref());
        }
    }
    object.end()
}

/// A pushed message, its `body` in canonical JSON.
pub fn message_json(message: &Message) -> String {
    let mut object = Object::default();
    object.text("id", &message.id);
    object.maybe("messageType", message.message_type.as_deref());
    match message.platform {
        Some(platform) => object.json("platform", &platform.to_string()),
        None => object.json("platform", "null"),
    }
    object.maybe("time", message.time.map(|time| time.to_string()).as_deref());
    object.maybe("push", message.push.map(|push| push.id));
    object.json("inferred", if message.inferred { "true" } else { "false" });
    object.json("body", &message.body);
    object.json("warnings", &warnings(&message.warnings));
    object.end()
}

/// Every endpoint: `id`, `method`, `path`, `safety`, `evidence`, `candidates` and `paging`.
pub fn endpoints_json() -> String {
    list(ENDPOINTS, |endpoint| {
        let mut evidence = Object::default();
        evidence.text("path", endpoint.evidence.path.as_str());
        evidence.text("request", endpoint.evidence.request.as_str());
        evidence.text("reply", endpoint.evidence.reply.as_str());
        let mut object = Object::default();
        object.text("id", endpoint.id);
        object.text("method", endpoint.method.as_str());
        object.text("path", endpoint.path);
        object.text("safety", endpoint.safety.as_str());
        object.json("evidence", &evidence.end());
        let candidates = list(endpoint.candidates, |other| {
            let mut candidate = Object::default();
            candidate.text("method", other.method.as_str());
            candidate.text("path", other.path);
            candidate.text("evidence", other.evidence.as_str());
            candidate.end()
        });
        object.json("candidates", &candidates);
        match &endpoint.paging {
            None => object.json("paging", "null"),
            Some(paging) => {
                let mut fields = Object::default();
                fields.text("page", paging.page);
                fields.text("size", paging.size);
                fields.text("items", paging.items);
                object.json("paging", &fields.end());
            }
        }
        object.end()
    })
}

/// Headers as an object.
pub(super) fn headers(headers: &[(impl AsRef<str>, String)]) -> String {
    let mut object = Object::with_capacity(320);
    headers.iter().for_each(|(name, value)| object.text(name.as_ref(), value));
    object.end()
}

fn warnings(warnings: &[Warning]) -> String {
    list(warnings, |warning| {
        let mut object = Object::default();
        warned(warning, &mut object);
        object.end()
    })
}

fn warned(warning: &Warning, object: &mut Object) {
    object.text("path", &warning.path);
    object.text("expected", warning.expected);
    object.text("found", warning.found);
}

pub(super) fn list<T>(elements: &[T], write: impl Fn(&T) -> String) -> String {
    let mut out = String::from("[");
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&write(element));
    }
    out.push(']');
    out
}

/// An object that is being written.
#[derive(Default)]
struct Object {
    out: String,
}

impl Object {
    fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    fn text(&mut self, name: &str, value: &str) {
        self.key(name);
        write_text(value, &mut self.out);
    }

    fn maybe(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(name, value),
            None => self.json(name, "null"),
        }
    }

    fn number(&mut self, name: &str, number: u64) {
        self.json(name, &number.to_string());
    }

    fn flag(&mut self, name: &str, is_true: bool) {
        self.json(name, if is_true { "true" } else { "false" });
    }

    fn json(&mut self, name: &str, json: &str) {
        self.key(name);
        self.out.push_str(json);
    }

    fn key(&mut self, name: &str) {
        let first = self.out.is_empty();
        if first {
            self.out.push('{');
        }
        write_key(name, first, &mut self.out);
    }

    fn end(mut self) -> String {
        self.out.push_str(if self.out.is_empty() { "{}" } else { "}" });
        self.out
    }
}
