//! The Xportcn OpenAPI as tools for agents, by the Model Context Protocol. Unofficial.
//!
//! Whatever writes takes two steps, and none passes the limits that a person set: they are kept in a journal, and hold across
//! restarts. The program `xportcn mcp` is this library with a command line.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod agent;
mod answer;
mod asking;
mod audit;
mod catalogue;
pub mod guard;
mod http;
mod kept;
mod path;
mod prompts;
mod resources;
mod server;
mod tools;

pub use self::agent::{Settings, random};
pub use self::http::PATH;

use agent::Agent;
use guard::Refusal;
use rmcp::ServiceExt;
use server::Server;
use std::future::Future;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The tools, ready for clients.
#[derive(Clone)]
pub struct Agents(Server);

impl Agents {
    /// Opens the journal and the audit log.
    ///
    /// # Errors
    /// If one of them cannot be opened, or a setting is wrong.
    pub fn new(settings: Settings) -> Result<Self, Refusal> {
        Ok(Self(Server(Arc::new(Agent::new(settings)?))))
    }

    /// Serves the client that started this process, by its standard input and output, until it closes them.
    ///
    /// # Errors
    /// If the client does not speak the protocol.
    pub async fn serve_stdio(&self) -> io::Result<()> {
        self.0.0.recover_in_background();
        let running = self.0.clone().serve(rmcp::transport::stdio()).await.map_err(io::Error::other)?;
        running.waiting().await.map(drop).map_err(io::Error::other)
    }

    /// Serves clients by HTTP at [`PATH`] until `stop` is there. They need the token, as `Authorization: Bearer TOKEN`. The
    /// listener should be one of loopback.
    ///
    /// # Errors
    /// If connections cannot be taken.
    pub async fn serve_http(
        &self,
        listener: TcpListener,
        token: &str,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        self.0.0.recover_in_background();
        http::serve(self.0.clone(), listener, token, stop).await
    }
}
