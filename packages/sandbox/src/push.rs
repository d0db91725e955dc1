//! Messages on their way to the developer's own URL, tried again as the platform does.

use crate::pushed::{PushLog, PushState};
use axum::body::Body;
use axum::http::{Request, StatusCode, Uri, header};
use hmac::{Hmac, KeyInit, Mac};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
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
    /// Whether it may be another machine.
    is_remote: bool,
}

/// What is done with a warning.
pub(crate) type Warn = Arc<dyn Fn(&str) + Send + Sync>;

/// A message that is to be delivered.
#[derive(Debug)]
pub(crate) struct Delivery {
    body: String,
    /// The header that proves where it comes from.
    authorization: String,
    /// Its place in the log.
    number: u64,
}

/// Takes messages, and delivers them in the background.
#[derive(Debug)]
pub(crate) struct Pusher {
    waiting: mpsc::Sender<Delivery>,
    log: PushLog,
}

impl Target {
    /// # Errors
    /// Refuses what is no `http` URL, and one of another machine unless it may be.
    pub(crate) fn parse(url: &str, is_remote: bool) -> io::Result<Self> {
        let wrong = |reason: &str| io::Error::new(io::ErrorKind::InvalidInput, format!("the push URL {url} {reason}"));
        let uri: Uri = url.parse().map_err(|_| wrong("is no URL"))?;
        let authority = uri.authority().ok_or_else(|| wrong("has no host"))?.to_string();
        if uri.scheme_str() != Some("http") {
            return Err(wrong("must begin with http://"));
        }
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_string();
        let is_here = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        if authority.contains('@') {
            return Err(wrong("must not hold a user name or password: the sandbox pushes to loopback, without any"));
        }
        if !is_here && !is_remote {
            return Err(wrong("must lead to this machine: the sandbox pushes to loopback only, unless --allow-remote"));
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_string();
        Ok(Self { authority, host, port: uri.port_u16().unwrap_or(80), path, is_remote })
    }

    /// Says that a message did not arrive. What may stand behind the path's question mark is not shown.
    fn warning(&self, reason: &str, retry: Duration) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        format!(
            "a message does not arrive at http://{}{path}: {reason}; it is tried again {RETRIES} times, every {retry:?}. This \
             is said once",
            self.authority
        )
    }

    /// Its addresses, of which each is tried: a name may stand for one where nobody listens, too.
    async fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let found = lookup_host((self.host.as_str(), self.port)).await?;
        let addresses: Vec<_> = found.filter(|address| self.is_remote || address.ip().is_loopback()).collect();
        if addresses.is_empty() { Err(io::Error::other("the host is not this machine")) } else { Ok(addresses) }
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
        Some(Self { body, authorization, number: 0 })
    }
}

impl Pusher {
    /// Delivers until stopped; what then waits is lost.
    pub(crate) fn start(
        target: Target,
        retry: Duration,
        warn: Warn,
        log: PushLog,
        stopped: watch::Receiver<()>,
    ) -> (Self, JoinHandle<()>) {
        let (waiting, receiver) = mpsc::channel(MAX_WAITING);
        (Self { waiting, log: log.clone() }, tokio::spawn(deliver(target, retry, warn, log, receiver, stopped)))
    }

    /// Takes a message, without waiting.
    pub(crate) fn push(&self, mut delivery: Delivery) {
        let number = self.log.add(&delivery.body);
        delivery.number = number;
        if self.waiting.try_send(delivery).is_err() {
            self.log.answered(number, "too many messages wait", PushState::GivenUp);
            tracing::warn!("too many messages wait to be pushed: one is lost");
        }
    }
}

/// Delivers one message after the other, in the order of their moments.
async fn deliver(
    target: Target,
    retry: Duration,
    warn: Warn,
    log: PushLog,
    mut receiver: mpsc::Receiver<Delivery>,
    mut stopped: watch::Receiver<()>,
) {
    // By moment, and by the order in which they came.
    let mut waiting: BTreeMap<(Instant, u64), (Delivery, u32)> = BTreeMap::new();
    let mut count = 0;
    let mut is_warned = false;
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
            sent = timeout(TIMEOUT, post(&target, &delivery)) => sent,
        };
        let reason = match sent {
            Ok(Ok(StatusCode::OK)) => {
                tracing::debug!(retries, "pushed");
                log.answered(delivery.number, "HTTP 200", PushState::Taken);
                continue;
            }
            Ok(Ok(status)) => format!("answered with HTTP status {}, not 200", status.as_u16()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("not answered within {} ms", TIMEOUT.as_millis()),
        };
        if !is_warned {
            is_warned = true;
            warn(&target.warning(&reason, retry));
        }
        let state = if retries < RETRIES { PushState::Waiting } else { PushState::GivenUp };
        log.answered(delivery.number, &reason, state);
        if retries < RETRIES {
            count += 1;
            tracing::debug!(retries, reason, "not pushed; tried again later");
            waiting.insert((Instant::now() + retry, count), (delivery, retries + 1));
        } else {
            tracing::warn!("a message could not be pushed, and is given up");
        }
    }
}

async fn post(target: &Target, delivery: &Delivery) -> io::Result<StatusCode> {
    send(&target.addresses().await?, target, delivery).await
}

/// Sends to the first address that takes a connection.
async fn send(addresses: &[SocketAddr], target: &Target, delivery: &Delivery) -> io::Result<StatusCode> {
    let stream = TcpStream::connect(addresses).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn an_address_where_nobody_listens_is_not_the_last() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let receiver = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        });
        let target = Target::parse(&format!("http://localhost:{}/", address.port()), false).unwrap();
        let delivery = Delivery::new("key", &Secret::new("secret"), "{}".to_string()).unwrap();
        let addresses = [SocketAddr::new([127, 0, 0, 2].into(), address.port()), address];
        assert_eq!(send(&addresses, &target, &delivery).await.unwrap(), StatusCode::OK);
        receiver.await.unwrap();
    }

    #[test]
    fn a_warning_shows_no_query() {
        let target = Target::parse("http://localhost:1/hook?token=hidden", false).unwrap();
        let warning = target.warning("answered with HTTP status 500, not 200", RETRY);
        assert!(warning.contains("http://localhost:1/hook: answered") && !warning.contains("hidden"), "{warning}");
    }
}
