//! The listening socket and its connections, all of them bounded.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

/// Connections at the same time; further ones wait in the system's queue.
const MAX_CONNECTIONS: usize = 256;
/// Bytes of a request's line and headers.
const MAX_HEAD: usize = 16 << 10;
/// How long a connection may take to send the next request's headers.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests in flight may take to end when the server is stopped.
const GRACE: Duration = Duration::from_secs(2);
/// How long to wait when the system has no more sockets.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// A server that listens.
pub struct Server {
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Begins to answer.
    pub fn start(listener: TcpListener, router: Router) -> Self {
        let (stop, stopped) = watch::channel(());
        Self { stop, task: tokio::spawn(listen(listener, router, stopped)) }
    }

    /// Stops listening, lets requests in flight end, and closes all connections.
    pub async fn stop(self) {
        drop(self.stop);
        // That the task panicked leaves nothing open either.
        let _ = self.task.await;
    }
}

async fn listen(listener: TcpListener, router: Router, mut stopped: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, _)) => drop(connections.spawn(serve(stream, router.clone(), stopped.clone()))),
                Err(_) => sleep(EXHAUSTED).await,
            },
        }
    }
    drop((listener, router));
    let ended = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    if ended.is_err() {
        connections.shutdown().await;
    }
}

async fn serve(stream: TcpStream, router: Router, mut stopped: watch::Receiver<()>) {
    // A small answer must not wait for more to send; that it cannot be set is no reason not to answer.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    // Whoever broke the connection has no use for an answer.
    drop(ended);
}
