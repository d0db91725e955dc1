//! Whole calls over loopback, beside a client by hand that takes turns with it.
//! `cargo bench -p xportcn --bench client` prints a row of JSON for each; the inputs are those of every host's benchmark,
//! which `python3 tests/bench/inputs.py` writes.

#[path = "../../../core/benches/measure/mod.rs"]
#[allow(dead_code, reason = "the core's benchmark needs the rest")]
mod measure;
#[path = "../tests/peer/mod.rs"]
mod peer;
#[path = "../../../core/benches/peers/mod.rs"]
mod peers;

use peer::Peer;
use std::hint::black_box;
use tokio::runtime::Runtime;
use xportcn::Client;
use xportcn::alibaba::product::KeywordSearch;
use xportcn_core::Nonce;

fn main() {
    // Two threads: one for the server, one for whoever calls.
    let runtime = Runtime::new().unwrap();
    for (size, file) in [("1 KB", "reply_1k.json"), ("24 KB", "reply_24k.json")] {
        let server = runtime.block_on(Peer::keeping(answer(&peers::input(file))));
        let ours = Client::new(server.config()).unwrap();
        let by_hand = ByHand::new(&server.url());
        measure::compare(
            &format!("a call with a reply of {size}, over loopback"),
            "reqwest, md-5 and serde_json by hand",
            None,
            || drop(black_box(runtime.block_on(ours.send(search())).unwrap())),
            || drop(black_box(runtime.block_on(by_hand.search()))),
        );
    }
}

fn search() -> KeywordSearch {
    KeywordSearch { keyword: "shoes".into(), begin_page: Some(1), page_size: Some(20), ..KeywordSearch::default() }
}

fn answer(body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// What one would write without the package, and without its retries, limits and checks.
struct ByHand {
    signer: peers::HandWritten,
    http: reqwest::Client,
}

impl ByHand {
    fn new(url: &str) -> Self {
        let signer = peers::HandWritten { base_url: url.to_string(), ..peers::client() };
        // reqwest asks for one also where it is not used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { signer, http: reqwest::Client::new() }
    }

    async fn search(&self) -> peers::Reply<peers::Page> {
        let call = serde_json::json!({"keyword": "shoes", "beginPage": 1, "pageSize": 20});
        let nonce = Nonce::from_random([7; Nonce::LENGTH]);
        let signed = self.signer.post("/alibaba/product/keywords/query", &call, 1_700_000_000_000, nonce.as_str());
        let mut request = self.http.post(signed.url).body(signed.body);
        for (name, value) in signed.headers {
            request = request.header(name, value);
        }
        let reply = request.send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice(&reply).unwrap()
    }
}
