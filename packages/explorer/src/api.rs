//! What the page asks for, as JSON below `/api`.

use crate::guard::{self, Admitted, Guard, Refused};
use crate::inbox::Inbox;
use crate::live::{Live, Watching};
use crate::mask::Mask;
use crate::scenario::Scenario;
use crate::target::Called;
use crate::{assets, calls, samples, sum};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response as Answer};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use xportcn::endpoint;

/// Bytes of a request.
const LARGEST: usize = 4 << 20;
/// What every answer is made of.
pub(crate) struct Shared {
    guard: Guard,
    called: Called,
    live: Option<Live>,
    inbox: Inbox,
}

type Here = State<Arc<Shared>>;

/// A call that the page asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<'a> {
    id: &'a str,
    #[serde(borrow)]
    params: &'a RawValue,
    /// Whether the user has been asked.
    #[serde(default)]
    confirmed: bool,
}

/// Something that is done to the sandbox.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act<'a> {
    path: &'a str,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Shared {
    pub(crate) fn new(guard: Guard, called: Called, live: Option<Live>) -> Self {
        Self { guard, called, live, inbox: Inbox::new() }
    }

    fn json(&self, value: Value) -> Answer {
        self.answer(StatusCode::OK, value)
    }

    fn answer(&self, status: StatusCode, value: Value) -> Answer {
        let text = Mask::of(self.called.client.config()).value(value).to_string();
        (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
    }

    fn refuse(&self, status: StatusCode, kind: &str, message: impl ToString) -> Answer {
        self.answer(status, json!({"refused": kind, "message": message.to_string()}))
    }
}

/// The page, what it asks for, and where messages are pushed.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/session", get(session))
        .route("/api/call", post(call))
        .route("/api/code", post(code))
        .route("/api/events", get(events))
        .route("/api/sandbox", post(act))
        .route("/api/inbox", post(answer_messages))
        .route("/api/scenario", post(scenario))
        .route("/pushed", post(pushed))
        .fallback(asset)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(shared.clone(), guarded))
        .with_state(shared)
}

async fn guarded(State(shared): Here, request: Request, next: Next) -> Answer {
    let (parts, body) = request.into_parts();
    let guard = &shared.guard;
    let admitted = match parts.uri.path() {
        // A message has a signature in the place of the token.
        "/pushed" => guard.check_place(&parts).map(|()| Admitted::ByCookie),
        _ if parts.method != Method::GET && !Guard::has_origin(&parts) => Err(Refused::Origin),
        _ => guard.admit(&parts),
    };
    let mut response = match admitted {
        Err(refused) => refused.response(),
        Ok(admitted) => {
            let mut response = next.run(Request::from_parts(parts, body)).await;
            if admitted == Admitted::ByToken {
                guard.keep(&mut response);
            }
            response
        }
    };
    guard::secure(response.headers_mut());
    response
}

async fn asset(request: Request) -> Response<Body> {
    let found = (request.method() == Method::GET).then(|| assets::find(request.uri().path())).flatten();
    found.unwrap_or_else(|| (StatusCode::NOT_FOUND, "there is nothing here\n").into_response())
}

/// Who is called, for whom, and what may be done. Never the secret.
async fn session(State(shared): Here) -> Answer {
    let config = shared.called.client.config();
    shared.json(json!({
        "target": if shared.called.control.is_some() { "sandbox" } else { "platform" },
        "baseUrl": config.base_url,
        "accessKey": config.access_key,
        "userId": config.user_id,
        "writes": shared.called.writes,
        "version": env!("CARGO_PKG_VERSION"),
        "inbox": shared.inbox.answer(),
    }))
}

async fn call(State(shared): Here, body: Bytes) -> Answer {
    let asked: Asked<'_> = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => return shared.refuse(StatusCode::BAD_REQUEST, "request", error),
    };
    let endpoint = match endpoint(asked.id) {
        Ok(endpoint) => endpoint,
        Err(error) => return shared.refuse(StatusCode::NOT_FOUND, "endpoint", error),
    };
    let writes = endpoint.effect.is_some();
    if writes && !shared.called.writes {
        let message = "calls that write are off; `xportcn explore --platform --writes` allows them";
        return shared.refuse(StatusCode::FORBIDDEN, "writes", message);
    }
    let (id, params, client) = (endpoint.id, asked.params.get().to_string(), shared.called.client.clone());
    // What is refused before it is sent needs no question.
    if writes && !asked.confirmed && client.request_json(id, &params).is_ok() {
        let sums = sum::of(&client, endpoint, &params).await;
        let message = "a call that writes must be confirmed";
        let refused = json!({"refused": "unconfirmed", "message": message, "sums": sums});
        return shared.answer(StatusCode::CONFLICT, refused);
    }
    // On its own: a page that goes away must not leave a write without its answer.
    match tokio::spawn(async move { calls::call(&client, id, &params).await }).await {
        Ok(seen) => shared.json(seen),
        Err(error) => shared.refuse(StatusCode::INTERNAL_SERVER_ERROR, "panic", error),
    }
}

/// The call as code. Nothing is sent.
async fn code(State(shared): Here, body: Bytes) -> Answer {
    let asked: Asked<'_> = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => return shared.refuse(StatusCode::BAD_REQUEST, "request", error),
    };
    let endpoint = match endpoint(asked.id) {
        Ok(endpoint) => endpoint,
        Err(error) => return shared.refuse(StatusCode::NOT_FOUND, "endpoint", error),
    };
    let Ok(params) = serde_json::from_str(asked.params.get()) else {
        return shared.refuse(StatusCode::BAD_REQUEST, "request", "params are no object");
    };
    let sent = shared.called.client.request_json(endpoint.id, asked.params.get()).ok();
    shared.json(json!({"samples": samples::of(endpoint, &params, sent.as_ref(), shared.called.control.is_some())}))
}

/// The sandbox's state now, and each time that it changes.
async fn events(State(shared): Here) -> Answer {
    match &shared.live {
        Some(live) => Sse::new(states(shared.clone(), live.watch())).keep_alive(KeepAlive::default()).into_response(),
        None => shared.refuse(StatusCode::NOT_FOUND, "sandbox", "there is no sandbox"),
    }
}

fn states(shared: Arc<Shared>, watching: Watching) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watching, move |mut watching| {
        let shared = shared.clone();
        async move {
            let state = serde_json::from_str(&watching.next().await?).unwrap_or_default();
            let state = Mask::of(shared.called.client.config()).value(state).to_string();
            Some((Ok(Event::default().event("state").data(state)), watching))
        }
    })
}

/// Does to the sandbox what only a seller, a carrier, a clock or a tester does.
async fn act(State(shared): Here, body: Bytes) -> Answer {
    let Some(control) = &shared.called.control else {
        return shared.refuse(StatusCode::NOT_FOUND, "sandbox", "there is no sandbox");
    };
    let act: Act<'_> = match serde_json::from_slice(&body) {
        Ok(act) => act,
        Err(error) => return shared.refuse(StatusCode::BAD_REQUEST, "request", error),
    };
    match control.act(act.path, Bytes::copy_from_slice(act.body.get().as_bytes())).await {
        Ok((status, body)) => shared.answer(status, serde_json::from_slice(&body).unwrap_or_default()),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            shared.refuse(StatusCode::BAD_REQUEST, "request", error)
        }
        Err(error) => {
            shared.refuse(StatusCode::BAD_GATEWAY, "sandbox", format!("the sandbox does not answer: {error}"))
        }
    }
}

async fn answer_messages(State(shared): Here, body: Bytes) -> Answer {
    match serde_json::from_slice::<u16>(&body).ok().filter(|status| matches!(status, 200 | 500)) {
        Some(status) => {
            shared.inbox.set_answer(status);
            shared.json(json!({"inbox": status}))
        }
        None => shared.refuse(StatusCode::BAD_REQUEST, "request", "messages are answered with 200 or 500"),
    }
}

/// Does the steps of a scenario, and tells how each went.
async fn scenario(State(shared): Here, body: Bytes) -> Answer {
    if shared.called.control.is_none() {
        return shared.refuse(StatusCode::NOT_FOUND, "sandbox", "there is no sandbox");
    }
    let scenario = match Scenario::parse(&String::from_utf8_lossy(&body)) {
        Ok(scenario) => scenario,
        Err(error) => return shared.refuse(StatusCode::BAD_REQUEST, "scenario", error),
    };
    let mut steps = Vec::new();
    let done = scenario.play(&shared.called, |told| steps.push(told)).await;
    shared.json(json!({"name": scenario.name(), "done": done, "steps": steps}))
}

async fn pushed(State(shared): Here, headers: HeaderMap, body: Bytes) -> StatusCode {
    if shared.called.control.is_none() {
        // The platform pushes to HTTPS, and never to a page.
        return StatusCode::NOT_FOUND;
    }
    shared.inbox.take(&shared.called.client, &headers, &body)
}
