//! Pushed messages for [axum](https://docs.rs/axum).
//!
//! ```no_run
//! use axum::Router;
//! use xportcn::axum::Pushed;
//! use xportcn::{Client, Config};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(Config::new("your-access-key", "your-access-secret", "your-user-id"))?;
//! let pushed = Pushed::new(client).handler(|message, repeated| async move {
//!     if !repeated {
//!         println!("{:?}: {}", message.message_type, message.body);
//!     }
//! });
//! let app = Router::<()>::new().route("/pushed", pushed);
//! axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3000").await?, app).await?;
//! # Ok(())
//! # }
//! ```

use crate::Client;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{MethodRouter, post};
use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use xportcn_core::Error;
use xportcn_core::push::Message;

/// A handler of pushed messages: it answers with 200 and works then, with 401 where the signature is wrong, with 400 where
/// a signed body holds no message, and with 413 where it is too large.
#[derive(Clone, Debug)]
pub struct Pushed {
    client: Client,
    max_bytes: usize,
    remembered: usize,
}

/// The ids of the last messages, in the order in which they came.
#[derive(Debug, Default)]
struct Recent {
    known: HashSet<String>,
    order: VecDeque<String>,
}

impl Pushed {
    /// Bytes of the largest body that is taken unless set otherwise.
    pub const MAX_BYTES: usize = 1 << 20;
    /// Of how many messages the ids are remembered unless set otherwise.
    pub const REMEMBERED: usize = 10_000;

    /// A handler of the messages to the account of this client, which also hears of them: what waits for an object looks
    /// at once.
    pub fn new(client: Client) -> Self {
        Self { client, max_bytes: Self::MAX_BYTES, remembered: Self::REMEMBERED }
    }

    /// Sets the largest body that is taken, in bytes.
    pub fn max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets of how many messages the ids are remembered in this process, to tell repeats.
    pub fn remember(mut self, messages: usize) -> Self {
        self.remembered = messages;
        self
    }

    /// The route. `work` is done in a task of its own, after the platform has its answer; the second argument tells a
    /// message that came before. The platform does not send a message again whose work fails, so keep it first.
    pub fn handler<S, W, F>(self, work: W) -> MethodRouter<S>
    where
        S: Clone + Send + Sync + 'static,
        W: Fn(Message, bool) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let recent = Arc::new(Mutex::new(Recent::default()));
        post(move |request: Request| async move {
            let (parts, body) = request.into_parts();
            let message = match self.take(&parts.headers, body).await {
                Ok(message) => message,
                Err(status) => return status,
            };
            let is_repeat = recent.lock().unwrap_or_else(PoisonError::into_inner).note(&message.id, self.remembered);
            self.client.on_push(&message);
            tokio::spawn(work(message, is_repeat));
            StatusCode::OK
        })
    }

    /// The message, or the status of a refusal, which says nothing of why.
    async fn take(&self, headers: &HeaderMap, body: Body) -> Result<Message, StatusCode> {
        let body = to_bytes(body, self.max_bytes).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        let authorization =
            headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        self.client.read_push(authorization, &body).map_err(|error| match error {
            Error::PushSignature { .. } => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        })
    }
}

impl Recent {
    /// Takes note of an id, and tells whether it was known.
    fn note(&mut self, id: &str, most: usize) -> bool {
        let is_known = !self.known.insert(id.to_string());
        if is_known {
            self.order.retain(|known| known != id);
        }
        self.order.push_back(id.to_string());
        while self.order.len() > most {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
        is_known
    }
}
