//! How requests are sent, for those who bring their own way.

use std::future::Future;
use std::pin::Pin;
use xportcn_core::exchange::FailureKind;
use xportcn_core::{Request, Response, TransportKind};

/// Sends one request and receives its answer.
///
/// The request is ready: an implementation sends it as it is, with no header of the five changed, follows no
/// redirect, and sends nothing twice. The body of the answer must be decompressed. A client drops the future when its
/// time is up.
///
/// ```
/// use xportcn::{Request, Response, Sending, Transport};
///
/// #[derive(Debug)]
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(&self, _: Request) -> Sending<'_> {
///         let body = self.0.as_bytes().to_vec();
///         Box::pin(async move { Ok(Response { status: 200, headers: Vec::new(), body }) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. Whatever status the answer has, it is an answer and no failure.
    fn send(&self, request: Request) -> Sending<'_>;
}

/// A transport of requests and answers as the crate `http` has them, for HTTP libraries that speak its types.
///
/// ```
/// use xportcn::{Client, Config, from_http};
///
/// let transport = from_http(|request: http::Request<Vec<u8>>| async move {
///     assert_eq!(request.method(), http::Method::POST);
///     Ok(http::Response::new(br#"{"code":200,"data":null}"#.to_vec()))
/// });
/// let client = Client::builder(Config::new("key", "secret", "user")).transport(transport).build()?;
/// # Ok::<(), xportcn::Error>(())
/// ```
pub fn from_http<F, A>(send: F) -> impl Transport
where
    F: Fn(http::Request<Vec<u8>>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<http::Response<Vec<u8>>, Failure>> + Send + 'static,
{
    OfHttp(send)
}

struct OfHttp<F>(F);

impl<F, A> Transport for OfHttp<F>
where
    F: Fn(http::Request<Vec<u8>>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<http::Response<Vec<u8>>, Failure>> + Send + 'static,
{
    fn send(&self, request: Request) -> Sending<'_> {
        let sending = to_http(request).map(&self.0);
        Box::pin(async move {
            let (head, body) = sending?.await?.into_parts();
            let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
            let headers = head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
            Ok(Response { status: head.status.as_u16(), headers, body })
        })
    }
}

fn to_http(request: Request) -> Result<http::Request<Vec<u8>>, Failure> {
    let mut builder = http::Request::builder().method(request.method.as_str()).uri(request.url);
    for (name, value) in request.headers {
        builder = builder.header(name.as_ref(), value);
    }
    let malformed = |_| Failure::lost(TransportKind::Other, "the request cannot be said in the types of `http`");
    builder.body(request.body.unwrap_or_default()).map_err(malformed)
}

/// A request on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send + 'a>>;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// What happened.
    pub kind: FailureKind,
    /// Whether any byte of the request may have left. If none has, even an order may be tried again.
    pub maybe_sent: bool,
    /// The transport's own words, for the user. They must not hold the URL, which may carry a signature.
    pub detail: String,
}

impl Failure {
    /// The request or its answer was lost on the way. Whether it may have been sent follows from the kind.
    pub fn lost(kind: TransportKind, detail: impl Into<String>) -> Self {
        Self { kind: FailureKind::Lost(kind), maybe_sent: !kind.nothing_sent(), detail: detail.into() }
    }

    /// The answer did not come in time.
    pub fn timeout() -> Self {
        Self { kind: FailureKind::Timeout, maybe_sent: true, detail: String::new() }
    }

    /// The answer came, but its body is larger than allowed.
    pub fn too_large() -> Self {
        Self { kind: FailureKind::TooLarge, maybe_sent: true, detail: String::new() }
    }

    /// The answer came, but its body cannot be received as its headers announced it.
    pub fn unreadable(reason: impl Into<String>) -> Self {
        Self { kind: FailureKind::Broken, maybe_sent: true, detail: reason.into() }
    }
}
