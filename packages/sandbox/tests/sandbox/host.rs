//! A host that speaks to the sandbox: it signs by itself, so that the core's signatures are not checked by themselves.

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use serde_json::Value;
use sha2::Sha256;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Builder, Running, Sandbox, USER_ID};

/// A moment at the start of a second, in milliseconds since 1970, for sandboxes whose clock stands still.
pub const NOW_MS: u64 = 1_722_484_800_000;

/// The path of the row on the vendor's public page, and that page's body.
pub const RENDER: &str = "/open/order/refund/render";
pub const RENDER_BODY: &str = r#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1}"#;

/// A sandbox whose clock stands still, and a client of it.
pub struct Host {
    pub sandbox: Running,
    http: reqwest::Client,
}

/// A request's five headers, to be spoilt by tests.
#[derive(Clone, Debug)]
pub struct Headers {
    pub access_key: String,
    pub timestamp: String,
    pub nonce: String,
    pub user_id: String,
    pub signature: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Host {
    /// A sandbox with one account, whose clock stands at [`NOW_MS`].
    pub async fn start() -> Self {
        Self::start_with(Sandbox::builder().clock(|| NOW_MS)).await
    }

    pub async fn start_with(builder: Builder) -> Self {
        let sandbox = builder.start().await.expect("a free port of loopback");
        // When the whole workspace is tested together, the client has TLS, and wants a provider for it.
        drop(rustls::crypto::ring::default_provider().install_default());
        Self { sandbox, http: reqwest::Client::new() }
    }

    /// Posts a body of JSON.
    pub async fn post(&self, path: &str, headers: &Headers, body: impl Into<reqwest::Body>) -> Answer {
        self.send(self.request("POST", path, headers).header("content-type", "application/json").body(body)).await
    }

    pub async fn get(&self, path: &str, headers: &Headers) -> Answer {
        self.send(self.request("GET", path, headers)).await
    }

    /// A request with the five headers, to be changed before it is sent.
    pub fn request(&self, method: &str, path: &str, headers: &Headers) -> reqwest::RequestBuilder {
        self.plain(method, path)
            .header("access-key", &headers.access_key)
            .header("timestamp", &headers.timestamp)
            .header("nonce-str", &headers.nonce)
            .header("user-id", &headers.user_id)
            .header("signature", &headers.signature)
    }

    /// A request without headers.
    pub fn plain(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.sandbox.url()))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        self.execute(request.build().expect("a request")).await
    }

    pub async fn execute(&self, request: reqwest::Request) -> Answer {
        let response = self.http.execute(request).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, bytes: response.bytes().await.expect("the whole answer").to_vec() }
    }
}

impl Headers {
    /// What a genuine host sends at [`NOW_MS`], with a nonce of its own.
    pub fn genuine() -> Self {
        Self::at((NOW_MS / 1000).to_string())
    }

    /// What a genuine host sends by the machine's clock.
    pub fn by_the_machines_clock() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        Self::at(now.as_secs().to_string())
    }

    /// What a genuine host sends with this timestamp.
    pub fn at(timestamp: impl Into<String>) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let nonce = format!("Nonce{:027}", COUNT.fetch_add(1, Ordering::Relaxed));
        Self {
            access_key: ACCESS_KEY.into(),
            timestamp: timestamp.into(),
            nonce,
            user_id: USER_ID.into(),
            signature: String::new(),
        }
        .signed()
    }

    /// Signs what the headers now say, with MD5.
    pub fn signed(mut self) -> Self {
        let text = format!("{}{}{}{ACCESS_SECRET}", self.access_key, self.timestamp, self.nonce);
        self.signature = upper_hex(&Md5::digest(text));
        self
    }

    /// Signs what the headers now say, with HMAC-SHA256.
    pub fn signed_with_hmac(mut self) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(ACCESS_SECRET.as_bytes()).unwrap();
        mac.update(format!("{}{}{}", self.access_key, self.timestamp, self.nonce).as_bytes());
        self.signature = upper_hex(&mac.finalize().into_bytes());
        self
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn code(&self) -> u64 {
        self.json()["code"].as_u64().expect("a code")
    }

    pub fn message(&self) -> String {
        self.json()["msg"].as_str().expect("a msg").to_string()
    }
}

fn upper_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
