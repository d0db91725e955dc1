//! `xportcn sandbox` and `xportcn demo`.

mod program;

use program::{RENDER, Sandbox, xportcn};
use std::io::Read;
use std::net::TcpListener;
use std::time::{Duration, Instant};

#[test]
fn the_sandbox_says_where_it_listens_and_how_to_call_it() {
    let mut sandbox = Sandbox::start();
    assert!(sandbox.url.starts_with("http://127.0.0.1:"), "{}", sandbox.url);
    sandbox.signal("TERM");
    let mut err = String::new();
    sandbox.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    for word in [&sandbox.url, "XPORTCN_ACCESS_KEY=sandbox-key", "XPORTCN_ACCESS_SECRET=sandbox-secret", "sandbox-user"]
    {
        assert!(err.contains(word), "{err}");
    }
}

#[test]
fn a_signal_stops_the_sandbox_cleanly() {
    for signal in ["TERM", "INT"] {
        let mut sandbox = Sandbox::start();
        xportcn(RENDER).on(&sandbox).run().exits(0);
        let started = Instant::now();
        sandbox.signal(signal);
        let status = sandbox.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        let mut rest = String::new();
        sandbox.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "more than one line on stdout");
    }
}

#[test]
fn a_port_can_be_chosen_and_one_that_is_taken_exits_with_3() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    xportcn(["sandbox", "--port", &port]).run().exits(3).says(&[&port, "--port 0"]);
}

#[test]
fn beyond_loopback_it_listens_only_when_it_is_said() {
    for address in ["0.0.0.0", "::"] {
        xportcn(["sandbox", "--address", address]).run().exits(2).says(&["loopback", "--allow-remote", address]);
    }
    xportcn(["sandbox", "--address", "192.0.2.1", "--allow-remote"]).run().exits(3).says(&["192.0.2.1", "--address"]);
    let mut sandbox = Sandbox::start_with(&["--address", "0.0.0.0", "--allow-remote"]);
    assert!(sandbox.url.starts_with("http://127.0.0.1:"), "{}", sandbox.url);
    xportcn(RENDER).on(&sandbox).run().exits(0);
    let elsewhere = sandbox.url.replace("127.0.0.1", "127.9.9.9");
    xportcn(RENDER).with_the_sandboxs_account(&elsewhere).run().exits(0);
    sandbox.signal("TERM");
    let mut err = String::new();
    sandbox.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(err.contains("warning: everybody who reaches port"), "{err}");
}

#[test]
fn that_messages_do_not_arrive_is_a_line_on_stderr() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://localhost:{}/hook", listener.local_addr().unwrap().port());
    drop(listener);
    let mut sandbox = Sandbox::start_with(&["--push-url", &url, "--push-retry-ms", "50"]);
    let create = r#"{"orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": {"name": "张三", "address": "象山路1号"}}"#;
    for _ in 0..2 {
        xportcn(["call", "taobao.order.purchase_create", "--json", create]).on(&sandbox).run().exits(0);
    }
    std::thread::sleep(Duration::from_millis(500));
    sandbox.signal("TERM");
    let mut err = String::new();
    sandbox.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let warnings: Vec<_> = err.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(warnings.len(), 1, "{err}");
    assert!(warnings[0].contains(&url) && warnings[0].contains("refused"), "{err}");
}

#[test]
fn the_demo_makes_every_call() {
    let listed = xportcn(["endpoints", "--json"]).run().exits(0).json();
    let calls: Vec<_> = listed.as_array().unwrap().iter().filter(|row| row["kind"] == "call").collect();
    let ended = xportcn(["demo"]).run().exits(0);
    let lines: Vec<_> = ended.out.lines().collect();
    assert_eq!(*lines.last().unwrap(), format!("demo: {0} of {0} calls accepted", calls.len()));
    for (row, line) in calls.iter().zip(&lines[1..]) {
        let words: Vec<_> = line.split_whitespace().collect();
        let expected = [&row["id"], &row["method"], &row["path"], &row["evidence"]["path"]];
        assert_eq!(words[..4], expected.map(|value| value.as_str().unwrap()));
        assert_eq!((words[4], words[6]), ("accepted", "ms"), "{line}");
    }
    assert_eq!(ended.err, "");
}

#[test]
fn a_drift_is_read_from_a_file_and_names_the_row_that_was_meant() {
    let drift = concat!(env!("CARGO_MANIFEST_DIR"), "/../sandbox/tests/drift/platform.json");
    let sandbox = Sandbox::start_with(&["--drift", drift]);
    let page = ["call", "taobao.order.page"];
    xportcn(page).on(&sandbox).run().exits(1).says(&["code 405", "接口不存在"]);
    xportcn(page.into_iter().chain(["--path", "taobao.order.page=POST /open/order/page"])).on(&sandbox).run().exits(0);
    let file = std::env::temp_dir().join(format!("xportcn-drift-{}.json", std::process::id()));
    std::fs::write(&file, r#"{"rows": {"taobao.order.pages": {"absent": true}}}"#).unwrap();
    let refused = xportcn(["sandbox", "--drift", file.to_str().unwrap()]).run();
    std::fs::remove_file(&file).unwrap();
    refused.exits(2).says(&["rows.taobao.order.pages", "`taobao.order.page`", file.to_str().unwrap()]);
}

#[test]
fn a_payment_settles_after_the_time_that_is_given() {
    let sandbox = Sandbox::start_with(&["--settle-ms", "86400000"]);
    let create = r#"{"orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": {"name": "张三", "address": "象山路1号"}}"#;
    let created =
        xportcn(["call", "taobao.order.purchase_create", "--json", create]).on(&sandbox).run().exits(0).json();
    let order = format!("orderId={}", created["orderList"][0]["purchaseId"].as_str().unwrap());
    xportcn(["call", "taobao.order.pay", &order]).on(&sandbox).run().exits(0);
    let status =
        || xportcn(["call", "taobao.order.get", &order]).on(&sandbox).run().exits(0).json()["orderStatus"].clone();
    assert_eq!(status(), 5);
    xportcn(["call", "taobao.order.pay", &order]).on(&sandbox).run().exits(1).says(&["is being paid"]);
}

#[test]
fn an_order_shows_after_the_time_that_is_given() {
    let sandbox = Sandbox::start_with(&["--show-after-ms", "86400000-90000000"]);
    let create = r#"{"orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": {"name": "张三", "address": "象山路1号"}}"#;
    xportcn(["call", "taobao.order.purchase_create", "--json", create]).on(&sandbox).run().exits(0);
    let page = xportcn(["call", "taobao.order.page"]).on(&sandbox).run().exits(0).json();
    assert_eq!(page["data"], serde_json::json!([]));
    let refused = xportcn(["sandbox", "--show-after-ms", "2000-100"]).run().exits(2);
    assert!(refused.err.contains("--show-after-ms") && refused.err.contains("100-2000"), "{}", refused.err);
}
