//! What is answered to a request: whether the message was accepted.

use super::forward::{self, Forwards, Pushed};
use super::recent::Recent;
use super::writer::Sender;
use crate::output::printable;
use crate::push;
use axum::Router;
use axum::body::{Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::get;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::timeout;
use xportcn::push::{Message, parse, verify};
use xportcn::{Error, Secret};
use xportcn_core::shape::Shapes;

/// Bytes of a message.
const LARGEST: usize = 1 << 20;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Takes messages in.
pub struct Inbox {
    access_key: String,
    secret: Secret,
    rules: Rules,
    recent: Mutex<Recent>,
    ways: Ways,
    shapes: Option<Arc<Mutex<Shapes>>>,
}

/// Which messages are taken, and which are passed on.
pub struct Rules {
    /// How old a message may be.
    pub max_age: Option<Duration>,
    /// Whether what is known is passed on again.
    pub forward_repeats: bool,
}

/// Where messages and what is said of them go.
pub struct Ways {
    pub lines: Sender,
    pub forwards: Option<Forwards>,
    /// Where ids are kept.
    pub memory: Option<Sender>,
    pub notes: Sender,
}

/// What a request is answered: a status and a few words.
type Answer = (StatusCode, &'static str);

impl Inbox {
    pub fn new(
        (access_key, secret): (String, Secret),
        rules: Rules,
        recent: Recent,
        ways: Ways,
        shapes: Option<Arc<Mutex<Shapes>>>,
    ) -> Self {
        Self { access_key, secret, rules, recent: Mutex::new(recent), ways, shapes }
    }

    /// The routes: messages are posted; whoever registers the address at the platform may look whether it is there.
    pub fn router(self, path: &str) -> Router {
        Router::new()
            .route(path, get(|| async { "ready\n" }).post(receive))
            .layer(DefaultBodyLimit::max(LARGEST))
            .with_state(Arc::new(self))
    }

    /// Accepts a message, or tells why not. Returns at once.
    fn take(&self, headers: &HeaderMap, body: Bytes) -> Answer {
        let Some(authorization) = authorization(headers) else {
            return self.refuse("there is no header Authorization");
        };
        if let Err(error) = verify(&self.access_key, &self.secret, authorization, &body) {
            return self.refuse(&push::reason(&error));
        }
        let message = match parse(&body) {
            Ok(message) => message,
            Err(error) => return self.unreadable(&error),
        };
        if let Some(shapes) = &self.shapes {
            let mut shapes = shapes.lock().unwrap_or_else(PoisonError::into_inner);
            shapes.record_message(&message, &body, &[&self.access_key, self.secret.expose()]);
        }
        if let Some(words) = self.too_old(&message) {
            self.ways.notes.send(format!("refused: message {} {words}", message.id));
            return (StatusCode::BAD_REQUEST, "too old\n");
        }
        let Ways { lines, forwards, memory, notes } = &self.ways;
        // Until it has its places, for of two that are the same one is the first.
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let passed_on = self.rules.forward_repeats || !recent.knows(&message.id);
        let forward = forwards.as_ref().filter(|_| passed_on).map(Forwards::reserve);
        let (Some(line), None | Some(Some(_))) = (lines.reserve(), &forward) else {
            notes.send(format!("full: message {} is left for the platform to repeat", message.id));
            return (StatusCode::SERVICE_UNAVAILABLE, "full; repeat it later\n");
        };
        let known = recent.note(&message.id);
        drop(recent);
        if let Some(memory) = memory.as_ref().filter(|_| !known) {
            memory.send(message.id.clone());
        }
        line.put(push::line(&message, Some(known)));
        if let Some(place) = forward.flatten() {
            place.send(Pushed::new(message.id, headers, body));
        }
        (StatusCode::OK, "accepted\n")
    }

    /// What is said of a message that is older than it may be. One without a time has no age.
    fn too_old(&self, message: &Message) -> Option<String> {
        let (max_age, time) = (self.rules.max_age?, message.time?);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let sent = Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or_default());
        let is_old = now.saturating_sub(sent) > max_age;
        is_old.then(|| format!("is of {time}, older than {}; was it sent again?", humantime::format_duration(max_age)))
    }

    fn refuse(&self, reason: &str) -> Answer {
        self.ways.notes.send(format!("refused: {reason}"));
        (StatusCode::UNAUTHORIZED, "refused\n")
    }

    fn too_large(&self) -> Answer {
        self.ways.notes.send(format!("refused: the body is larger than {LARGEST} bytes"));
        (StatusCode::PAYLOAD_TOO_LARGE, "too large\n")
    }

    fn unreadable(&self, error: &Error) -> Answer {
        self.ways.notes.send(format!("refused: the signature is right, but {}", printable(&push::reason(error))));
        (StatusCode::BAD_REQUEST, "no message\n")
    }
}

/// The header, if there is exactly one and it is text.
fn authorization(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

async fn receive(State(inbox): State<Arc<Inbox>>, request: Request) -> Answer {
    let headers = request.headers().clone();
    if forward::is_own(&headers) {
        inbox.ways.notes.send("refused: a message came back that was passed on; does --forward lead here?".to_string());
        return (StatusCode::LOOP_DETECTED, "this program passed it on\n");
    }
    if authorization(&headers).is_none() {
        // Not worth the reading of its body.
        return inbox.refuse("there is no header Authorization");
    }
    if request.body().size_hint().lower() > LARGEST as u64 {
        return inbox.too_large();
    }
    match timeout(BODY_TIMEOUT, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => inbox.take(&headers, body),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => inbox.too_large(),
        Ok(Err(_)) => (StatusCode::BAD_REQUEST, "the body broke off\n"),
        Err(_) => {
            inbox.ways.notes.send(format!("refused: the body did not arrive within {} s", BODY_TIMEOUT.as_secs()));
            (StatusCode::REQUEST_TIMEOUT, "too slow\n")
        }
    }
}
