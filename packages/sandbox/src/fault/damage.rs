//! What a call that gets a fault is answered with.

use super::{Cut, Injection, Kind};
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderValue, Response, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Frame;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The answer in the place of this one, which is absent where the call was not carried out.
pub(crate) async fn damage(injection: Injection, answer: Option<Response<Body>>, cut: Option<&Cut>) -> Response<Body> {
    match injection.kind {
        Kind::Envelope(code) => {
            let body = format!(r#"{{"code":{code},"data":null,"msg":"system error","requestId":null}}"#);
            plain(StatusCode::OK, "application/json", Bytes::from(body))
        }
        Kind::Garbage => plain(StatusCode::OK, "application/json", Bytes::from_static(GARBAGE)),
        Kind::Html => plain(StatusCode::OK, "text/html; charset=utf-8", Bytes::from_static(PAGE)),
        Kind::Late | Kind::Reset | Kind::Silent => {
            if let Some(cut) = cut {
                cut.now();
            }
            Response::new(Body::empty())
        }
        Kind::Status(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let mut response = plain(status, "text/html; charset=utf-8", Bytes::from_static(PAGE));
            if let Some(seconds) = injection.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        Kind::Truncate => match answer {
            Some(answer) => truncated(answer).await,
            None => Response::new(Body::empty()),
        },
        Kind::Hidden | Kind::Refuse | Kind::Settle | Kind::Slow => answer.unwrap_or_default(),
    }
}

/// The beginning of something compressed.
const GARBAGE: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xab\x56\x4a\xce\x4f\x49\x55\xb2\x32\x32\x30\xd0\x51\xfe";
const PAGE: &[u8] =
    b"<html><head><title>Service Unavailable</title></head><body>The service is unavailable.</body></html>";

fn plain(status: StatusCode, media: &'static str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

/// The whole length is announced, and half of it comes.
async fn truncated(answer: Response<Body>) -> Response<Body> {
    let (mut parts, body) = answer.into_parts();
    let bytes = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, Body::new(Half::Whole(bytes.slice(..bytes.len() / 2))))
}

/// A body that breaks off.
enum Half {
    Whole(Bytes),
    /// Waits once, so that what came before is sent.
    Sent,
    Broken,
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match std::mem::replace(&mut *self, Half::Broken) {
            Half::Whole(bytes) => {
                *self = Half::Sent;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Half::Sent => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Half::Broken => Poll::Ready(Some(Err(io::Error::other("the reply is cut off on purpose")))),
        }
    }
}
