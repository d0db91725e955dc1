//! Passes messages on as they came, to a server that can verify them itself.

use super::writer::Sender;
use crate::failure::Failure;
use crate::http;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use reqwest::{Client, Url};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

/// How long the other server may take for one message.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Messages that are on their way at the same time. The platform keeps no order either.
const AT_ONCE: usize = 8;

/// Where to, and with what.
pub struct Forward {
    url: Url,
    client: Client,
}

/// The queue of messages to be passed on.
pub struct Forwards(mpsc::Sender<Pushed>);

/// A message as it came.
pub struct Pushed {
    id: String,
    headers: HeaderMap,
    body: Bytes,
}

/// Nothing is passed on.
pub fn none() -> (Option<Forwards>, JoinHandle<()>) {
    (None, tokio::spawn(async {}))
}

impl Forward {
    /// Checks the URL.
    pub fn new(url: &str) -> Result<Self, Failure> {
        let unusable = |reason: &str| Failure::usage(format!("--forward {reason}"));
        let url = Url::parse(url).map_err(|error| unusable(&format!("is no URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(unusable("must begin with http:// or https://"));
        }
        let client = http::client(&url, TIMEOUT).map_err(|error| unusable(&format!("cannot be used: {error}")))?;
        Ok(Self { url, client })
    }

    /// Begins to pass on what comes into the queue. The task ends when the queue is dropped and empty.
    pub fn start(self, queue: usize, notes: Sender) -> (Option<Forwards>, JoinHandle<()>) {
        let (sender, mut waiting) = mpsc::channel::<Pushed>(queue);
        let forward = Arc::new(self);
        let task = tokio::spawn(async move {
            let mut on_their_way = JoinSet::new();
            while let Some(pushed) = waiting.recv().await {
                if on_their_way.len() >= AT_ONCE {
                    on_their_way.join_next().await;
                }
                let (forward, notes) = (forward.clone(), notes.clone());
                on_their_way.spawn(async move {
                    let id = pushed.id.clone();
                    if let Err(reason) = forward.pass_on(pushed).await {
                        notes.send(format!("not passed on: message {id}: {reason}"));
                    }
                });
            }
            while on_their_way.join_next().await.is_some() {}
        });
        (Some(Forwards(sender)), task)
    }

    async fn pass_on(&self, pushed: Pushed) -> Result<(), String> {
        let request = self.client.post(self.url.clone()).headers(pushed.headers).body(pushed.body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("answered with HTTP status {}", answer.status().as_u16())),
            Err(error) if error.is_timeout() => Err(format!("not answered within {} s", TIMEOUT.as_secs())),
            Err(error) => Err(words(&error.without_url())),
        }
    }
}

impl Forwards {
    /// A place in the queue, if it is not full.
    pub fn reserve(&self) -> Option<mpsc::Permit<'_, Pushed>> {
        self.0.try_reserve().ok()
    }
}

impl Pushed {
    /// A message with those of its headers that say what it is.
    pub fn new(id: String, received: &HeaderMap, body: Bytes) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let kept: [HeaderName; 2] = [header::AUTHORIZATION, header::CONTENT_TYPE];
        for name in kept {
            if let Some(value) = received.get(&name) {
                headers.insert(name, value.clone());
            }
        }
        Self { id, headers, body }
    }
}

/// The error and its cause, which says the most.
fn words(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    match causes.last() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
