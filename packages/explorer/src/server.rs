//! The listening socket, and what is answered on it.

use crate::api;
use crate::guard::{self, Guard};
use crate::live::Live;
use crate::target::Target;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use xportcn::Error;

/// How long calls in flight may take to end when the explorer is stopped.
const GRACE: Duration = Duration::from_millis(500);

/// An explorer that has its address, and answers nobody yet.
pub struct Explorer {
    listener: TcpListener,
    address: SocketAddr,
    guard: Guard,
}

/// An explorer that answers. Ends with [`Running::stop`].
pub struct Running {
    address: SocketAddr,
    links: watch::Receiver<String>,
    stop: watch::Sender<()>,
    server: JoinHandle<()>,
    live: Option<JoinHandle<()>>,
}

impl Explorer {
    /// Takes a port of 127.0.0.1; 0 is a free one.
    ///
    /// # Errors
    /// Passes on that the port is taken.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let address = listener.local_addr()?;
        let guard = Guard::new(address).map_err(io::Error::other)?;
        Ok(Self { listener, address, guard })
    }

    /// The address that opens the page, for one browser. Whoever has it first can make calls, so it is not for others.
    pub fn url(&self) -> String {
        self.guard.url()
    }

    /// Where a sandbox can push its messages: the page shows them with what was answered.
    pub fn push_url(&self) -> String {
        format!("http://{}/pushed", self.address)
    }

    /// Begins to answer. Runs on tokio until stopped.
    ///
    /// # Errors
    /// Names the setting of the account that is wrong, or a base URL that is no sandbox's.
    pub fn serve(self, target: Target) -> Result<Running, Error> {
        let called = target.call()?;
        let (stop, stopped) = watch::channel(());
        let live = called.control.clone().map(|control| Live::start(control, stopped.clone()));
        let (live, task) = live.unzip();
        let (address, links) = (self.address, self.guard.links());
        let router = api::router(Arc::new(api::Shared::new(self.guard, called, live)));
        let server = tokio::spawn(async move {
            let mut told = stopped.clone();
            let mut cut = stopped;
            let ended = axum::serve(self.listener, router).with_graceful_shutdown(async move {
                let _ = told.changed().await;
            });
            tokio::select! {
                // Streams of a page that stays open end with the listener.
                _ = ended => {}
                () = async { let _ = cut.changed().await; tokio::time::sleep(GRACE).await; } => {}
            }
        });
        Ok(Running { address, links, stop, server, live: task })
    }
}

impl Running {
    /// Waits until the page is opened, and gives the address for another browser: each is good once.
    pub async fn opened(&mut self) -> String {
        if self.links.changed().await.is_err() {
            // It has stopped, so that nobody opens it any more.
            std::future::pending::<()>().await;
        }
        guard::url(self.address, &self.links.borrow_and_update())
    }

    /// Stops listening, and closes all connections. A call in flight goes on.
    pub async fn stop(self) {
        drop(self.stop);
        // That a task panicked leaves nothing open either.
        let _ = timeout(2 * GRACE, self.server).await;
        if let Some(live) = self.live {
            let _ = timeout(2 * GRACE, live).await;
        }
    }
}
