//! The listening socket and its connections, all of them bounded.

use crate::fault::Connection;
use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

/// Connections at the same time; further ones wait in the system's queue.
const MAX_CONNECTIONS: usize = 1024;
/// Bytes of a request's line and headers.
const MAX_HEAD: usize = 64 << 10;
/// Headers of a request.
const MAX_HEADERS: usize = 64;
/// How long a connection may take to send the next request's headers.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);
/// How long calls in flight may take to end when the sandbox is stopped.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when the system has no more sockets.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// A sandbox that listens. Stops when dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
    others: Vec<JoinHandle<()>>,
}

impl Running {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for clients on this machine, as `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        let ip = match self.address.ip() {
            ip if !ip.is_unspecified() => ip,
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        };
        format!("http://{}", SocketAddr::new(ip, self.address.port()))
    }

    /// Stops listening, lets calls in flight end, and closes all connections. The port is free afterwards. Messages
    /// that wait to be pushed are lost.
    pub async fn stop(self) {
        let Self { stop, task, others, .. } = self;
        drop(stop);
        // The task ends by itself; that it was cancelled or panicked leaves nothing open either.
        let _ = task.await;
        for other in others {
            let _ = other.await;
        }
    }
}

/// What ends the listening.
#[derive(Debug)]
pub(crate) struct Signals {
    /// Dropping it ends all.
    pub(crate) stop: watch::Sender<()>,
    /// Tells that `stop` was dropped.
    pub(crate) stopped: watch::Receiver<()>,
    /// Tells that the port is to be closed for a while.
    pub(crate) closed: mpsc::UnboundedReceiver<Duration>,
}

/// Listens until stopped, as the others do that run beside it.
pub(crate) fn start(
    listener: TcpListener,
    router: Router,
    ends: Signals,
    others: Vec<JoinHandle<()>>,
) -> io::Result<Running> {
    let address = listener.local_addr()?;
    let Signals { stop, stopped, closed } = ends;
    let task = tokio::spawn(listen(listener, address, router, stopped, closed));
    Ok(Running { address, stop, task, others })
}

async fn listen(
    mut listener: TcpListener,
    address: SocketAddr,
    router: Router,
    mut stopped: watch::Receiver<()>,
    mut closed: mpsc::UnboundedReceiver<Duration>,
) {
    let mut connections = JoinSet::new();
    // Dropping it ends the connections of one opening of the port.
    let (mut opening, mut ending) = watch::channel(());
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            Some(wait) = closed.recv() => {
                drop((listener, opening));
                let Some(again) = reopen(address, wait, &mut stopped).await else {
                    ended(connections).await;
                    return;
                };
                listener = again;
                (opening, ending) = watch::channel(());
                // Whatever was to close the port meanwhile found it closed.
                while closed.try_recv().is_ok() {}
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, _)) => drop(connections.spawn(serve(stream, router.clone(), ending.clone()))),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(EXHAUSTED).await;
                }
            },
        }
    }
    drop((listener, opening));
    ended(connections).await;
}

/// Listens at the same address after a while; absent if stopped before.
async fn reopen(address: SocketAddr, wait: Duration, stopped: &mut watch::Receiver<()>) -> Option<TcpListener> {
    let opened = async {
        sleep(wait).await;
        loop {
            match TcpListener::bind(address).await {
                Ok(listener) => return listener,
                Err(_) => sleep(EXHAUSTED).await,
            }
        }
    };
    tokio::select! {
        _ = stopped.changed() => None,
        listener = opened => Some(listener),
    }
}

/// Waits for the calls in flight, for a while.
async fn ended(mut connections: JoinSet<()>) {
    let all = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    if all.is_err() {
        connections.shutdown().await;
    }
}

async fn serve(stream: TcpStream, router: Router, mut stopped: watch::Receiver<()>) {
    // Small replies must not wait for more to send; that it cannot be set is no reason not to answer.
    let _ = stream.set_nodelay(true);
    let stream = Connection::new(stream);
    let cut = stream.cut();
    let service = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(cut.clone());
        service.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection broke");
    }
}
