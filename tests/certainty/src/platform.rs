//! One sandbox with its accounts, and what is asked of it beside the client.

use crate::faults::faults;
use serde_json::Value;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use xportcn::Config;
use xportcn_sandbox::{Running, Sandbox};

/// Access keys, each with users of its own.
const KEYS: usize = 20;

pub struct Platform {
    running: Running,
}

impl Platform {
    /// Listens with these faults for so many users.
    pub async fn start(seed: u64, users: usize) -> io::Result<Self> {
        let accounts = (0..users).map(account);
        let builder =
            accounts.fold(Sandbox::builder(), |builder, [key, secret, user]| builder.account(&key, &secret, &user));
        Ok(Self { running: builder.faults(faults(seed)).start().await? })
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        self.running.url()
    }

    /// The account of a user by number.
    pub fn config(&self, user: usize) -> Config {
        config(self.url(), user)
    }

    /// Asks for one of the sandbox's own paths.
    pub async fn ask(&self, method: &str, path: &str) -> io::Result<Value> {
        let address = self.running.address();
        let mut stream = TcpStream::connect(address).await?;
        let head = format!(
            "{method} /sandbox/{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let wrong = |what: &str| io::Error::other(format!("{path}: {what}"));
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| wrong("no answer"))?;
        if !answer.starts_with(b"HTTP/1.1 200 ") {
            return Err(wrong(&String::from_utf8_lossy(&answer)));
        }
        Ok(serde_json::from_slice(&answer[end + 4..])?)
    }
}

/// The account of a user by number, on the sandbox at this URL.
pub fn config(url: String, user: usize) -> Config {
    let [key, secret, user] = account(user);
    let mut config = Config::new(key, secret, user);
    config.base_url = url;
    config
}

fn account(user: usize) -> [String; 3] {
    let key = user % KEYS;
    [format!("key-{key}"), format!("secret-{key}"), format!("user-{user}")]
}
