//! Requests of web pages. Any page in a browser on this machine can reach the sandbox; only those of origins that are
//! named may drive it.

use crate::platform::Platform;
use crate::refusal::{Reason, Refusal};
use crate::reply::reply;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::Next;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use xportcn_core::base_url::is_private;

/// Who may call by a browser, and by which names the sandbox may be called.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    hosts: Vec<String>,
    origins: Vec<HeaderValue>,
}

/// What pages may read of an answer: by them, clients set their clock and wait.
const EXPOSED: HeaderValue = HeaderValue::from_static("date, retry-after");
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST");
/// A page asks again after so many seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const PRIVATE_NETWORK: [HeaderName; 2] = [
    HeaderName::from_static("access-control-request-private-network"),
    HeaderName::from_static("access-control-allow-private-network"),
];

impl Guard {
    /// # Errors
    /// Refuses what is no name of a host, and what is no origin of a page.
    pub(crate) fn new(hosts: Vec<String>, origins: &[String]) -> io::Result<Self> {
        for host in &hosts {
            let named = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
            if host.is_empty() || !named {
                return Err(wrong(format!(
                    "the host {host:?} must be a name without scheme and port, as sandbox.example"
                )));
            }
        }
        let origins = origins.iter().map(|origin| parsed(origin)).collect::<io::Result<_>>()?;
        Ok(Self { hosts, origins })
    }

    /// The origin of the page that sends the request, if it is a page's and may be.
    fn admit(&self, parts: &Parts) -> Result<Option<&HeaderValue>, Refusal> {
        let named = parts.headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default());
        let called = parts.uri.authority().map(|authority| authority.as_str());
        if let Some(host) = named.chain(called).find(|host| !self.is_ours(host)) {
            // A name that is not ours leads here when somebody has changed its address, to have a page of theirs call us.
            let message =
                format!("the host {host:?} is not known as the sandbox's; --allow-host NAME lets it be called so");
            return Err(Refusal::new(Reason::UnknownHost, message));
        }
        let mut given = parts.headers.get_all(header::ORIGIN).iter();
        match (given.next(), given.next()) {
            (Some(origin), None) => {
                let known = self.origins.iter().find(|known| *known == origin);
                known.map(Some).ok_or_else(|| foreign(&format!("of the origin {origin:?}")))
            }
            (Some(_), Some(_)) => Err(foreign("of more than one origin")),
            (None, _) if is_cross_site(&parts.headers) => Err(foreign("of another site")),
            (None, _) => Ok(None),
        }
    }

    /// Whether a host of a request, with or without its port, is one of the sandbox.
    fn is_ours(&self, host: &str) -> bool {
        let Ok(uri) = host.parse::<Uri>() else { return false };
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        is_private(host)
            || host.parse::<IpAddr>().is_ok()
            || self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }
}

/// Lets a request through, unless it is of a page that has no right.
pub(crate) async fn guard(State(platform): State<Arc<Platform>>, request: Request, next: Next) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let origin = match platform.guard.admit(&parts) {
        Ok(None) => return next.run(Request::from_parts(parts, body)).await,
        Ok(Some(origin)) => origin,
        Err(refusal) => {
            tracing::debug!(path = parts.uri.path(), %refusal, "refused");
            return reply(&Err(refusal), &platform.request_ids.next(), None, platform.clock.now_ms());
        }
    };
    let asks = parts.method == Method::OPTIONS && parts.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut answer = if asks { may_be_sent(&parts.headers) } else { next.run(Request::from_parts(parts, body)).await };
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    answer
}

/// What a browser is told that asks before it sends a page's request.
fn may_be_sent(asked: &HeaderMap) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    let [asks, allows] = PRIVATE_NETWORK;
    if asked.contains_key(asks) {
        headers.insert(allows, HeaderValue::from_static("true"));
    }
    answer
}

/// Whether the browser says that a page of another site sends this, as an image or a form's answer is asked for.
fn is_cross_site(headers: &HeaderMap) -> bool {
    headers.get(SITE).is_some_and(|site| site == "cross-site" || site == "same-site")
}

fn foreign(whose: &str) -> Refusal {
    let message =
        format!("a page {whose} must not call the sandbox; --allow-origin ORIGIN lets one, as http://localhost:3000");
    Refusal::new(Reason::ForeignPage, message)
}

fn parsed(origin: &str) -> io::Result<HeaderValue> {
    let wrong = || {
        wrong(format!("the origin {origin:?} must be written as http://localhost:3000: scheme, host and port alone"))
    };
    let uri: Uri = origin.parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(wrong()) };
    // As browsers write it, for it is compared as it stands.
    let written = format!("{scheme}://{authority}").to_ascii_lowercase();
    if !matches!(scheme, "http" | "https") || authority.as_str().contains('@') || written != origin {
        return Err(wrong());
    }
    HeaderValue::from_str(origin).map_err(|_| wrong())
}

fn wrong(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}
