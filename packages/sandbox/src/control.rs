//! The sandbox's own paths: what only a seller does, the clock, and the ledger. The platform has none of them.

use crate::event::Event;
use crate::platform::Platform;
use crate::refusal::{Reason, Refusal};
use crate::rows::text;
use crate::state::{Order, Refund, State};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::Arc;

type Answer = Response<Body>;

/// The paths below `/sandbox`.
pub(crate) fn router(platform: Arc<Platform>) -> Router {
    Router::new()
        .route("/sandbox/ledger", get(ledger))
        .route("/sandbox/faults", get(faults))
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

async fn faults(Shared(platform): Shared<Arc<Platform>>) -> Answer {
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

async fn ship(Shared(platform): Shared<Arc<Platform>>, Path(id): Path<String>) -> Answer {
    change_order(&platform, &id, |order, _, now| order.ship(now)).await
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
