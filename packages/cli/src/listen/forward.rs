//! Passes messages on as they came, to a server that can verify them itself.

use super::writer::Sender;
use crate::failure::Failure;
use crate::http;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use reqwest::{Client, Url};
use std::error::Error;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::net::lookup_host;
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

/// What this run adds to the header Via of what it passes on, as proxies do.
static OWN: LazyLock<String> = LazyLock::new(|| {
    let mut random = [0; 8];
    // Without randomness, two programs on one machine still have two numbers.
    if getrandom::fill(&mut random).is_err() {
        random = u64::from(std::process::id()).to_be_bytes();
    }
    format!("xportcn-listen-{:016x}", u64::from_be_bytes(random))
});

/// Whether this run has passed a message on before, and it came back.
pub fn is_own(received: &HeaderMap) -> bool {
    received.get_all(header::VIA).iter().any(|via| via.to_str().is_ok_and(|via| via.contains(OWN.as_str())))
}

impl Forward {
    /// Refuses to pass messages on to the address that this program listens on.
    pub async fn check(&self, bound: SocketAddr) -> Result<(), Failure> {
        let (host, port) =
            (self.url.host_str().unwrap_or_default(), self.url.port_or_known_default().unwrap_or_default());
        // A host that is not found now may be there later.
        let Ok(mut addresses) = lookup_host((host.trim_matches(['[', ']']), port)).await else { return Ok(()) };
        match addresses.find(|address| address.port() == bound.port() && reaches(bound.ip(), address.ip())) {
            None => Ok(()),
            Some(address) => {
                Err(Failure::usage(format!("--forward leads to {address}, where this program itself listens")))
            }
        }
    }

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

/// Whether who calls an address comes to one that is listened on.
fn reaches(bound: IpAddr, called: IpAddr) -> bool {
    let (bound, called) = (bound.to_canonical(), called.to_canonical());
    let is_unspecified = called.is_unspecified() && (bound.is_loopback() || bound.is_unspecified());
    // Only addresses of this machine can be listened on.
    bound == called || is_unspecified || (bound.is_unspecified() && UdpSocket::bind((called, 0)).is_ok())
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
        for via in received.get_all(header::VIA) {
            headers.append(header::VIA, via.clone());
        }
        if let Ok(own) = HeaderValue::from_str(&format!("1.1 {}", *OWN)) {
            headers.append(header::VIA, own);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_anothers() {
        for (bound, called, expected) in [
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "::ffff:127.0.0.1", true),
            ("127.0.0.1", "0.0.0.0", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "192.0.2.1", false),
            ("0.0.0.0", "127.0.0.1", true),
            ("0.0.0.0", "127.9.9.9", true),
            ("0.0.0.0", "0.0.0.0", true),
            ("::", "127.0.0.1", true),
            // An address that nobody has: it is kept for examples.
            ("0.0.0.0", "192.0.2.1", false),
            ("192.0.2.1", "0.0.0.0", false),
        ] {
            assert_eq!(reaches(bound.parse().unwrap(), called.parse().unwrap()), expected, "{bound} {called}");
        }
    }
}
