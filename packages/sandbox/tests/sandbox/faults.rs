//! Injected faults: what hosts see of them, and what was done all the same.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use crate::shopper::{RECEIVER, Shopper, json};
use serde_json::{Value, json};
use std::error::Error;
use std::time::Duration;
use tokio::time::Instant;
use xportcn_sandbox::{Faults, Sandbox};

async fn host(faults: &str) -> Host {
    let faults: Faults = faults.parse().unwrap_or_else(|error| panic!("{faults}: {error}"));
    Host::start_with(Sandbox::builder().clock(|| NOW_MS).faults(faults)).await
}

async fn host_by_file(json: &str) -> Host {
    let faults = Faults::from_json(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    Host::start_with(Sandbox::builder().clock(|| NOW_MS).faults(faults)).await
}

/// What came of one call, in a word.
async fn seen(host: &Host, path: &str, body: String) -> String {
    let request = host.request("POST", path, &Headers::genuine()).header("content-type", "application/json");
    let response = match request.body(body).send().await {
        Ok(response) => response,
        Err(error) => return if is_reset(&error) { "reset".into() } else { format!("{error:?}") },
    };
    let status = response.status().as_u16();
    match response.bytes().await {
        Err(_) => "truncated".into(),
        Ok(_) if status != 200 => status.to_string(),
        Ok(bytes) if bytes.starts_with(b"<html>") => "html".into(),
        Ok(bytes) => {
            serde_json::from_slice::<Value>(&bytes).map_or("garbage".into(), |reply| reply["code"].to_string())
        }
    }
}

fn is_reset(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::ConnectionReset;
        }
        cause = error.source();
    }
    false
}

async fn reads(host: &Host, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(seen(host, RENDER, RENDER_BODY.to_string()).await);
    }
    all
}

/// The body of a call that creates an order of one fen.
fn create(reference: usize) -> String {
    let lines = json!([{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": "1"}]);
    json!({
        "orderLineList": lines.to_string(), "purchaseAmount": 1, "receiver": json(RECEIVER).to_string(),
        "sellerOrderNumber": reference.to_string(),
    })
    .to_string()
    .replace("mobilePhone", "mobile_phone")
}

const CREATE: &str = "/open/order";

#[tokio::test]
async fn the_same_seed_gives_the_same_faults_at_about_the_rate_that_is_asked_for() {
    let spec = "rate=0.3,kinds=503|429|reset|truncate|html|garbage,seed=7";
    let first = reads(&host(spec).await, 300).await;
    let again = host(spec).await;
    assert_eq!(reads(&again, 300).await, first);
    assert_ne!(reads(&host(&spec.replace("seed=7", "seed=8")).await, 300).await, first);
    let injected = first.iter().filter(|seen| *seen != "200").count();
    // 300 calls at 0.3: 90, give or take three standard deviations of 8.
    assert!((66..=114).contains(&injected), "{injected}");
    for kind in ["503", "429", "reset", "truncated", "html", "garbage"] {
        assert!(first.iter().any(|seen| seen == kind), "no {kind}");
    }
    let counts = Shopper::new(&again).control("GET", "faults", "").await;
    assert_eq!((&counts["calls"], &counts["injected"]), (&json!(300), &json!(injected)));
    assert_eq!(counts["kinds"]["429"]["after"], 0);
    assert_eq!(counts["kinds"]["truncate"]["before"], 0);
}

#[tokio::test]
async fn a_fault_comes_before_or_after_the_call_and_the_ledger_shows_it() {
    let host = host("kinds=reset|502,seed=3").await;
    for number in 0..40 {
        let seen = seen(&host, CREATE, create(number)).await;
        assert!(seen == "reset" || seen == "502", "{seen}");
    }
    let shopper = Shopper::new(&host);
    let counts = shopper.control("GET", "faults", "").await;
    let count =
        |when: &str| counts["kinds"]["reset"][when].as_u64().unwrap() + counts["kinds"]["502"][when].as_u64().unwrap();
    assert_eq!(count("before") + count("after"), 40);
    assert!(count("before") >= 10 && count("after") >= 10, "{counts}");
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(ledger["created"], count("after"));
}

#[tokio::test]
async fn when_they_come_can_be_set() {
    for (when, created) in [("before", 0), ("after", 8)] {
        let host = host(&format!("kinds=reset|html|garbage|500,when={when},seed=1")).await;
        for number in 0..8 {
            assert_ne!(seen(&host, CREATE, create(number)).await, "200");
        }
        let ledger = Shopper::new(&host).control("GET", "ledger", "").await;
        assert_eq!(ledger["created"], created, "{when}");
    }
    // Half a reply is the reply of a call that was carried out.
    let host = host("kinds=truncate,when=before").await;
    assert_eq!(seen(&host, CREATE, create(1)).await, "truncated");
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await["created"], 1);
}

#[tokio::test]
async fn rules_are_for_paths_and_endpoints_and_for_so_many_calls() {
    let host = host_by_file(
        r#"{"seed": 1, "retryAfter": 2, "rules": [
            {"endpoint": "taobao.order.purchase_create", "kinds": ["504"], "when": "after", "skip": 1, "count": 2},
            {"path": "/open/order/refund/*", "kinds": ["429"], "count": 1}
        ]}"#,
    )
    .await;
    let mut all = Vec::new();
    for number in 0..5 {
        all.push(seen(&host, CREATE, create(number)).await);
    }
    assert_eq!(all, ["200", "504", "504", "200", "200"]);
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await["created"], 5);
    let answer = host.post(RENDER, &Headers::genuine(), RENDER_BODY).await;
    assert_eq!((answer.status, answer.headers["retry-after"].to_str().unwrap()), (429, "2"));
    assert_eq!(reads(&host, 2).await, ["200", "200"]);
}

#[tokio::test]
async fn a_slow_reply_comes_late_and_a_host_that_goes_away_before_leaves_nothing_done() {
    let slow = host("kinds=slow,slow-ms=400,when=before").await;
    let started = Instant::now();
    assert_eq!(reads(&slow, 1).await, ["200"]);
    assert!(started.elapsed() >= Duration::from_millis(400), "{:?}", started.elapsed());
    for (when, created) in [("before", 0), ("after", 1)] {
        let host = host(&format!("kinds=slow,slow-ms=500,when={when}")).await;
        let gone = tokio::time::timeout(Duration::from_millis(200), seen(&host, CREATE, create(1))).await;
        assert!(gone.is_err(), "{when}: answered in time");
        tokio::time::sleep(Duration::from_millis(500)).await;
        let ledger = Shopper::new(&host).control("GET", "ledger", "").await;
        assert_eq!(ledger["created"], created, "{when}");
    }
}

#[tokio::test]
async fn the_port_can_be_closed_for_a_while() {
    let host = host("kinds=refuse,refuse-ms=1000,count=1").await;
    assert_eq!(seen(&host, CREATE, create(1)).await, "200");
    let address = host.sandbox.address();
    let started = Instant::now();
    // The answer may be read before the port is closed.
    let refused = loop {
        match tokio::net::TcpStream::connect(address).await {
            Ok(_) => assert!(started.elapsed() < Duration::from_millis(1000), "never refused"),
            Err(error) => break error,
        }
    };
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
    while tokio::net::TcpStream::connect(address).await.is_err() {
        assert!(started.elapsed() < Duration::from_secs(5), "never opened again");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(started.elapsed() >= Duration::from_millis(800), "{:?}", started.elapsed());
    assert_eq!(seen(&host, CREATE, create(2)).await, "200");
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await["created"], 2);
    let started = Instant::now();
    host.sandbox.stop().await;
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_sandbox_stops_while_its_port_is_closed() {
    let host = host("kinds=refuse,refuse-ms=60000,count=1").await;
    assert_eq!(reads(&host, 1).await, ["200"]);
    let started = Instant::now();
    host.sandbox.stop().await;
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn what_is_no_fault_is_refused_with_what_to_write() {
    for (text, word) in [
        ("", "kinds"),
        ("rate=0.5", "kinds"),
        ("kinds=", "kind ``"),
        ("kinds=flood", "flood"),
        ("kinds=200", "200"),
        ("kinds=503,rate=1.5", "from 0 to 1"),
        ("kinds=503,rate=NaN", "from 0 to 1"),
        ("kinds=503,rate=often", "often"),
        ("kinds=503,seed=-1", "seed"),
        ("kinds=503,when=later", "later"),
        ("kinds=503,colour=red", "colour"),
        ("kinds", "name=value"),
    ] {
        let refused = text.parse::<Faults>().unwrap_err().to_string();
        assert!(refused.contains(word), "{text}: {refused}");
    }
    for (text, word) in [
        ("", "EOF"),
        ("{}", "rules"),
        (r#"{"rules":[{}]}"#, "kinds"),
        (r#"{"rules":[{"kinds":[]}]}"#, "rules[0]"),
        (r#"{"rules":[{"kinds":["503"]},{"kinds":["503"],"rate":2}]}"#, "rules[1]"),
        (r#"{"rules":[{"kinds":["503"],"colour":"red"}]}"#, "colour"),
        (r#"{"rules":[{"kinds":["503"],"path":"/a","endpoint":"b"}]}"#, "not both"),
    ] {
        let refused = Faults::from_json(text).unwrap_err().to_string();
        assert!(refused.contains(word), "{text}: {refused}");
    }
}
