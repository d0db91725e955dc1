//! The sandbox's own paths: what only a seller does, the clock, and the ledger. The platform has none of them.

use crate::event::Event;
use crate::fault::Faults;
use crate::platform::Platform;
use crate::refusal::{Reason, Refusal};
use crate::rows::text;
use crate::state::{Order, Refund, State};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State as Shared};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

type Answer = Response<Body>;

/// How long is waited for something to happen. A sandbox that is stopped waits for that.
const WAIT: Duration = Duration::from_secs(1);

/// The paths below `/sandbox`.
pub(crate) fn router(platform: Arc<Platform>) -> Router {
    Router::new()
        .route("/sandbox/ledger", get(ledger))
        .route("/sandbox/state", get(state))
        .route("/sandbox/faults", get(faults).post(set_faults))
        .route("/sandbox/clock", get(clock).post(set_clock))
        .route("/sandbox/balance/{user}", get(balance).post(set_balance))
        .route("/sandbox/settle/{order}", post(settle))
        .route("/sandbox/ship/{order}", post(ship))
        .route("/sandbox/deliver/{order}", post(deliver))
        .route("/sandbox/price/{order}", post(price))
        .route("/sandbox/agree/{refund}", post(agree))
        .route("/sandbox/refuse/{refund}", post(refuse))
        .route("/sandbox/take-back/{refund}", post(take_back))
        .with_state(platform)
}

async fn ledger(Shared(platform): Shared<Arc<Platform>>) -> Answer {
    let ledger = platform.store.with(platform.clock.now_ms(), |state, _| state.ledger());
    finish(&platform, Ok(ledger)).await
}

/// All that the sandbox knows. With `?after=N` it waits a moment for a revision beyond that.
async fn state(Shared(platform): Shared<Arc<Platform>>, RawQuery(query): RawQuery) -> Answer {
    let known = query.as_deref().and_then(|query| query.strip_prefix("after=")).and_then(|text| text.parse().ok());
    if let Some(known) = known {
        platform.revision.beyond(known, WAIT).await;
    }
    let revision = platform.revision.now();
    let mut shown = platform.store.with(platform.clock.now_ms(), |state, _| state.shown());
    if let Value::Object(shown) = &mut shown {
        shown.insert("revision".into(), revision.into());
        shown.insert("clock".into(), shown_clock(&platform));
        shown.insert("faults".into(), platform.injector.shown());
        shown.insert("pushes".into(), platform.pushes.shown());
        shown.insert("pushesTo".into(), platform.pusher.is_some().into());
    }
    finish_unchanged(&platform, &shown).await
}

async fn faults(Shared(platform): Shared<Arc<Platform>>) -> Answer {
    json_answer(StatusCode::OK, &platform.injector.shown())
}

/// Takes rules as [`Faults::from_json`] does; without any, nothing goes wrong any more.
async fn set_faults(Shared(platform): Shared<Arc<Platform>>, body: Bytes) -> Answer {
    match Faults::from_json(&String::from_utf8_lossy(&body)) {
        Ok(faults) => platform.injector.set(faults),
        Err(error) => return refused(&Refusal::new(Reason::InvalidField, error.to_string())),
    }
    platform.revision.grow();
    json_answer(StatusCode::OK, &platform.injector.shown())
}

async fn clock(Shared(platform): Shared<Arc<Platform>>) -> Answer {
    json_answer(StatusCode::OK, &shown_clock(&platform))
}

/// Takes `nowMs`, `offsetMs` or `advanceMs`.
async fn set_clock(Shared(platform): Shared<Arc<Platform>>, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let number = |name: &str| given.get(name).and_then(Value::as_i64);
    let clock = &platform.clock;
    match (number("nowMs").and_then(|now| u64::try_from(now).ok()), number("offsetMs"), number("advanceMs")) {
        (Some(now), None, None) => clock.set_ms(now),
        (None, Some(offset), None) => clock.set_offset_ms(offset),
        (None, None, Some(step)) => clock.set_offset_ms(clock.offset_ms().saturating_add(step)),
        _ => {
            let message = "give one of nowMs, offsetMs and advanceMs, in milliseconds";
            return refused(&Refusal::new(Reason::InvalidField, message));
        }
    }
    platform.settle();
    finish(&platform, Ok(shown_clock(&platform))).await
}

/// The body may have an `error`: then it fails.
async fn settle(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let failure = given.get("error").and_then(text);
    let now_ms = platform.clock.now_ms();
    let result = platform.store.with(now_ms, |state, events| {
        state.settle_now(&id, now_ms, failure, events)?;
        Ok(order_shown(state.order_mut(&id)?))
    });
    finish(&platform, result).await
}

async fn balance(Shared(platform): Shared<Arc<Platform>>, Path(user): Path<String>) -> Answer {
    let balance = platform.store.with(platform.clock.now_ms(), |state, _| state.balance(&user));
    finish(&platform, Ok(json!({"userId": user, "balance": balance}))).await
}

/// Takes a `balance` in fen, or null.
async fn set_balance(Shared(platform): Shared<Arc<Platform>>, Path(user): Path<String>, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let left = match given.get("balance") {
        Some(Value::Null) => None,
        Some(Value::Number(fen)) if fen.as_i64().is_some_and(|fen| fen >= 0) => fen.as_i64(),
        _ => {
            let message = "balance: give whole fen from 0, or null for enough";
            return refused(&Refusal::new(Reason::InvalidField, message));
        }
    };
    platform.store.with(platform.clock.now_ms(), |state, _| state.set_balance(&user, left));
    finish(&platform, Ok(json!({"userId": user, "balance": left}))).await
}

/// May take `lines`: the ids of those that are shipped, if not all are.
async fn ship(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let lines = given.get("lines").map(|lines| lines.as_array()?.iter().map(text).collect::<Option<Vec<String>>>());
    let lines = match lines {
        None => None,
        Some(Some(lines)) if !lines.is_empty() => Some(lines),
        Some(_) => return refused(&Refusal::new(Reason::InvalidField, "lines: give the ids of lines, at least one")),
    };
    change_order(&platform, &id, |order, _, now| match &lines {
        Some(lines) => order.ship_lines(now, lines),
        None => order.ship(now),
    })
    .await
}

async fn deliver(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>) -> Answer {
    change_order(&platform, &id, |order, _, now| order.receive(now)).await
}

/// Takes the new `total`, goods and freight together, in fen.
async fn price(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let total = given.get("total").and_then(text).and_then(|total| total.parse().ok());
    let Some(total) = total else {
        return refused(&Refusal::new(Reason::InvalidField, "total: give the new total in whole fen"));
    };
    change_order(&platform, &id, |order, events, now| {
        order.reprice(now, total)?;
        events.push(Event::repriced(order));
        Ok(())
    })
    .await
}

async fn agree(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>) -> Answer {
    change_refund(&platform, &id, Refund::agree).await
}

/// May take a `reason`.
async fn refuse(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let reason = given.get("reason").and_then(text);
    change_refund(&platform, &id, |refund, now| refund.refuse(now, reason)).await
}

async fn take_back(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>) -> Answer {
    change_refund(&platform, &id, Refund::take_back).await
}

async fn change_order(
    platform: &Arc<Platform>,
    id: &str,
    change: impl FnOnce(&mut Order, &mut Vec<Event>, i64) -> Result<(), Refusal>,
) -> Answer {
    let (now, now_ms) = (platform.now(), platform.clock.now_ms());
    let result = platform.store.with(now_ms, |state, events| {
        let order = state.order_mut(id)?;
        change(order, events, now)?;
        Ok(order_shown(order))
    });
    finish(platform, result).await
}

async fn change_refund(
    platform: &Arc<Platform>,
    id: &str,
    change: impl FnOnce(&mut Refund, i64) -> Result<(), Refusal>,
) -> Answer {
    let (now, now_ms) = (platform.now(), platform.clock.now_ms());
    let result = platform.store.with(now_ms, |state: &mut State, events| {
        let refund = state.refund_mut(id)?;
        change(refund, now)?;
        events.push(Event::refund(refund));
        let shown = json!({"refundId": refund.id, "stage": refund.stage, "total": refund.total()});
        state.close_if_refunded(id, now)?;
        Ok(shown)
    });
    finish(platform, result).await
}

fn order_shown(order: &Order) -> Value {
    json!({"orderId": order.id, "stage": order.stage, "total": order.total()})
}

fn shown_clock(platform: &Platform) -> Value {
    json!({"nowMs": platform.clock.now_ms(), "offsetMs": platform.clock.offset_ms()})
}

/// Answers when the change is saved and on its way to be pushed.
async fn finish(platform: &Arc<Platform>, result: Result<Value, Refusal>) -> Answer {
    match platform.commit(result).await {
        Ok(shown) => json_answer(StatusCode::OK, &shown),
        Err(refusal) => refused(&refusal),
    }
}

/// Answers when what was due meanwhile is saved and on its way.
async fn finish_unchanged(platform: &Arc<Platform>, shown: &Value) -> Answer {
    platform.push_events();
    match platform.store.persist().await {
        Ok(()) => json_answer(StatusCode::OK, shown),
        Err(error) => refused(&Refusal::new(Reason::StateNotKept, error.to_string())),
    }
}

/// A refusal; unlike the platform's rows, with an HTTP status of its own.
fn refused(refusal: &Refusal) -> Answer {
    let status = match refusal.reason {
        Reason::InvalidField => StatusCode::BAD_REQUEST,
        Reason::UnknownOrder | Reason::UnknownRefund => StatusCode::NOT_FOUND,
        Reason::StateNotKept => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::CONFLICT,
    };
    json_answer(status, &json!({"code": refusal.reason.code(), "msg": refusal.message}))
}

fn json_answer(status: StatusCode, data: &Value) -> Answer {
    let mut answer = Response::new(Body::from(data.to_string()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}
