//! No secret, no part of one and no signature is in anything that the page gets, whatever others answer.

use crate::page::{ACCESS_KEY, Answer, Page, SECRET, events, parts, send};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use xportcn::{Config, RetryPolicy, catalogue};
use xportcn_explorer::{Explorer, Target};

/// So many letters of a secret in a row are a part of it.
const PART: usize = 5;

#[track_caller]
fn has_no_secret(answer: &Answer) {
    let text = format!("{}\n{}", answer.head, answer.body);
    let letters: Vec<char> = SECRET.chars().collect();
    for part in letters.windows(PART) {
        let part: String = part.iter().collect();
        let within_json = Value::from(part.as_str()).to_string();
        for form in [part.as_str(), within_json.trim_matches('"')] {
            assert!(!text.contains(form), "{form} is in {text}");
        }
    }
}

#[tokio::test]
async fn nothing_that_the_page_can_ask_for_has_the_secret() {
    let page = Page::open().await;
    for path in ["/", "/tables.json", "/nowhere", "/api/session", "/api/nowhere"] {
        has_no_secret(&page.get(path).await);
    }
    for endpoint in catalogue::ENDPOINTS {
        let params: Value = serde_json::from_str(endpoint.example).unwrap();
        for confirmed in [false, true] {
            let answer =
                page.post("/api/call", &json!({"id": endpoint.id, "params": params, "confirmed": confirmed})).await;
            has_no_secret(&answer);
            assert!(answer.status == 200 || (answer.status == 409 && !confirmed), "{answer:?}");
        }
        has_no_secret(&page.post("/api/call", &json!({"id": endpoint.id, "params": [1]})).await);
        has_no_secret(&page.post("/api/code", &json!({"id": endpoint.id, "params": params})).await);
    }
    for path in ["clock", "faults", "ship/1", "balance/sandbox-user", "no such"] {
        has_no_secret(&page.post("/api/sandbox", &json!({"path": path, "body": {}})).await);
    }
    for path in ["/api/inbox", "/pushed", "/api/nowhere"] {
        has_no_secret(&page.post(path, &json!({})).await);
    }
    let seen = events(&page, |events| !events.is_empty()).await;
    has_no_secret(&Answer { status: 200, head: String::new(), body: Value::from(seen).to_string() });
}

/// A server that answers with all that it got, and with the secret, which somebody may have told it.
async fn telltale() -> (String, Arc<Mutex<HashSet<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let signatures = Arc::<Mutex<HashSet<String>>>::default();
    let seen = signatures.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 64 << 10];
            let length = stream.read(&mut bytes).await.unwrap_or_default();
            let got = String::from_utf8_lossy(&bytes[..length]).into_owned();
            let line = |name: &str| {
                got.lines().find_map(|line| line.split_once(": ").filter(|(known, _)| known.eq_ignore_ascii_case(name)))
            };
            let in_url = got.split_once("sign=").map(|(_, rest)| rest.split([' ', '&']).next().unwrap_or_default());
            seen.lock().unwrap().extend(line("signature").map(|(_, value)| value.to_string()));
            seen.lock().unwrap().extend(in_url.map(ToString::to_string));
            let body =
                json!({"code": 42001, "msg": format!("{SECRET} {got}"), "data": {SECRET: [SECRET, got]}}).to_string();
            let answer = format!(
                "HTTP/1.1 200 OK\r\nx-told: {SECRET}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, signatures)
}

#[tokio::test]
async fn what_others_tell_of_it_is_masked() {
    let (base_url, signatures) = telltale().await;
    let explorer = Explorer::bind(0).await.unwrap();
    let url = explorer.url();
    let mut config = Config::new(ACCESS_KEY, SECRET, "user");
    config.base_url = base_url;
    let _running = explorer.serve(Target::platform(config, RetryPolicy::default(), true)).unwrap();
    let (address, path) = parts(&url);
    let opened = send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n"), "").await;
    let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_string();
    let head =
        format!("POST /api/call HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}\r\n");
    let mut told = 0;
    for endpoint in catalogue::ENDPOINTS {
        let params: Value = serde_json::from_str(endpoint.example).unwrap();
        let body = json!({"id": endpoint.id, "params": params, "confirmed": true}).to_string();
        let answer = send(address, &head, &body).await;
        has_no_secret(&answer);
        for signature in signatures.lock().unwrap().iter() {
            assert!(signature.len() >= 32 && !answer.body.contains(signature), "{}: {answer:?}", endpoint.id);
        }
        told += usize::from(answer.json()["attempts"][0]["answer"]["body"].as_str().unwrap().contains("••••"));
    }
    assert_eq!(told, catalogue::ENDPOINTS.len(), "the server told it each time");
    assert!(signatures.lock().unwrap().len() >= told, "a signature a call");
}
