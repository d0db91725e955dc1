//! One call by the real client, and all that is to be seen of it.

use crate::mask::{self, Mask};
use crate::record::{Attempt, Attempts, recorded};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use xportcn::{Client, Event};
use xportcn_core::host::{Case, error_json, events_json, reply_json};

/// Makes a call, and gives what was sent and what came back, with every attempt and wait.
pub(crate) async fn call(client: &Client, id: &str, params: &str) -> Value {
    let (attempts, events) = (Attempts::default(), Arc::<Mutex<Vec<Event>>>::default());
    let watched = client.on_event({
        let events = events.clone();
        move |event: &Event| events.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone())
    });
    let answered = recorded(attempts.clone(), watched.answer_json(id, params)).await;
    let attempts = std::mem::take(&mut *attempts.lock().unwrap_or_else(PoisonError::into_inner));
    let events = std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner));
    let (reply, data, error) = match answered.result {
        Ok(reply) => (written(&reply_json(&reply)), Value::from(reply.data), Value::Null),
        Err(error) => (Value::Null, Value::Null, written(&error_json(error, Case::Camel))),
    };
    let seen = json!({
        "events": if events.is_empty() { json!([]) } else { written(&events_json(&events)) },
        "attempts": attempts.iter().map(attempt).collect::<Vec<_>>(),
        "data": data,
        "reply": reply,
        "error": error,
        "durationMs": u64::try_from(answered.duration.as_millis()).unwrap_or(u64::MAX),
    });
    Mask::of(client.config()).and_signatures(&attempts).value(seen)
}

/// What the core writes for all hosts.
fn written(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
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
