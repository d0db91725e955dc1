//! Runs the built program as a user does.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

pub const SECRET: &str = "Secret-Of-The-Tests-1c3b8f";

/// A run of the program that is being prepared.
pub struct Program {
    command: Command,
    stdin: Vec<u8>,
}

/// A run of the program that has ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program with these words, without an account and with nothing of the environment's own.
pub fn xportcn<'a>(words: impl IntoIterator<Item = &'a str>) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xportcn"));
    command.args(words);
    for name in ["ACCESS_KEY", "ACCESS_SECRET", "USER_ID", "BASE_URL", "PATHS", "PROFILE"] {
        command.env_remove(format!("XPORTCN_{name}"));
    }
    // The profiles of whoever runs the tests are not the tests'.
    command.env("XPORTCN_CONFIG", "/nowhere/xportcn.toml");
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    Program { command, stdin: Vec::new() }
}

impl Program {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With an account of the tests, at this address.
    pub fn at(self, url: &str) -> Self {
        self.env("XPORTCN_ACCESS_KEY", "key-of-the-tests")
            .env("XPORTCN_ACCESS_SECRET", SECRET)
            .env("XPORTCN_USER_ID", "user-of-the-tests")
            .env("XPORTCN_BASE_URL", url)
    }

    /// With the sandbox's own account.
    pub fn on(self, sandbox: &Sandbox) -> Self {
        self.with_the_sandboxs_account(&sandbox.url)
    }

    /// With the sandbox's own account, at this address.
    pub fn with_the_sandboxs_account(self, url: &str) -> Self {
        self.env("XPORTCN_ACCESS_KEY", "sandbox-key")
            .env("XPORTCN_ACCESS_SECRET", "sandbox-secret")
            .env("XPORTCN_USER_ID", "sandbox-user")
            .env("XPORTCN_BASE_URL", url)
    }

    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    pub fn run(mut self) -> Ended {
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().unwrap();
        let bytes = self.stdin;
        // A program that does not read its stdin closes it.
        let writer = thread::spawn(move || drop(stdin.write_all(&bytes)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn spawn(&mut self) -> Child {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }
}

impl Ended {
    /// Asserts the exit code, and gives what was printed.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Asserts that stderr holds these words, on at most two lines.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "stderr lacks {word:?}:\n{}", self.err);
        }
        assert!(self.err.lines().count() <= 2, "more than two lines:\n{}", self.err);
        self
    }

    /// What was printed, as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// The program's own sandbox, which ends with the test.
pub struct Sandbox {
    pub url: String,
    pub child: Child,
    pub out: BufReader<std::process::ChildStdout>,
}

impl Sandbox {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// With further words on its command line.
    pub fn start_with(words: &[&str]) -> Self {
        let mut child = xportcn([&["sandbox"], words].concat()).spawn();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_string();
        Self { url, child, out }
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let script = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that answers its first request with these bytes; gives its URL.
pub fn answering(answer: impl Into<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = answer.into();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        request(&mut stream);
        stream.write_all(&answer).unwrap();
    });
    url
}

/// Receives one request, whole.
pub fn request(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).unwrap();
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if length == 0 || body.len() >= announced.map_or(0, |length| length.parse().unwrap()) {
                return bytes;
            }
        }
    }
}

/// An HTTP answer.
pub fn http(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

pub const RENDER: [&str; 5] =
    ["call", "taobao.after_sale.render", "subOrderId=1034499579120189839", "goodsStatus=1", "refundType=1"];
