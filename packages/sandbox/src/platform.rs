//! The platform: takes a request through every check, in order, and answers it.

use crate::account::Accounts;
use crate::answer::{Answers, Call};
use crate::auth;
use crate::clock::Clock;
use crate::fault::{self, Cut, Striker};
use crate::invent::Seed;
use crate::nonces::Nonces;
use crate::push::{Letter, Pusher};
use crate::refusal::{Reason, Refusal};
use crate::reply::{RequestIds, reply};
use crate::request;
use crate::store::Store;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use serde_json::value::RawValue;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use xportcn_core::Endpoint;

/// The largest body that is taken, in bytes.
pub(crate) const MAX_BODY: usize = 2 << 20;
/// Of a body that is too large, so much is read and thrown away, so that the sender gets to read why.
const MAX_DRAINED: usize = 64 << 20;
/// How long a body may take to arrive.
pub(crate) const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// Nonces that are remembered per access key: some 25 MB.
pub(crate) const MAX_NONCES: usize = 1 << 18;

/// Everything that answering needs, and all that is remembered between calls.
pub(crate) struct Platform {
    pub(crate) accounts: Accounts,
    pub(crate) answers: Answers,
    pub(crate) store: Arc<Store>,
    /// Where messages go, if anywhere.
    pub(crate) pusher: Option<Pusher>,
    pub(crate) clock: Clock,
    pub(crate) striker: Striker,
    /// Closes the port for a while.
    pub(crate) closing: mpsc::UnboundedSender<Duration>,
    pub(crate) nonces: Mutex<Nonces>,
    pub(crate) request_ids: RequestIds,
    pub(crate) body_timeout: Duration,
}

impl Platform {
    /// Answers a request to a path with these endpoints, or lets a fault do it.
    pub(crate) async fn answer(
        &self,
        here: &[&'static Endpoint],
        path: Result<Vec<(String, String)>, Refusal>,
        request: Request,
    ) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let body = self.read(body).await;
        let Some(strike) = self.striker.draw(here, parts.uri.path()) else {
            return self.carry_out(here, path, &parts, body).await;
        };
        tracing::debug!(?strike, path = parts.uri.path(), "a fault strikes");
        let cut = parts.extensions.get::<Cut>();
        if !strike.is_after && strike.kind != fault::Kind::Slow {
            return fault::damage(strike, None, cut).await;
        }
        if !strike.is_after {
            sleep(strike.wait).await;
        }
        let answer = self.carry_out(here, path, &parts, body).await;
        match strike.kind {
            fault::Kind::Slow if strike.is_after => sleep(strike.wait).await,
            // Without a listener there is nothing to close.
            fault::Kind::Refuse => drop(self.closing.send(strike.wait)),
            _ => {}
        }
        fault::damage(strike, Some(answer), cut).await
    }

    async fn carry_out(
        &self,
        here: &[&'static Endpoint],
        path: Result<Vec<(String, String)>, Refusal>,
        parts: &Parts,
        body: Result<Bytes, Refusal>,
    ) -> Response<Body> {
        let now_ms = self.clock.now_ms();
        let request_id = self.request_ids.next();
        let mut develop_id = None;
        let result = find(here, parts).and_then(|endpoint| {
            let genuine = auth::verify(&self.accounts, &parts.headers, now_ms)?;
            let query = request::query_pairs(parts.uri.query().unwrap_or_default())?;
            if endpoint.signed_query {
                genuine.verify_query(&query)?;
            }
            genuine.use_nonce(&mut self.nonces.lock().unwrap_or_else(PoisonError::into_inner), now_ms)?;
            develop_id = Some(developer(&genuine.caller.access_key));
            let fields = request::fields(endpoint, &path?, &query, &parts.headers, &body?)?;
            let call = Call { endpoint, caller: &genuine.caller, fields: &fields, nonce: genuine.nonce(), now_ms };
            self.answers.answer(&self.store, &call)
        });
        let result = self.settle(result).await;
        trace(parts, &request_id, &result);
        let mut response = reply(&result, &request_id, develop_id.as_deref(), now_ms);
        if matches!(&result, Err(refusal) if refusal.reason == Reason::WrongMethod) {
            allow(here, &mut response);
        }
        response
    }

    /// The clock at the start of a second: the wire's times have no more.
    pub(crate) fn now(&self) -> i64 {
        i64::try_from(self.clock.now_ms() / 1000 * 1000).unwrap_or_default()
    }

    /// Keeps what was changed, and then tells of it.
    pub(crate) async fn settle<T>(&self, result: Result<T, Refusal>) -> Result<T, Refusal> {
        let kept = self.store.keep().await;
        self.tell();
        match kept {
            Ok(()) => result,
            Err(error) => {
                let message = format!("the state file cannot be written, but the call has been carried out: {error}");
                Err(Refusal::new(Reason::StateNotKept, message))
            }
        }
    }

    fn tell(&self) {
        let news = self.store.take_news();
        let Some(pusher) = &self.pusher else { return };
        for news in news {
            let account = self.accounts.find(&news.owner.access_key);
            let body = news.body(self.clock.now_ms());
            let letter = account.zip(body);
            let letter = letter.and_then(|(account, body)| Letter::new(&news.owner.access_key, account.secret(), body));
            if let Some(letter) = letter {
                pusher.push(letter);
            }
        }
    }

    async fn read(&self, body: Body) -> Result<Bytes, Refusal> {
        match timeout(self.body_timeout, collect(body)).await {
            Ok(result) => result,
            Err(_) => Err(Refusal::new(Reason::BodyTimeout, "the body did not arrive in time")),
        }
    }
}

async fn collect(mut body: Body) -> Result<Bytes, Refusal> {
    let mut collected = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::new(Reason::MalformedJson, "the body broke off"))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= MAX_BODY {
            collected.extend_from_slice(&data);
        } else if length > MAX_DRAINED {
            break;
        }
    }
    if length > MAX_BODY {
        return Err(Refusal::new(Reason::BodyTooLarge, format!("the body is larger than {MAX_BODY} bytes")));
    }
    Ok(collected.freeze())
}

fn find(here: &[&'static Endpoint], parts: &Parts) -> Result<&'static Endpoint, Refusal> {
    if here.is_empty() {
        let message = format!("there is no path {}", parts.uri.path());
        return Err(Refusal::new(Reason::UnknownPath, message));
    }
    here.iter().copied().find(|endpoint| parts.method == endpoint.method.as_str()).ok_or_else(|| {
        let message = format!("{} takes {}, not {}", parts.uri.path(), methods(here), parts.method);
        Refusal::new(Reason::WrongMethod, message)
    })
}

fn methods(here: &[&'static Endpoint]) -> String {
    let methods: Vec<&str> = here.iter().map(|endpoint| endpoint.method.as_str()).collect();
    methods.join(", ")
}

fn allow(here: &[&'static Endpoint], response: &mut Response<Body>) {
    if let Ok(methods) = HeaderValue::from_str(&methods(here)) {
        response.headers_mut().insert(header::ALLOW, methods);
    }
}

/// The id of the developer whose access key it is: 19 digits, the same in every reply.
fn developer(access_key: &str) -> String {
    Seed::new(access_key).long_id()
}

/// Logs a call: never its headers, query string or body.
fn trace(parts: &Parts, request_id: &str, result: &Result<Box<RawValue>, Refusal>) {
    let (method, path) = (&parts.method, parts.uri.path());
    match result {
        Ok(_) => tracing::debug!(%method, path, request_id, "answered"),
        Err(refusal) => tracing::debug!(%method, path, request_id, %refusal, "refused"),
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform").field("accounts", &self.accounts).finish_non_exhaustive()
    }
}
