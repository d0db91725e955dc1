//! One call by the real client, and all that is to be seen of it.

use crate::mask;
use crate::record::{Attempt, Attempts, recorded};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use xportcn::{Answered, Client, Error, Event, EventKind, Warning};

/// All that is to be seen of a call.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Seen {
    /// What happened, in order.
    events: Vec<Value>,
    attempts: Vec<Value>,
    /// The data as canonical JSON text.
    data: Option<String>,
    warnings: Vec<Value>,
    error: Option<Value>,
    request_id: Option<String>,
    duration_ms: u64,
}

/// Makes a call, and looks on.
pub(crate) async fn call(client: &Client, id: &str, params: &str) -> Seen {
    let attempts = Attempts::default();
    let events = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let events = events.clone();
        move |event: &Event| events.lock().unwrap_or_else(PoisonError::into_inner).push(shown(event))
    };
    let watched = client.on_event(listener);
    let answered = recorded(attempts.clone(), watched.answer_json(id, params)).await;
    let attempts = std::mem::take(&mut *attempts.lock().unwrap_or_else(PoisonError::into_inner));
    let events = std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner));
    seen(answered, attempts, events)
}

fn seen(answered: Answered<String>, attempts: Vec<Attempt>, events: Vec<Value>) -> Seen {
    let duration_ms = u64::try_from(answered.duration.as_millis()).unwrap_or(u64::MAX);
    let (data, warnings, error, request_id) = match answered.result {
        Ok(reply) => (Some(reply.data), reply.warnings, None, reply.request_id.map(|id| id.to_string())),
        Err(error) => (None, Vec::new(), Some(wrong(&error)), error.request_id().map(ToString::to_string)),
    };
    Seen {
        events,
        attempts: attempts.iter().map(attempt).collect(),
        data,
        warnings: warnings.iter().map(warning).collect(),
        error,
        request_id,
        duration_ms,
    }
}

fn attempt(attempt: &Attempt) -> Value {
    let Attempt { request, answer } = attempt;
    let answer = answer.as_ref().map(|answer| match answer {
        Ok(response) => json!({
            "status": response.status,
            "headers": response.headers,
            "body": String::from_utf8_lossy(&response.body),
        }),
        Err(failure) => json!({"failure": failure.detail, "maybeSent": failure.maybe_sent}),
    });
    json!({
        "method": request.method.as_str(),
        "url": mask::url(request),
        "headers": mask::headers(request),
        "body": request.body.as_ref().map(|body| String::from_utf8_lossy(body)),
        "answer": answer,
    })
}

fn wrong(error: &Error) -> Value {
    let path = match error {
        Error::InvalidRequest { path, .. } => Some(path.as_str()),
        _ => None,
    };
    json!({"kind": error.kind(), "message": error.to_string(), "path": path, "code": error.code()})
}

fn warning(warning: &Warning) -> Value {
    json!({"path": warning.path, "expected": warning.expected, "found": warning.found})
}

fn shown(event: &Event) -> Value {
    let mut shown = match &event.kind {
        EventKind::Started { is_write, .. } => json!({"isWrite": is_write}),
        EventKind::Limited { wait_ms } => json!({"waitMs": wait_ms}),
        EventKind::Sent { attempt, timeout_ms, .. } => json!({"attempt": attempt, "timeoutMs": timeout_ms}),
        EventKind::Answered { attempt, duration_ms, status, bytes, code, .. } => {
            json!({"attempt": attempt, "durationMs": duration_ms, "status": status, "bytes": bytes, "code": code})
        }
        EventKind::Failed { attempt, duration_ms, failure, maybe_sent, detail } => json!({
            "attempt": attempt, "durationMs": duration_ms, "failure": failure, "maybeSent": maybe_sent, "detail": detail
        }),
        EventKind::Warned(about) => warning(about),
        EventKind::ClockCorrected { behind_ms } => json!({"behindMs": behind_ms}),
        EventKind::Retrying { attempt, wait_ms, error, is_asked } => {
            json!({"attempt": attempt, "waitMs": wait_ms, "error": error, "isAsked": is_asked})
        }
        EventKind::Ended { attempts, duration_ms, error, code, .. } => {
            json!({"attempts": attempts, "durationMs": duration_ms, "error": error, "code": code})
        }
        _ => json!({}),
    };
    shown["kind"] = event.kind.as_str().into();
    shown["atMs"] = event.at_ms.into();
    shown
}
