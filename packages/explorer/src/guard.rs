//! Who may open the page: whoever has the address with the token, on this machine, by a page of this server.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use std::net::SocketAddr;
use subtle::ConstantTimeEq;

/// Bytes of the token.
const TOKEN: usize = 24;
/// Nothing from elsewhere, nothing inline, and nobody's frame.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
);
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What opens the page, and by which names it may be called.
pub(crate) struct Guard {
    token: String,
    cookie: String,
    hosts: [String; 3],
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It asks for another host: somebody's name was made to lead here.
    Host,
    /// It is of another page.
    Origin,
    /// It has no token.
    Token,
}

impl Guard {
    /// # Errors
    /// Passes on that the system has no random bytes.
    pub(crate) fn new(address: SocketAddr) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; TOKEN];
        getrandom::fill(&mut bytes)?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let port = address.port();
        // Cookies do not tell ports apart, so that two explorers need two names.
        let cookie = format!("xportcn-explorer-{port}");
        Ok(Self { token, cookie, hosts: ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}")) })
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Lets a request of the page through. The token of the address is kept as a cookie by [`Guard::keep`].
    pub(crate) fn admit(&self, parts: &Parts) -> Result<(), Refused> {
        self.check_place(parts)?;
        let in_address = parts.uri.path() == "/" && parts.method == Method::GET && self.is_in_query(parts);
        if in_address || self.is_in_cookie(&parts.headers) { Ok(()) } else { Err(Refused::Token) }
    }

    /// Refuses what comes by another name or from another page. Also for what needs no token.
    pub(crate) fn check_place(&self, parts: &Parts) -> Result<(), Refused> {
        let mut hosts = parts.headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
        if hosts.next().is_some() || !self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
            return Err(Refused::Host);
        }
        let own = format!("http://{host}");
        let mut origins = parts.headers.get_all(header::ORIGIN).iter();
        let origin = origins.next();
        let is_own = origin.is_some_and(|origin| origin.as_bytes().eq_ignore_ascii_case(own.as_bytes()));
        let foreign_site = parts.headers.get(SITE).is_some_and(|site| site != "same-origin" && site != "none");
        // A navigation that begins elsewhere may open the address with the token, and nothing else.
        let opens = parts.method == Method::GET && parts.uri.path() == "/" && origin.is_none();
        match (origins.next(), origin) {
            (Some(_), _) => Err(Refused::Origin),
            (None, Some(_)) if !is_own => Err(Refused::Origin),
            (None, _) if foreign_site && !opens => Err(Refused::Origin),
            _ => Ok(()),
        }
    }

    /// Whether a request that changes something says that it is of this page.
    pub(crate) fn has_origin(parts: &Parts) -> bool {
        parts.headers.contains_key(header::ORIGIN)
    }

    /// Keeps the token in a cookie that no script reads and no other site sends.
    pub(crate) fn keep(&self, response: &mut Response<Body>) {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.token);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }

    fn is_in_query(&self, parts: &Parts) -> bool {
        let query = parts.uri.query().unwrap_or_default();
        query.split('&').filter_map(|pair| pair.strip_prefix("token=")).any(|given| self.is_token(given))
    }

    fn is_in_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == self.cookie).any(|(_, given)| self.is_token(given))
    }

    fn is_token(&self, given: &str) -> bool {
        bool::from(given.as_bytes().ct_eq(self.token.as_bytes()))
    }
}

impl Refused {
    pub(crate) fn response(self) -> Response<Body> {
        let (status, words) = match self {
            Refused::Host => (StatusCode::MISDIRECTED_REQUEST, "this name does not lead to the explorer\n"),
            Refused::Origin => (StatusCode::FORBIDDEN, "this page must not call the explorer\n"),
            Refused::Token => (StatusCode::UNAUTHORIZED, "open the address that `xportcn explore` has printed\n"),
        };
        let mut response = Response::new(Body::from(words));
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response
    }
}

/// The headers of every answer.
pub(crate) fn secure(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}
