//! The platform: takes a request through every check, in order, and answers it.

use crate::account::Accounts;
use crate::answer::Answers;
use crate::auth;
use crate::browser::Guard;
use crate::call::Call;
use crate::clock::Clock;
use crate::drift::Drift;
use crate::fault::{self, Cut, FaultInjector};
use crate::nonces::Nonces;
use crate::push::{Delivery, Pusher};
use crate::pushed::PushLog;
use crate::refusal::{Reason, Refusal};
use crate::reply::{RequestIds, reply};
use crate::request;
use crate::revision::Revision;
use crate::route::Served;
use crate::sample::Seed;
use crate::store::Store;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use serde_json::value::RawValue;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

/// The largest body that is taken, in bytes.
pub(crate) const MAX_BODY: usize = 2 << 20;
/// Of a body that is too large, so much is read and thrown away, so that the sender gets to read why.
const MAX_DRAINED: usize = 64 << 20;
/// How long a body may take to arrive.
pub(crate) const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How much later than it should be a call that is held up may still be carried out, because timers are not exact.
const LATEST: Duration = Duration::from_millis(20);
/// Nonces that are remembered per access key: some 25 MB.
pub(crate) const MAX_NONCES: usize = 1 << 18;

/// Everything that answering needs, and all that is remembered between calls.
pub(crate) struct Platform {
    pub(crate) accounts: Accounts,
    pub(crate) answers: Answers,
    pub(crate) store: Arc<Store>,
    /// Where messages go, if anywhere.
    pub(crate) pusher: Option<Pusher>,
    /// What became of them.
    pub(crate) pushes: PushLog,
    /// Grows with whatever happens.
    pub(crate) revision: Revision,
    pub(crate) clock: Clock,
    /// Which pages may call.
    pub(crate) guard: Guard,
    /// How it differs from the tables.
    pub(crate) drift: Drift,
    pub(crate) injector: FaultInjector,
    /// Closes the port for a while.
    pub(crate) closing: mpsc::UnboundedSender<Duration>,
    pub(crate) nonces: Mutex<Nonces>,
    pub(crate) request_ids: RequestIds,
    pub(crate) body_timeout: Duration,
}

/// A request as it has arrived.
struct Asked<'a> {
    served: &'a [Served],
    /// The fields in its path.
    path: Result<Vec<(String, String)>, Refusal>,
    parts: &'a Parts,
    body: Result<Bytes, Refusal>,
}

impl Platform {
    /// Answers a request to a path with these rows, or lets a fault do it.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        served: &[Served],
        path: Result<Vec<(String, String)>, Refusal>,
        request: Request,
    ) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let injection = self.injector.draw(served, parts.uri.path());
        if injection.is_some() {
            self.revision.grow();
        }
        let cut = parts.extensions.get::<Cut>().cloned();
        if let Some(injection) = injection.filter(|injection| injection.is_within) {
            return fault::damage(injection, None, cut.as_ref()).await;
        }
        let body = self.read(body).await;
        let Some(injection) = injection else {
            return self.handle(Asked { served, path, parts: &parts, body }, None).await;
        };
        tracing::debug!(?injection, path = parts.uri.path(), "a fault is injected");
        match injection.kind {
            fault::Kind::Late => {
                self.clone().carry_out_late(served.to_vec(), path, parts, body, injection);
                return fault::damage(injection, None, cut.as_ref()).await;
            }
            fault::Kind::Silent | fault::Kind::Slow if !injection.is_after => sleep(injection.wait).await,
            _ => {}
        }
        if !injection.is_after && injection.kind != fault::Kind::Slow {
            return fault::damage(injection, None, cut.as_ref()).await;
        }
        let answer = self.handle(Asked { served, path, parts: &parts, body }, Some(injection)).await;
        match injection.kind {
            fault::Kind::Silent | fault::Kind::Slow if injection.is_after => sleep(injection.wait).await,
            // Without a listener there is nothing to close.
            fault::Kind::Refuse => drop(self.closing.send(injection.wait)),
            _ => {}
        }
        fault::damage(injection, Some(answer), cut.as_ref()).await
    }

    /// Carries a call out later, whether or not anybody waits for it; not after the longest wait, however late this machine
    /// is, and not when the sandbox has been stopped.
    fn carry_out_late(
        self: Arc<Self>,
        served: Vec<Served>,
        path: Result<Vec<(String, String)>, Refusal>,
        parts: Parts,
        body: Result<Bytes, Refusal>,
        injection: fault::Injection,
    ) {
        let platform = Arc::downgrade(&self);
        let arrived = Instant::now();
        tokio::spawn(async move {
            sleep(injection.wait).await;
            let Some(platform) = platform.upgrade().filter(|_| arrived.elapsed() <= injection.ends + LATEST) else {
                return;
            };
            platform.handle(Asked { served: &served, path, parts: &parts, body }, Some(injection)).await;
        });
    }

    async fn handle(&self, asked: Asked<'_>, injection: Option<fault::Injection>) -> Response<Body> {
        let Asked { served, path, parts, body } = asked;
        let now_ms = self.clock.now_ms();
        let request_id = self.request_ids.next();
        let mut develop_id = None;
        let result = find(served, parts).and_then(|row| {
            let endpoint = row.endpoint;
            let query = request::query_pairs(parts.uri.query().unwrap_or_default());
            let signed_query = query.as_deref().ok().filter(|_| endpoint.signed_query).unwrap_or_default();
            let verified = auth::verify(&self.accounts, &parts.headers, signed_query, now_ms)?;
            let query = query.as_deref().map_err(Clone::clone)?;
            if endpoint.signed_query {
                verified.verify_query(query)?;
            }
            verified.use_nonce(&mut self.nonces.lock().unwrap_or_else(PoisonError::into_inner), now_ms)?;
            develop_id = Some(developer(&verified.caller.access_key));
            self.drift.check_right(endpoint)?;
            let changes = self.drift.request(endpoint);
            let fields = request::fields(row, changes, &path?, query, &parts.headers, &body?)?;
            let call = Call {
                endpoint,
                caller: &verified.caller,
                fields: &fields,
                nonce: verified.nonce(),
                now_ms,
                fails: injection.is_some_and(|injection| injection.kind == fault::Kind::Settle),
                shows_after: injection.and_then(|injection| injection.show_after),
            };
            self.answers.answer(&self.store, &call).map(|data| self.drift.reply(endpoint, data))
        });
        let result = self.commit(result).await;
        trace(parts, &request_id, &result);
        let unknown = match (&result, &self.drift.unknown) {
            (Err(refusal), Some(unknown)) => unknown.answer(refusal.reason, &request_id, now_ms),
            _ => None,
        };
        let mut response = unknown.unwrap_or_else(|| reply(&result, &request_id, develop_id.as_deref(), now_ms));
        allow(served, &mut response);
        response
    }

    /// The clock at the start of a second: the wire's times have no more.
    pub(crate) fn now(&self) -> i64 {
        i64::try_from(self.clock.now_ms() / 1000 * 1000).unwrap_or_default()
    }

    /// Settles what is due.
    pub(crate) fn settle(&self) {
        self.store.with(self.clock.now_ms(), |_, _| ());
    }

    /// Saves what was changed, and then pushes its events.
    pub(crate) async fn commit<T>(&self, result: Result<T, Refusal>) -> Result<T, Refusal> {
        let saved = self.store.persist().await;
        self.push_events();
        self.revision.grow();
        match saved {
            Ok(()) => result,
            Err(error) => {
                let message = format!("the state file cannot be written, but the call has been carried out: {error}");
                Err(Refusal::new(Reason::StateNotKept, message))
            }
        }
    }

    pub(crate) fn push_events(&self) {
        let events = self.store.take_events();
        let Some(pusher) = &self.pusher else { return };
        for event in events {
            let Some(account) = self.accounts.find(&event.owner.access_key) else { continue };
            let Some(body) = event.body(self.clock.now_ms()) else { continue };
            if let Some(delivery) = Delivery::new(&event.owner.access_key, account.secret(), body) {
                pusher.push(delivery);
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

fn find<'a>(served: &'a [Served], parts: &Parts) -> Result<&'a Served, Refusal> {
    if served.is_empty() {
        let message = format!("there is no path {}", parts.uri.path());
        return Err(Refusal::new(Reason::UnknownPath, message));
    }
    served.iter().find(|row| parts.method == row.method.as_str()).ok_or_else(|| {
        let message = format!("{} takes {}, not {}", parts.uri.path(), methods(served), parts.method);
        Refusal::new(Reason::WrongMethod, message)
    })
}

fn methods(served: &[Served]) -> String {
    let methods: Vec<&str> = served.iter().map(|row| row.method.as_str()).collect();
    methods.join(", ")
}

fn allow(served: &[Served], response: &mut Response<Body>) {
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return;
    }
    if let Ok(methods) = HeaderValue::from_str(&methods(served)) {
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
