//! Transports of one's own.

mod peer;

use peer::{REFUND, SECRET, config, render};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use xportcn::{Client, Error, Failure, Request, Response, Sending, Transport, TransportKind};

/// Answers with what the test has put in, and keeps the requests.
#[derive(Clone)]
struct Scripted {
    answer: Result<Response, Failure>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Scripted {
    fn new(answer: Result<Response, Failure>) -> Self {
        Self { answer, requests: Arc::default() }
    }

    fn client(&self) -> Client {
        Client::builder(config("https://example.com/api")).transport(self.clone()).build().unwrap()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request) -> Sending<'_> {
        self.requests.lock().unwrap().push(request);
        Box::pin(async { self.answer.clone() })
    }
}

fn response(body: impl Into<Vec<u8>>) -> Response {
    Response { status: 200, headers: Vec::new(), body: body.into() }
}

#[tokio::test]
async fn a_transport_gets_the_signed_request_and_gives_the_answer() {
    let transport = Scripted::new(Ok(response(REFUND)));
    let reply = transport.client().send(render()).await.unwrap();
    assert_eq!(reply.currency.as_deref(), Some("CNY"));
    let requests = transport.requests.lock().unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].url, "https://example.com/api/open/order/refund/render");
    for name in ["access-key", "timestamp", "nonce-str", "user-id", "signature", "content-type", "accept"] {
        assert!(requests[0].header(name).is_some_and(|value| !value.is_empty()), "{name}");
    }
}

#[tokio::test]
async fn failures_become_errors_of_their_kind() {
    for kind in
        [TransportKind::Connect, TransportKind::Dns, TransportKind::Other, TransportKind::Reset, TransportKind::Tls]
    {
        let client = Scripted::new(Err(Failure::lost(kind, "in its own words"))).client();
        match client.send(render()).await.unwrap_err() {
            Error::Transport { kind: found, detail, .. } => {
                assert_eq!((found, detail.as_str()), (kind, "in its own words"));
            }
            other => panic!("{other:?}"),
        }
    }
    let error = Scripted::new(Err(Failure::timeout())).client().send(render()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    let error = Scripted::new(Err(Failure::unreadable("half of it"))).client().send(render()).await.unwrap_err();
    assert!(matches!(&error, Error::Decode { reason, .. } if reason == "half of it"), "{error:?}");
}

/// A careless transport: its words repeat what it was given.
struct Chatty;

impl Transport for Chatty {
    fn send(&self, request: Request) -> Sending<'_> {
        let detail = format!("could not send {:?} with {SECRET}", request.headers);
        Box::pin(async move { Err(Failure::lost(TransportKind::Other, detail)) })
    }
}

#[tokio::test]
async fn what_a_transport_says_is_shown_without_secret_and_signature() {
    let client = Client::builder(config("https://example.com")).transport(Chatty).build().unwrap();
    let error = client.send(render()).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    let after = shown.split("\\\"signature\\\"").nth(1).or_else(|| shown.split("\"signature\"").nth(1)).unwrap();
    assert!(after.contains("***"), "{shown}");
    assert!(!shown.split(|c: char| !c.is_ascii_alphanumeric()).any(is_signature), "{shown}");
}

fn is_signature(word: &str) -> bool {
    word.len() == 32 && word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'))
}

/// Never answers.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: Request) -> Sending<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn the_timeout_holds_for_every_transport() {
    let builder = Client::builder(config("https://example.com")).timeout(Duration::from_millis(50));
    let error = builder.transport(Silent).build().unwrap().send(render()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn a_reply_beyond_the_limit_is_refused_from_every_transport() {
    let mut config = config("https://example.com");
    config.max_reply_bytes = 10;
    let transport = Scripted::new(Ok(response(REFUND)));
    let error = Client::builder(config).transport(transport).build().unwrap().send(render()).await.unwrap_err();
    assert!(matches!(&error, Error::TooLarge { limit: 10, .. }), "{error:?}");
}

#[test]
fn clients_can_be_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + std::fmt::Debug + 'static>() {}
    shared::<Client>();
}
