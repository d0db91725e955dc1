//! What is answered to a request: whether the message was accepted.

use super::forward::{Forwards, Pushed};
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
use std::time::Duration;
use tokio::time::timeout;
use xportcn::push::{parse, verify};
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
    recent: Mutex<Recent>,
    lines: Sender,
    forwards: Option<Forwards>,
    notes: Sender,
    shapes: Option<Arc<Mutex<Shapes>>>,
}

/// What a request is answered: a status and a few words.
type Answer = (StatusCode, &'static str);

impl Inbox {
    pub fn new(
        access_key: String,
        secret: Secret,
        lines: Sender,
        forwards: Option<Forwards>,
        notes: Sender,
        shapes: Option<Arc<Mutex<Shapes>>>,
    ) -> Self {
        Self { access_key, secret, recent: Mutex::default(), lines, forwards, notes, shapes }
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
        let forward = self.forwards.as_ref().map(Forwards::reserve);
        let (Some(line), None | Some(Some(_))) = (self.lines.reserve(), &forward) else {
            self.notes.send(format!("full: message {} is left for the platform to repeat", message.id));
            return (StatusCode::SERVICE_UNAVAILABLE, "full; repeat it later\n");
        };
        let known = self.recent.lock().unwrap_or_else(PoisonError::into_inner).note(&message.id);
        line.put(push::line(&message, Some(known)));
        if let Some(place) = forward.flatten() {
            place.send(Pushed::new(message.id, headers, body));
        }
        (StatusCode::OK, "accepted\n")
    }

    fn refuse(&self, reason: &str) -> Answer {
        self.notes.send(format!("refused: {reason}"));
        (StatusCode::UNAUTHORIZED, "refused\n")
    }

    fn too_large(&self) -> Answer {
        self.notes.send(format!("refused: the body is larger than {LARGEST} bytes"));
        (StatusCode::PAYLOAD_TOO_LARGE, "too large\n")
    }

    fn unreadable(&self, error: &Error) -> Answer {
        self.notes.send(format!("refused: the signature is right, but {}", printable(&push::reason(error))));
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
            inbox.notes.send(format!("refused: the body did not arrive within {} s", BODY_TIMEOUT.as_secs()));
            (StatusCode::REQUEST_TIMEOUT, "too slow\n")
        }
    }
}
