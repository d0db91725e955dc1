//! `xportcn listen` as a process, messages signed by Python, and a sender that speaks HTTP.
#![allow(dead_code)]

use crate::program::{Program, xportcn};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The platform gives up a message that is not answered by then.
pub const PLATFORM_WAITS: Duration = Duration::from_millis(1000);

/// A signed message.
#[derive(Clone, Debug)]
pub struct Push {
    pub authorization: String,
    pub body: String,
}

/// The program, listening; ends with the test.
pub struct Listener {
    pub child: Child,
    pub url: String,
    /// Lines of stdout are read only by who asks for them.
    pub out: Option<BufReader<ChildStdout>>,
    err: Option<BufReader<ChildStderr>>,
}

/// The tests' account: a key and a secret, and no user.
pub fn with_keys<'a>(words: impl IntoIterator<Item = &'a str>) -> Program {
    xportcn(words).env("XPORTCN_ACCESS_KEY", "key-of-the-tests").env("XPORTCN_ACCESS_SECRET", crate::program::SECRET)
}

/// Signs bodies with Python's hmac.
pub fn signed(bodies: impl IntoIterator<Item = String>) -> Vec<Push> {
    const SCRIPT: &str = "
import hmac, json, sys
key, secret, *_ = sys.argv[1:]
for body in json.load(sys.stdin):
    print(hmac.new(secret.encode(), (key + body).encode(), 'sha256').hexdigest())
";
    let bodies: Vec<String> = bodies.into_iter().collect();
    let mut python = Command::new("python3")
        .args(["-c", SCRIPT, "key-of-the-tests", crate::program::SECRET])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(serde_json::to_string(&bodies).unwrap().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let signatures = String::from_utf8(output.stdout).unwrap();
    assert_eq!(signatures.lines().count(), bodies.len());
    bodies
        .into_iter()
        .zip(signatures.lines())
        .map(|(body, signature)| Push { authorization: signature.to_string(), body })
        .collect()
}

/// A message on an order; no two numbers give the same.
pub fn order(number: usize, note: &str) -> String {
    format!(
        "{{\"messageType\":\"ORDER_CREATE\",\"messageBody\":{{\"orderId\":\"{number}\",\"note\":\"{note}\"}},\
         \"messagePlatform\":1,\"timestamp\":\"1779263269913\"}}"
    )
}

impl Listener {
    /// Starts the program with further words.
    pub fn start(words: &[&str]) -> Self {
        let all = ["listen", "--port", "0"].into_iter().chain(words.iter().copied());
        let mut child = with_keys(all).spawn();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        err.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_string();
        let out = child.stdout.take().map(BufReader::new);
        Self { child, url, out, err: Some(err) }
    }

    /// A connection that is kept.
    pub fn connect(&self) -> Sender {
        Sender::to(&self.url)
    }

    /// Sends a message on a connection of its own; gives the status.
    pub fn send(&self, push: &Push) -> u16 {
        self.connect().send(push).0
    }

    /// The next line of stdout.
    pub fn line(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.out.as_mut().unwrap().read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// The lines of stdout until it ends.
    pub fn rest(&mut self) -> Vec<serde_json::Value> {
        let mut text = String::new();
        self.out.take().unwrap().read_to_string(&mut text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The lines of stderr, as they come.
    pub fn notes(&mut self) -> Receiver<String> {
        let (sender, receiver) = channel();
        let err = self.err.take().unwrap();
        thread::spawn(move || {
            for line in err.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        receiver
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let script = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
    }

    /// Waits for the end; gives the exit code.
    pub fn code(&mut self) -> Option<i32> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not end");
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The platform's side of a connection.
pub struct Sender {
    stream: BufReader<TcpStream>,
    path: String,
}

impl Sender {
    fn to(url: &str) -> Self {
        let rest = url.strip_prefix("http://").unwrap();
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let stream = TcpStream::connect(host).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let path = if path.is_empty() { "/" } else { path };
        Self { stream: BufReader::new(stream), path: path.to_string() }
    }

    /// Sends a message; gives the status, and how long the answer took.
    pub fn send(&mut self, push: &Push) -> (u16, Duration) {
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: listener\r\nauthorization: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            self.path,
            push.authorization,
            push.body.len()
        );
        let started = Instant::now();
        let answer = self.exchange(&[head.as_bytes(), push.body.as_bytes()].concat());
        (answer, started.elapsed())
    }

    /// Sends a request as it stands; gives the status.
    pub fn exchange(&mut self, request: &[u8]) -> u16 {
        self.stream.get_mut().write_all(request).unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.stream.read_line(&mut head).unwrap(), 0, "no answer: {head}");
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
        let mut body = vec![0; length.parse().unwrap()];
        self.stream.read_exact(&mut body).unwrap();
        head.split(' ').nth(1).unwrap().parse().unwrap()
    }
}
