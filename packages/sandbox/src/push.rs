//! Messages on their way to the developer's own URL, tried again as the platform does.

use axum::body::Body;
use axum::http::{Request, StatusCode, Uri, header};
use hmac::{Hmac, KeyInit, Mac};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};
use xportcn_core::Secret;

/// How long the receiver may take to answer.
const TIMEOUT: Duration = Duration::from_millis(1000);
/// How long the platform waits before it tries again.
pub(crate) const RETRY: Duration = Duration::from_secs(30 * 60);
/// How often it tries again.
const RETRIES: u32 = 5;
/// Messages that wait at the same time; further ones are lost.
const MAX_WAITING: usize = 10_000;

/// Where messages go.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    authority: String,
    host: String,
    port: u16,
    path: String,
}

/// A message that is to be delivered.
#[derive(Debug)]
pub(crate) struct Delivery {
    body: String,
    /// The header that proves where it comes from.
    authorization: String,
}

/// Takes messages, and delivers them in the background.
#[derive(Debug)]
pub(crate) struct Pusher(mpsc::Sender<Delivery>);

impl Target {
    /// # Errors
    /// Refuses what is no `http` URL of this machine.
    pub(crate) fn parse(url: &str) -> io::Result<Self> {
        let wrong = |reason: &str| io::Error::new(io::ErrorKind::InvalidInput, format!("the push URL {url} {reason}"));
        let uri: Uri = url.parse().map_err(|_| wrong("is no URL"))?;
        let authority = uri.authority().ok_or_else(|| wrong("has no host"))?.to_string();
        if uri.scheme_str() != Some("http") {
            return Err(wrong("must begin with http://"));
        }
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_string();
        let is_here = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        if !is_here || authority.contains('@') {
            return Err(wrong("must lead to this machine: the sandbox pushes to loopback only"));
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_string();
        Ok(Self { authority, host, port: uri.port_u16().unwrap_or(80), path })
    }
}

impl Delivery {
    /// Signs a message with the secret of its receiver's account.
    pub(crate) fn new(access_key: &str, secret: &Secret, body: String) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
        mac.update(access_key.as_bytes());
        mac.update(body.as_bytes());
        let digest = mac.finalize().into_bytes();
        let authorization = base16ct::lower::encode_string(&digest);
        Some(Self { body, authorization })
    }
}

impl Pusher {
    /// Delivers until stopped; what then waits is lost.
    pub(crate) fn start(target: Target, retry: Duration, stopped: watch::Receiver<()>) -> (Self, JoinHandle<()>) {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        (Self(sender), tokio::spawn(deliver(target, retry, receiver, stopped)))
    }

    /// Takes a message, without waiting.
    pub(crate) fn push(&self, delivery: Delivery) {
        if self.0.try_send(delivery).is_err() {
            tracing::warn!("too many messages wait to be pushed: one is lost");
        }
    }
}

/// Delivers one message after the other, in the order of their moments.
async fn deliver(
    target: Target,
    retry: Duration,
    mut receiver: mpsc::Receiver<Delivery>,
    mut stopped: watch::Receiver<()>,
) {
    // By moment, and by the order in which they came.
    let mut waiting: BTreeMap<(Instant, u64), (Delivery, u32)> = BTreeMap::new();
    let mut count = 0;
    loop {
        let next = waiting.keys().next().copied();
        let due = next.map_or_else(Instant::now, |(due, _)| due);
        tokio::select! {
            biased;
            _ = stopped.changed() => return,
            Some(delivery) = receiver.recv(), if waiting.len() < MAX_WAITING => {
                count += 1;
                waiting.insert((Instant::now(), count), (delivery, 0));
                continue;
            }
            () = sleep_until(due), if next.is_some() => {}
        }
        let Some((_, (delivery, retries))) = waiting.pop_first() else { continue };
        let sent = tokio::select! {
            _ = stopped.changed() => return,
            sent = timeout(TIMEOUT, send(&target, &delivery)) => sent,
        };
        let arrived = matches!(sent, Ok(Ok(StatusCode::OK)));
        if arrived {
            tracing::debug!(retries, "pushed");
        } else if retries < RETRIES {
            count += 1;
            tracing::debug!(retries, "not pushed; tried again later");
            waiting.insert((Instant::now() + retry, count), (delivery, retries + 1));
        } else {
            tracing::warn!("a message could not be pushed, and is given up");
        }
    }
}

async fn send(target: &Target, delivery: &Delivery) -> io::Result<StatusCode> {
    let mut addresses = lookup_host((target.host.as_str(), target.port)).await?;
    let address = addresses.find(|address| address.ip().is_loopback());
    let address = address.ok_or_else(|| io::Error::other("the host is not this machine"))?;
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let request = Request::post(&target.path)
        .header(header::HOST, &target.authority)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, &delivery.authorization)
        .body(Body::from(delivery.body.clone()))
        .map_err(io::Error::other)?;
    let answer = sender.send_request(request);
    tokio::pin!(connection, answer);
    loop {
        tokio::select! {
            biased;
            response = &mut answer => return response.map(|response| response.status()).map_err(io::Error::other),
            ended = &mut connection => ended.map_err(io::Error::other)?,
        }
    }
}
