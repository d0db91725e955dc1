//! One connection, and its calls one after the other.

use super::figures::Figures;
use super::plan::{Plan, Turn};
use http_body_util::BodyExt;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::HOST;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::{sleep_until, timeout};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to the sandbox.
pub struct Connection {
    address: SocketAddr,
    sender: SendRequest<String>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        // What breaks it reaches whoever sends.
        tokio::spawn(async move { drop(connection.await) });
        Ok(Self { address, sender })
    }

    /// Makes calls until the plan has no more.
    pub async fn work(mut self, plan: Arc<Plan>) -> Figures {
        let mut figures = Figures::new();
        // An answer that did not come in time may still come, and must not be taken for the next one's.
        let mut awaits_answer = false;
        while let Some(turn) = plan.next() {
            if turn.due > Instant::now() {
                sleep_until(turn.due.into()).await;
            }
            if awaits_answer || self.sender.is_closed() {
                match Self::open(self.address).await {
                    Ok(connection) => self = connection,
                    Err(error) => {
                        figures.note(turn.due.elapsed(), Err(error.to_string()));
                        break;
                    }
                }
            }
            let answered = timeout(PATIENCE, self.call(&plan, &turn)).await;
            awaits_answer = answered.is_err();
            let result = answered.unwrap_or_else(|_| Err("no answer in 10 seconds".to_string()));
            figures.note(turn.due.elapsed(), result);
        }
        figures
    }

    async fn call(&mut self, plan: &Plan, turn: &Turn<'_>) -> Result<(), String> {
        let signed = plan.request(turn).map_err(|error| error.to_string())?;
        let mut request = hyper::Request::builder().method(signed.method.as_str());
        // The URL begins with the base URL, whose address is the connection's.
        let path = signed.url.splitn(4, '/').nth(3).unwrap_or_default();
        request = request.uri(format!("/{path}")).header(HOST, self.address.to_string());
        for (name, value) in &signed.headers {
            request = request.header(name.as_ref(), value);
        }
        let body = signed.body.map(String::from_utf8).transpose().map_err(|error| error.to_string())?;
        let request = request.body(body.unwrap_or_default()).map_err(|error| error.to_string())?;
        self.sender.ready().await.map_err(|error| error.to_string())?;
        let response = self.sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.map_err(|error| error.to_string())?;
        plan.read(turn, status, body.to_bytes().to_vec()).map_err(|error| error.to_string())
    }
}
