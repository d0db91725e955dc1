//! A server on loopback that answers exactly what a test tells it to, and remembers what it was sent.
#![allow(dead_code)]

use std::future::Future;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use xportcn::taobao::after_sale::Render;
use xportcn::{Client, Config};

pub const KEY: &str = "key-of-the-tests";
pub const SECRET: &str = "Secret-Of-The-Tests-1c3b8f";

pub struct Peer {
    pub address: SocketAddr,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Default)]
pub struct Seen {
    connections: AtomicUsize,
    bytes_written: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

impl Peer {
    /// Handles each connection with `handle`.
    pub async fn with<F, Fut>(handle: F) -> Self
    where
        F: Fn(TcpStream, Arc<Seen>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let shared = seen.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(handle(stream, shared.clone()));
            }
        });
        Self { address, seen, task }
    }

    /// Answers every request with these bytes, and then closes the connection.
    pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        Self::with(move |mut stream, seen| {
            let answer = answer.clone();
            async move {
                if seen.request(&mut stream).await {
                    seen.write(&mut stream, &answer).await;
                }
            }
        })
        .await
    }

    /// Answers every request with these bytes, and keeps the connection.
    pub async fn keeping(answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        Self::with(move |mut stream, seen| {
            let answer = answer.clone();
            async move {
                while seen.request(&mut stream).await {
                    seen.write(&mut stream, &answer).await;
                }
            }
        })
        .await
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub fn bytes_written(&self) -> usize {
        self.seen.bytes_written.load(Ordering::SeqCst)
    }

    pub fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    pub fn config(&self) -> Config {
        config(&self.url())
    }

    /// A client that makes one attempt, so that each answer is seen as it comes.
    pub fn client(&self) -> Client {
        Client::builder(self.config()).max_retries(0).build().unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Seen {
    /// Reads one request, head and body; false where the connection ends instead.
    pub async fn request(&self, stream: &mut TcpStream) -> bool {
        let mut bytes = Vec::new();
        while !is_whole(&bytes) {
            let mut piece = [0; 4096];
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => return false,
                Ok(length) => bytes.extend_from_slice(&piece[..length]),
            }
        }
        self.requests.lock().unwrap().push(String::from_utf8(bytes).unwrap());
        true
    }

    /// Writes as much as the other side takes.
    pub async fn write(&self, stream: &mut TcpStream, bytes: &[u8]) {
        for piece in bytes.chunks(64 << 10) {
            if stream.write_all(piece).await.is_err() {
                return;
            }
            self.bytes_written.fetch_add(piece.len(), Ordering::SeqCst);
        }
    }

    pub fn bytes_written(&self) -> usize {
        self.bytes_written.load(Ordering::SeqCst)
    }

    pub fn last_request(&self) -> String {
        self.requests.lock().unwrap().last().cloned().unwrap()
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    body.len() >= header(head, "content-length").map_or(0, |length| length.parse().unwrap())
}

/// The value of a header in a request's text.
pub fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    request.lines().find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}

/// An answer with this status line's end, further headers and body, correctly framed.
pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A successful answer with this body.
pub fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", body)
}

/// A body that the platform might send.
pub const REFUND: &str = r#"{"code":200,"msg":"success","requestId":"r-1","data":{"currency":"CNY"}}"#;

pub fn config(url: &str) -> Config {
    let mut config = Config::new(KEY, SECRET, "user-of-the-tests");
    config.base_url = url.to_string();
    config
}

pub fn render() -> Render {
    Render { sub_order_id: "1034499579120189839".into(), goods_status: 1, refund_type: 1 }
}
