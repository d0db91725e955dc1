//! `xportcn load`.

mod program;

use program::{Sandbox, answering, http, xportcn};
use std::time::{Duration, Instant};

#[test]
fn every_call_of_a_load_is_signed_and_accepted() {
    let sandbox = Sandbox::start();
    let figures =
        xportcn(["load", "--calls", "300", "--connections", "4", "--json"]).on(&sandbox).run().exits(0).json();
    assert_eq!((figures["accepted"].as_u64(), figures["failed"].as_u64()), (Some(300), Some(0)));
    assert!(figures["per_second"].as_f64().unwrap() > 1.0, "{figures}");
    let latency = |name: &str| figures["latency_ms"][name].as_f64().unwrap_or_else(|| panic!("{name}: {figures}"));
    let ordered = ["p50", "p90", "p99", "p99.9", "max"].map(latency);
    assert!(ordered[0] > 0.0 && ordered.is_sorted(), "{ordered:?}");
}

#[test]
fn a_load_without_an_address_starts_a_sandbox_of_its_own() {
    let ended = xportcn(["load", "alibaba.product.keyword_search", "taobao.after_sale.render", "--calls", "50"]).run();
    let ended = ended.exits(0);
    assert!(ended.out.starts_with("50 calls accepted, 0 failed"), "{}", ended.out);
    assert!(ended.out.contains("p99.9"), "{}", ended.out);
}

#[test]
fn a_load_ends_with_its_time_and_keeps_to_its_rate() {
    let sandbox = Sandbox::start();
    let started = Instant::now();
    let words = ["load", "--calls", "10000000", "--time", "1s", "--rate", "50", "--connections", "2", "--json"];
    let figures = xportcn(words).on(&sandbox).run().exits(0).json();
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let accepted = figures["accepted"].as_u64().unwrap();
    assert!((1..=50).contains(&accepted), "{accepted}");
}

#[test]
fn a_load_that_is_refused_says_so_and_exits_with_1() {
    let sandbox = Sandbox::start();
    let ended = xportcn(["load", "--calls", "5", "--json"]).at(&sandbox.url).run().exits(1);
    assert_eq!(ended.json()["failed"], 5);
    ended.says(&["5 calls failed", "no such access key"]);
}

#[test]
fn an_answer_that_is_no_reply_is_a_failed_call() {
    let url = answering(http("200 OK", "<html></html>"));
    let ended = xportcn(["load", "--calls", "1", "--connections", "1"]).at(&url).run().exits(1);
    ended.says(&["1 calls failed", "HTML"]);
}

#[test]
fn a_load_goes_to_loopback_only_and_calls_only_what_reads() {
    for url in ["https://www.xportcn.com/api", "http://192.0.2.1:80", "http://localhost.example.com"] {
        xportcn(["load"]).at(url).run().exits(2).says(&["no http URL on loopback"]);
    }
    xportcn(["load", "taobao.order.pay"]).run().exits(2).says(&["taobao.order.pay writes"]);
    xportcn(["load", "--time", "11m"]).run().exits(2);
    xportcn(["load", "--calls", "0"]).run().exits(2);
}
