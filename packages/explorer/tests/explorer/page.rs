//! A browser that has opened the page, and the sandbox that is behind it.

use serde_json::Value;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use xportcn::{Config, RetryPolicy};
use xportcn_explorer::{Explorer, Running, Target};
use xportcn_sandbox::{Builder, Sandbox, USER_ID};

pub const ACCESS_KEY: &str = "key-of-the-tests";
/// Of letters that nothing else has in this order, and of some that JSON and HTML escape.
pub const SECRET: &str = "Qx7\"Zk\\9vW<Jp&2tYhB";

pub struct Page {
    pub address: SocketAddr,
    /// `name=value`.
    pub cookie: String,
    pub running: Running,
    pub sandbox: xportcn_sandbox::Running,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Page {
    pub async fn open() -> Self {
        Self::open_with(|builder| builder).await
    }

    /// With another sandbox.
    pub async fn open_with(settings: impl FnOnce(Builder) -> Builder) -> Self {
        let explorer = Explorer::bind(0).await.unwrap();
        let builder = Sandbox::builder().account(ACCESS_KEY, SECRET, USER_ID).push_url(&explorer.push_url());
        let sandbox = settings(builder).start().await.unwrap();
        Self::before(explorer, sandbox, Target::sandbox).await
    }

    /// The sandbox stands for the platform.
    pub async fn of_platform(writes: bool) -> Self {
        let explorer = Explorer::bind(0).await.unwrap();
        let sandbox = Sandbox::builder().account(ACCESS_KEY, SECRET, USER_ID).start().await.unwrap();
        Self::before(explorer, sandbox, |config, policy| Target::platform(config, policy, writes)).await
    }

    async fn before(
        explorer: Explorer,
        sandbox: xportcn_sandbox::Running,
        target: impl FnOnce(Config, RetryPolicy) -> Target,
    ) -> Self {
        let mut config = Config::new(ACCESS_KEY, SECRET, USER_ID);
        config.base_url = sandbox.url();
        let url = explorer.url();
        let running = explorer.serve(target(config, RetryPolicy::default())).unwrap();
        let (address, path) = parts(&url);
        let opened = send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n"), "").await;
        assert_eq!(opened.status, 200, "{opened:?}");
        let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_string();
        Self { address, cookie, running, sandbox }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n", self.address, self.cookie), "").await
    }

    /// Posts as a page of the explorer does.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let Self { address, cookie, .. } = self;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nsec-fetch-site: same-origin\r\n\
             cookie: {cookie}\r\ncontent-type: application/json\r\n"
        );
        self.send(&head, &body.to_string()).await
    }

    /// Sends a head as it is, without its last line and its length.
    pub async fn send(&self, head: &str, body: &str) -> Answer {
        send(self.address, head, body).await
    }

    /// What the sandbox tells of itself.
    pub async fn sandbox_state(&self) -> Value {
        let address = self.sandbox.address();
        send(address, &format!("GET /sandbox/state HTTP/1.1\r\nhost: {address}\r\n"), "").await.json()
    }

    /// Places an order on Taobao, and gives it as the platform shows it.
    pub async fn order(&self, create: Value) -> Value {
        let created = self.call("taobao.order.purchase_create", create).await;
        let id = &created["orderList"][0]["purchaseId"];
        self.call("taobao.order.get", serde_json::json!({"orderId": id})).await
    }

    /// Makes a call, which succeeds, and gives its data.
    #[track_caller]
    pub fn call<'a>(&'a self, id: &'a str, params: Value) -> impl Future<Output = Value> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let body = serde_json::json!({"id": id, "params": params, "confirmed": true});
            let answer = self.post("/api/call", &body).await;
            let seen = answer.json();
            assert!(answer.status == 200 && seen["error"].is_null(), "{caller}: {seen:#}");
            serde_json::from_str(seen["data"].as_str().unwrap()).unwrap()
        }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// The socket and the path of an address.
pub fn parts(url: &str) -> (SocketAddr, &str) {
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    (
        address.parse().unwrap(),
        url.strip_prefix(&format!("http://{address}")).filter(|rest| rest.ends_with(path)).unwrap(),
    )
}

/// Sends a request on a connection of its own.
pub async fn send(address: SocketAddr, head: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    // Whoever refuses early may not read all of it.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    Answer { status, head: head.to_string(), body: body.to_string() }
}

/// The first events of a stream, whole.
pub async fn events(page: &Page, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let mut stream = TcpStream::connect(page.address).await.unwrap();
    let head = format!("GET /api/events HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n", page.address, page.cookie);
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let reading = async {
        loop {
            assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "it ended");
            let text = String::from_utf8_lossy(&bytes);
            // What is not whole yet does not parse.
            let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
            let events: Vec<Value> = data.filter_map(|data| serde_json::from_str(data).ok()).collect();
            if wanted(&events) {
                return events;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), reading).await.expect("no such event")
}
