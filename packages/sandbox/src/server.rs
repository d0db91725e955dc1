//! The listening socket and its connections, all of them bounded.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
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
    pushing: Option<JoinHandle<()>>,
}

impl Running {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for clients, as `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops listening, lets calls in flight end, and closes all connections. The port is free afterwards. Messages
    /// that wait to be pushed are lost.
    pub async fn stop(self) {
        let Self { stop, task, pushing, .. } = self;
        drop(stop);
        // The task ends by itself; that it was cancelled or panicked leaves nothing open either.
        let _ = task.await;
        if let Some(pushing) = pushing {
            let _ = pushing.await;
        }
    }
}

/// Listens until `stop` is dropped, of which `stopped` tells.
pub(crate) fn start(
    listener: TcpListener,
    router: Router,
    stop: watch::Sender<()>,
    stopped: watch::Receiver<()>,
    pushing: Option<JoinHandle<()>>,
) -> io::Result<Running> {
    let address = listener.local_addr()?;
    let task = tokio::spawn(listen(listener, router, stopped));
    Ok(Running { address, stop, task, pushing })
}

async fn listen(listener: TcpListener, router: Router, mut stopped: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, _)) => drop(connections.spawn(serve(stream, router.clone(), stopped.clone()))),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(EXHAUSTED).await;
                }
            },
        }
    }
    drop(listener);
    let ended = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    if ended.is_err() {
        connections.shutdown().await;
    }
}

async fn serve(stream: TcpStream, router: Router, mut stopped: watch::Receiver<()>) {
    // Small replies must not wait for more to send; that it cannot be set is no reason not to answer.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
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
