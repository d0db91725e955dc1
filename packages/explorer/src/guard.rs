//! Who may open the page: whoever has the address with the token, once, on this machine, by a page of this server.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use std::net::SocketAddr;
use std::sync::Mutex;
use subtle::ConstantTimeEq;
use tokio::sync::watch;

/// Bytes of a token.
const TOKEN: usize = 24;
/// Nothing from elsewhere, nothing inline, and nobody's frame.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
);
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What opens the page, and by which names it may be called.
pub(crate) struct Guard {
    address: SocketAddr,
    /// The token that the address has now. It is another one as soon as it was used.
    links: watch::Sender<String>,
    /// One browser at a time uses the token.
    opening: Mutex<()>,
    /// What a browser keeps that has opened the page.
    right: String,
    cookie: String,
    hosts: [String; 2],
}

/// How a request is admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// By the token of the address, which is used up: the browser needs the cookie.
    ByToken,
    /// By its cookie.
    ByCookie,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It asks for another host: somebody's name was made to lead here.
    Host,
    /// It is of another page.
    Origin,
    /// It has no token, or one that is used up.
    Token,
}

impl Guard {
    /// # Errors
    /// Passes on that the system has no random bytes.
    pub(crate) fn new(address: SocketAddr) -> Result<Self, getrandom::Error> {
        let port = address.port();
        Ok(Self {
            address,
            links: watch::Sender::new(random()?),
            opening: Mutex::default(),
            right: random()?,
            // Cookies do not tell ports apart, so that two explorers need two names.
            cookie: format!("xportcn-explorer-{port}"),
            hosts: ["127.0.0.1", "localhost"].map(|host| format!("{host}:{port}")),
        })
    }

    /// The address that opens the page, once.
    pub(crate) fn url(&self) -> String {
        url(self.address, &self.links.borrow())
    }

    /// The addresses that come after the first: one each time that the page was opened.
    pub(crate) fn links(&self) -> watch::Receiver<String> {
        self.links.subscribe()
    }

    /// Lets a request of the page through. Where it came by the token, [`Guard::keep`] gives it the cookie.
    pub(crate) fn admit(&self, parts: &Parts) -> Result<Admitted, Refused> {
        self.check_place(parts)?;
        if self.is_in_cookie(&parts.headers) {
            return Ok(Admitted::ByCookie);
        }
        let opens = parts.uri.path() == "/" && parts.method == Method::GET;
        if opens && self.uses_token(parts) { Ok(Admitted::ByToken) } else { Err(Refused::Token) }
    }

    /// Refuses what comes by another name or from another page. Also for what needs no token.
    pub(crate) fn check_place(&self, parts: &Parts) -> Result<(), Refused> {
        let mut hosts = parts.headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
        // A request may also name a host in its first line.
        let named = parts.uri.authority().is_none_or(|named| named.as_str() == host);
        if hosts.next().is_some() || !named || !self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
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

    /// Gives the browser the cookie, which no script reads and no other site sends.
    pub(crate) fn keep(&self, response: &mut Response<Body>) {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.right);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }

    /// Whether the address has the token of now. Then there is another one.
    fn uses_token(&self, parts: &Parts) -> bool {
        let query = parts.uri.query().unwrap_or_default();
        let mut given = query.split('&').filter_map(|pair| pair.strip_prefix("token="));
        let _one = self.opening.lock();
        let fits = given.any(|given| is_equal(given, &self.links.borrow()));
        // Without another token this one must not stay good.
        fits && random().map(|next| self.links.send_replace(next)).is_ok()
    }

    fn is_in_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == self.cookie).any(|(_, given)| is_equal(given, &self.right))
    }
}

/// The address with a token.
pub(crate) fn url(address: SocketAddr, token: &str) -> String {
    format!("http://{address}/?token={token}")
}

fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; TOKEN];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn is_equal(given: &str, known: &str) -> bool {
    bool::from(given.as_bytes().ct_eq(known.as_bytes()))
}

impl Refused {
    pub(crate) fn response(self) -> Response<Body> {
        let (status, words) = match self {
            Refused::Host => (StatusCode::MISDIRECTED_REQUEST, "this name does not lead to the explorer\n"),
            Refused::Origin => (StatusCode::FORBIDDEN, "this page must not call the explorer\n"),
            Refused::Token => (
                StatusCode::UNAUTHORIZED,
                "open the last address that xportcn has printed: each is good for one browser, once\n",
            ),
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
