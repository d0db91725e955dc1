//! Whole calls with all logging on: neither the secret nor a signature appears anywhere.

mod peer;

use peer::{Peer, REFUND, SECRET, answer, header, ok};
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;
use xportcn::{Client, catalogue};

/// Keeps the log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Answers every request with a text in which the request is repeated.
async fn echoing(status: &'static str, body: impl Fn(&str) -> String + Clone + Send + Sync + 'static) -> Peer {
    Peer::with(move |mut stream, seen| {
        let body = body.clone();
        async move {
            while seen.request(&mut stream).await {
                let echo = body(&format!("{} {SECRET}", seen.last_request()));
                seen.write(&mut stream, &answer(status, "", echo)).await;
            }
        }
    })
    .await
}

fn refusal(echo: &str) -> String {
    serde_json::json!({"code": 40001, "msg": echo, "requestId": "r-1"}).to_string()
}

/// Runs of upper-case hex digits that are long enough to hold a signature.
fn runs_of_hex(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !matches!(c, '0'..='9' | 'A'..='F')).filter(|run| run.len() >= 32)
}

#[tokio::test]
async fn neither_secret_nor_signature_appears_in_logs_debug_output_or_errors() {
    let log = Log::default();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).init();
    let mut shown = String::new();
    let told = Arc::new(Mutex::new(String::new()));
    let mut signatures = Vec::new();
    let peers = [
        Peer::keeping(ok(REFUND)).await,
        Peer::keeping(ok(r#"{"code":200,"data":[1,{"currency":[]}]}"#)).await,
        Peer::keeping(ok("{")).await,
        Peer::answering("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n").await,
        Peer::answering("").await,
        Peer::answering("no HTTP at all\r\n\r\n").await,
        Peer::answering(answer("200 OK", "content-encoding: gzip\r\n", "no gzip")).await,
        Peer::keeping(answer("302 Found", "location: http://127.0.0.1:1/\r\n", "")).await,
        echoing("500 Internal Server Error", str::to_string).await,
        echoing("404 Not Found", str::to_string).await,
        echoing("200 OK", refusal).await,
        echoing("200 OK", |echo| format!("{{\"code\":200,\"data\":{}", serde_json::json!(echo))).await,
    ];
    for peer in &peers {
        let told = Arc::clone(&told);
        let client = peer.client().on_event(move |event| write!(told.lock().unwrap(), "{event:?}").unwrap());
        write!(shown, "{client:?} {:?}", Client::builder(peer.config())).unwrap();
        for endpoint in catalogue::ENDPOINTS {
            let request = client.request_json(endpoint.id, endpoint.example).unwrap();
            signatures.push(request.header("signature").unwrap().to_string());
            writeln!(shown, "{request:?}").unwrap();
            match client.send_json(endpoint.id, endpoint.example).await {
                Ok(reply) => writeln!(shown, "{reply:?} {}", reply.data).unwrap(),
                Err(error) => writeln!(shown, "{error} {error:?} {:?}", std::error::Error::source(&error)).unwrap(),
            }
        }
        signatures.extend(peer.requests().iter().map(|r| header(r, "signature").unwrap().to_string()));
    }
    let refused = Client::builder(peer::config("http://127.0.0.1:1")).max_retries(0).build().unwrap();
    for endpoint in catalogue::ENDPOINTS {
        let error = refused.send_json(endpoint.id, endpoint.example).await.unwrap_err();
        writeln!(shown, "{error} {error:?}").unwrap();
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();

    assert!(signatures.len() > catalogue::ENDPOINTS.len() * peers.len(), "the peers have seen no signatures");
    let told = told.lock().unwrap().clone();
    assert!(told.contains("Answered"), "the listener was told nothing");
    for (name, text) in [("the log", &log), ("what is shown", &shown), ("what listeners are told", &told)] {
        assert!(!text.contains(SECRET), "{name} holds the secret");
        for run in runs_of_hex(text) {
            assert!(!signatures.iter().any(|signature| run.contains(signature)), "{name} holds the signature {run}");
        }
    }
    for expected in ["xportcn.call", "id=\"taobao.after_sale.render\"", "status=200", "duration_ms=", "WARN"] {
        assert!(log.contains(expected), "the log lacks {expected}:\n{log}");
    }
    assert!(log.contains("request_id=\"r-1\""), "the log lacks the request id");
    assert!(log.contains("starting new connection"), "the log of the HTTP library was not captured");
}
