//! The sandbox's own paths: its state, and what only a seller, a carrier or a clock does.

use axum::http::{Method, Request, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::io;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use xportcn::Error;

/// How long an answer may take; the state is held back for a second.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What is done to one order, refund or user, whose id follows.
const DONE_TO_ONE: [&str; 8] = ["ship", "deliver", "price", "settle", "agree", "refuse", "take-back", "balance"];

/// A sandbox, by its address.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    authority: String,
}

impl Control {
    /// # Errors
    /// Refuses what is no `http` URL.
    pub(crate) fn at(base_url: &str) -> Result<Self, Error> {
        let uri: Option<Uri> = base_url.parse().ok();
        let uri = uri.filter(|uri| uri.scheme_str() == Some("http"));
        let authority = uri.and_then(|uri| uri.authority().map(ToString::to_string));
        authority.map(|authority| Self { authority }).ok_or_else(|| Error::Config {
            field: "base_url".to_string(),
            reason: "is no URL of a sandbox".to_string(),
        })
    }

    /// Reads below `/sandbox`.
    pub(crate) async fn get(&self, path: &str) -> io::Result<(StatusCode, Bytes)> {
        self.ask(Method::GET, path, Bytes::new()).await
    }

    /// Does what only a seller, a carrier, a clock or a tester does.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] where it is nothing of that.
    pub(crate) async fn act(&self, path: &str, body: Bytes) -> io::Result<(StatusCode, Bytes)> {
        if !is_known(path) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("nothing is done by {path}")));
        }
        self.ask(Method::POST, path, body).await
    }

    async fn ask(&self, method: Method, path: &str, body: Bytes) -> io::Result<(StatusCode, Bytes)> {
        timeout(TIMEOUT, self.exchange(method, path, body))
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn exchange(&self, method: Method, path: &str, body: Bytes) -> io::Result<(StatusCode, Bytes)> {
        let host = if self.authority.contains(':') { self.authority.clone() } else { format!("{}:80", self.authority) };
        let stream = TcpStream::connect(host).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        let request = Request::builder()
            .method(method)
            .uri(format!("/sandbox/{path}"))
            .header(header::HOST, &self.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(body))
            .map_err(io::Error::other)?;
        let answered = async {
            let (parts, body) = sender.send_request(request).await.map_err(io::Error::other)?.into_parts();
            Ok((parts.status, body.collect().await.map_err(io::Error::other)?.to_bytes()))
        };
        tokio::pin!(connection, answered);
        loop {
            tokio::select! {
                biased;
                answer = &mut answered => return answer,
                ended = &mut connection => ended.map_err(io::Error::other)?,
            }
        }
    }
}

fn is_known(path: &str) -> bool {
    let one =
        path.split_once('/').filter(|(_, id)| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    matches!(path, "clock" | "faults") || one.is_some_and(|(done, id)| DONE_TO_ONE.contains(&done) && !id.is_empty())
}
