//! `xportcn explore`, `xportcn sandbox --explore` and `xportcn scenario`.

mod program;

use program::{SECRET, Sandbox, xportcn};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;

/// A page that is open until the test ends.
struct Page {
    child: Child,
    url: String,
    out: BufReader<std::process::ChildStdout>,
}

impl Page {
    fn start(words: &[&str], account: bool) -> Self {
        let mut program = xportcn(words.iter().copied());
        if account {
            program = program
                .env("XPORTCN_ACCESS_KEY", "key")
                .env("XPORTCN_ACCESS_SECRET", SECRET)
                .env("XPORTCN_USER_ID", "user");
        }
        let mut child = program.spawn();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("open ") {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "it ended");
        }
        let url = line.trim_end().strip_prefix("open ").unwrap().to_string();
        Self { child, url, out }
    }

    /// The address, and what follows it.
    fn place(&self) -> (String, String) {
        let (address, path) = self.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        (address.to_string(), format!("/{path}"))
    }

    fn get(&self, path: &str, cookie: &str) -> String {
        let (address, _) = self.place();
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Opens the page as a browser does, and gives its cookie.
    fn open(&self) -> String {
        let answer = self.get(&self.place().1, "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().to_string()
    }

    /// Stops it, and gives all that it has printed.
    fn stop(mut self) -> String {
        let script = format!("kill -TERM {}", self.child.id());
        assert!(std::process::Command::new("sh").args(["-c", &script]).status().unwrap().success());
        let mut printed = String::new();
        self.out.read_to_string(&mut printed).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{printed}");
        printed
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn explore_opens_a_page_before_a_sandbox_of_its_own() {
    let page = Page::start(&["explore", "--no-open"], false);
    let session = page.get("/api/session", &page.open());
    for part in [r#""target":"sandbox""#, r#""writes":true"#, r#""userId":"sandbox-user""#] {
        assert!(session.contains(part), "{session}");
    }
    let first = page.url.clone();
    let printed = page.stop();
    let next = printed.lines().find_map(|line| line.strip_prefix("opened; for another browser: ")).unwrap();
    assert!(next != first && next.contains("/?token="), "{printed}");
}

#[test]
fn a_shell_runs_the_code_that_the_page_shows_for_it() {
    let sandbox = Sandbox::start();
    let page = Page::start(&["explore", "--no-open"], false);
    let cookie = page.open();
    let folder = Path::new(env!("CARGO_BIN_EXE_xportcn")).parent().unwrap().to_str().unwrap();
    let render = r#"{"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1}"#;
    let search = r#"{"keyword": "it's $HOME `x`", "beginPage": 1, "pageSize": 5, "sort": {"price": "desc"}}"#;
    let listed = r#"{"keyword": "男鞋", "beginPage": 1, "pageSize": 5}"#;
    for (id, params) in [
        ("taobao.after_sale.render", render),
        ("alibaba.product.keyword_search", search),
        ("alibaba.product.keyword_search", listed),
    ] {
        let (address, _) = page.place();
        let body = format!(r#"{{"id": "{id}", "params": {params}}}"#);
        let mut stream = TcpStream::connect(&address).unwrap();
        let head =
            format!("POST /api/code HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}");
        write!(stream, "{head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let told: serde_json::Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        let samples = told["samples"].as_array().unwrap();
        let script = samples.iter().find(|sample| sample["language"] == "shell").unwrap()["text"].as_str().unwrap();
        let output = std::process::Command::new("sh")
            .args(["-c", script])
            .env("PATH", format!("{folder}:{}", std::env::var("PATH").unwrap()))
            .envs([("XPORTCN_BASE_URL", sandbox.url.as_str()), ("XPORTCN_ACCESS_KEY", "sandbox-key")])
            .envs([("XPORTCN_ACCESS_SECRET", "sandbox-secret"), ("XPORTCN_USER_ID", "sandbox-user")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    }
}

#[test]
fn on_the_platform_writes_are_off_and_the_secret_is_nowhere() {
    for writes in [false, true] {
        let words: &[&str] = if writes { &["--writes"] } else { &[] };
        let words = [&["explore", "--no-open", "--platform", "--base-url", "http://127.0.0.1:1"], words].concat();
        let page = Page::start(&words, true);
        let session = page.get("/api/session", &page.open());
        assert!(
            session.contains(r#""target":"platform""#) && session.contains(&format!(r#""writes":{writes}"#)),
            "{session}"
        );
        let printed = page.stop();
        assert!(!session.contains(SECRET) && !printed.contains(SECRET), "{printed}");
    }
    xportcn(["explore", "--no-open", "--writes"]).run().exits(2);
    xportcn(["explore", "--no-open", "--platform"]).run().exits(2).says(&["no account", "XPORTCN_ACCESS_KEY"]);
}

#[test]
fn a_port_that_is_taken_exits_with_3() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    xportcn(["explore", "--no-open", "--port", &port]).run().exits(3).says(&[&port, "0 takes a free port"]);
    xportcn(["sandbox", "--no-open", &format!("--explore={port}")]).run().exits(3).says(&[&port]);
}

#[test]
fn a_sandbox_has_a_page_that_gets_its_messages() {
    let page = Page::start(&["sandbox", "--explore", "--no-open", "--user", "second", "--push-retry-ms", "50"], false);
    let session = page.get("/api/session", &page.open());
    assert!(session.contains(r#""target":"sandbox""#), "{session}");
    let printed = page.stop();
    assert!(printed.contains("XPORTCN_BASE_URL=http://127.0.0.1:"), "{printed}");
    xportcn(["sandbox", "--no-open"]).run().exits(2);
    xportcn(["sandbox", "--push-retry-ms", "50"]).run().exits(2);
}

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn scenarios_run_on_a_sandbox_of_their_own_or_on_another() {
    let sandbox = Sandbox::start();
    assert!(scenarios().len() >= 3);
    for file in scenarios() {
        let file = file.to_str().unwrap();
        let own = xportcn(["scenario", "run", file]).run().exits(0);
        assert!(
            own.out.lines().count() > 2 && own.out.lines().skip(1).all(|line| line.contains("  ok  ")),
            "{}",
            own.out
        );
        xportcn(["scenario", "run", file, "--url", &sandbox.url]).run().exits(0);
    }
}

#[test]
fn a_scenario_that_goes_otherwise_exits_with_1_and_a_wrong_one_with_2() {
    let folder = tempfile("scenario");
    let file = folder.join("one.json");
    let run = |text: &str| {
        std::fs::write(&file, text).unwrap();
        xportcn(["scenario", "run", file.to_str().unwrap()]).run()
    };
    let ended = run(
        r#"{"name": "x", "steps": [{"call": "taobao.order.get", "params": {"orderId": "1"}}, {"sandbox": "clock"}]}"#,
    )
    .exits(1);
    assert!(ended.out.contains("FAILED") && ended.out.contains("there is no order"), "{}", ended.out);
    assert_eq!(ended.out.lines().count(), 3, "{}", ended.out);
    run("{}").exits(2).says(&["the scenario in", "one.json"]);
    xportcn(["scenario", "run", "/nowhere/at/all.json"]).run().exits(2).says(&["/nowhere/at/all.json"]);
    let steps =
        r#"{"name": "x", "steps": [{"call": "taobao.order.get", "params": {"orderId": "1"}, "refused": "42001"}]}"#;
    std::fs::write(&file, steps).unwrap();
    xportcn(["scenario", "run", file.to_str().unwrap(), "--url", "https://www.xportcn.com/api"])
        .run()
        .exits(2)
        .says(&["sandbox"]);
    std::fs::remove_dir_all(folder).unwrap();
}

/// A folder of the test's own.
fn tempfile(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xportcn-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
