//! Pushed messages in a server of axum, over loopback.
#![cfg(feature = "axum")]

use axum::Router;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use xportcn::axum::Pushed;
use xportcn::push::{Signed, TestMessage};
use xportcn::{Client, Config};

struct Server {
    client: Client,
    address: std::net::SocketAddr,
    worked: mpsc::UnboundedReceiver<(String, bool)>,
    gate: watch::Sender<bool>,
}

impl Server {
    async fn start() -> Self {
        let client = Client::new(Config::new("key-of-the-tests", "secret-of-the-tests", "user")).unwrap();
        let (sender, worked) = mpsc::unbounded_channel();
        let (gate, opened) = watch::channel(true);
        let handler = Pushed::new(client.clone()).max_bytes(10_000).remember(2).handler(move |message, repeated| {
            let (sender, mut opened) = (sender.clone(), opened.clone());
            async move {
                opened.wait_for(|is_open| *is_open).await.unwrap();
                sender.send((message.body, repeated)).unwrap();
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::<()>::new().route("/pushed", handler);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { client, address, worked, gate }
    }

    fn order(&self, id: &str) -> Signed {
        let content = format!(r#"{{"orderId":"{id}"}}"#);
        self.client.sign_push(&TestMessage::new("ORDER_CREATE").content(content)).unwrap()
    }

    /// Posts a message; gives the answer's status and body.
    async fn post(&self, authorization: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = format!(
            "POST /pushed HTTP/1.1\r\nhost: here\r\nauthorization: {authorization}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_string())
    }

    async fn send(&self, signed: &Signed) -> (u16, String) {
        self.post(&signed.authorization, &signed.body).await
    }
}

#[tokio::test]
async fn an_accepted_message_is_answered_with_200_before_the_work_is_done() {
    let mut server = Server::start().await;
    server.gate.send(false).unwrap();
    assert_eq!(server.send(&server.order("1")).await, (200, String::new()));
    assert!(server.worked.try_recv().is_err());
    server.gate.send(true).unwrap();
    let worked = tokio::time::timeout(Duration::from_secs(10), server.worked.recv()).await.unwrap();
    assert_eq!(worked, Some((r#"{"orderId":"1"}"#.to_string(), false)));
}

#[tokio::test]
async fn a_wrong_signature_is_answered_with_401_and_without_a_word_of_why() {
    let mut server = Server::start().await;
    let signed = server.order("2");
    let refused = (401, String::new());
    assert_eq!(server.post("", &signed.body).await, refused);
    assert_eq!(server.post(&"0".repeat(64), &signed.body).await, refused);
    assert_eq!(server.post(&signed.authorization, &[&signed.body[..], b" "].concat()).await, refused);
    // HMAC-SHA256 of the key and `[]`, by Python.
    let empty = "a6d467244bc7c49ff341b42664a1aa4f4e1443081e72e9b9acacf9548cd8ab55";
    assert_eq!(server.post(empty, b"[]").await.0, 400);
    assert!(server.worked.try_recv().is_err());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_answered_with_413() {
    let server = Server::start().await;
    let text = format!("\"{}\"", "x".repeat(20_000));
    let large = server.client.sign_push(&TestMessage::new("X").platform(1).content(text)).unwrap();
    assert_eq!(server.send(&large).await.0, 413);
}

#[tokio::test]
async fn a_repeated_message_is_flagged_by_its_id_of_as_many_as_are_remembered() {
    let mut server = Server::start().await;
    let (one, two, three) = (server.order("3"), server.order("4"), server.order("5"));
    let mut flags = Vec::new();
    for signed in [&one, &one, &two, &three, &one] {
        assert_eq!(server.send(signed).await.0, 200);
        flags.push(server.worked.recv().await.unwrap().1);
    }
    assert_eq!(flags, [false, true, false, false, false]);
}
