//! `xportcn sandbox --state`: what was answered outlives the program, however it ends.

mod program;

use program::{Sandbox, xportcn};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

const CREATE: &str = r#"{
    "orderLineList": [{"itemId":"600126245031041190","skuId":"5016042822039","quantity":1}],
    "purchaseAmount": "1",
    "receiver": {"name":"张三","address":"象山路1号"}
}"#;

fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.json", std::process::id()));
    // The file of an earlier run, if there is one.
    let _ = fs::remove_file(&path);
    path
}

fn call(sandbox: &Sandbox, words: &[&str]) -> Value {
    xportcn([&["call"], words].concat()).on(sandbox).run().exits(0).json()
}

fn create(sandbox: &Sandbox) -> String {
    call(sandbox, &["taobao.order.purchase_create", "--json", CREATE])["orderId"].as_str().unwrap().to_string()
}

#[test]
fn a_kill_loses_no_call_that_was_answered() {
    let path = file("killed");
    let words = ["--state", path.to_str().unwrap()];
    let mut created = Vec::new();
    for round in 0..3 {
        let mut sandbox = Sandbox::start_with(&words);
        let page = call(&sandbox, &["taobao.order.page", "pageSize=100"]);
        let known: Vec<&str> =
            page["data"].as_array().unwrap().iter().map(|order| order["orderId"].as_str().unwrap()).collect();
        let expected: Vec<&str> = created.iter().rev().map(String::as_str).collect();
        assert_eq!(known, expected, "round {round}");
        for _ in 0..3 {
            created.push(create(&sandbox));
        }
        let last = format!("orderId={}", created.last().unwrap());
        call(&sandbox, &["taobao.order.pay", &last]);
        sandbox.signal("KILL");
        assert_eq!(sandbox.child.wait().unwrap().code(), None);
        let kept: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(kept["state"]["orders"][created.last().unwrap()]["stage"], "paid");
    }
}

#[test]
fn a_kill_in_the_middle_of_many_calls_leaves_a_whole_file() {
    let path = file("interrupted");
    let words = ["--state", path.to_str().unwrap()];
    let mut sandbox = Sandbox::start_with(&words);
    let mut answered = vec![create(&sandbox)];
    let mut callers = Vec::new();
    for _ in 0..4 {
        let url = sandbox.url.clone();
        callers.push(std::thread::spawn(move || {
            let mut answered = Vec::new();
            for _ in 0..20 {
                let words = ["call", "taobao.order.purchase_create", "--json", CREATE];
                let ended = xportcn(words).with_the_sandboxs_account(&url).run();
                if ended.code != Some(0) {
                    break;
                }
                answered.push(ended.json()["orderId"].as_str().unwrap().to_string());
            }
            answered
        }));
    }
    std::thread::sleep(std::time::Duration::from_millis(150));
    sandbox.signal("KILL");
    sandbox.child.wait().unwrap();
    for caller in callers {
        answered.extend(caller.join().unwrap());
    }
    let sandbox = Sandbox::start_with(&words);
    let page = call(&sandbox, &["taobao.order.page", "pageSize=100"]);
    let kept: Vec<&str> =
        page["data"].as_array().unwrap().iter().map(|order| order["orderId"].as_str().unwrap()).collect();
    for id in &answered {
        assert!(kept.contains(&id.as_str()), "{id} was answered and is lost");
    }
}

#[test]
fn a_file_that_is_no_state_is_a_mistake_and_left_as_it_is() {
    let path = file("corrupt");
    fs::write(&path, "{\"format\":\"xport").unwrap();
    let ended = xportcn(["sandbox", "--state", path.to_str().unwrap()]).run().exits(2);
    ended.says(&["corrupt", "no state of a sandbox", "left as it is"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"format\":\"xport");
}

#[test]
fn a_push_url_off_this_machine_is_a_mistake() {
    let words = ["sandbox", "--push-url", "http://example.com/hook"];
    xportcn(words).run().exits(2).says(&["http://example.com/hook", "loopback"]);
    xportcn(["sandbox", "--push-retry-ms", "1"]).run().exits(2);
}

#[test]
fn faults_are_injected_as_asked() {
    let sandbox = Sandbox::start_with(&["--fault", "kinds=503,endpoint=taobao.after_sale.render,seed=7"]);
    xportcn(program::RENDER).on(&sandbox).run().exits(3).says(&["503"]);
    create(&sandbox);

    let path = file("faults");
    fs::write(&path, r#"{"rules":[{"path":"/open/order/refund/*","kinds":["html"]}]}"#).unwrap();
    let sandbox = Sandbox::start_with(&["--fault-file", path.to_str().unwrap()]);
    xportcn(program::RENDER).on(&sandbox).run().exits(4);
    create(&sandbox);
}

#[test]
fn faults_that_cannot_be_read_are_a_mistake() {
    xportcn(["sandbox", "--fault", "kinds=flood"]).run().exits(2);
    let path = file("wrong-faults");
    fs::write(&path, r#"{"rules":[{"kinds":["flood"]}]}"#).unwrap();
    let words = ["sandbox", "--fault-file", path.to_str().unwrap()];
    xportcn(words).run().exits(2).says(&["rules[0]", "flood"]);
    xportcn(["sandbox", "--fault-file", "/no/such/file"]).run().exits(2).says(&["/no/such/file"]);
}

#[test]
fn the_clock_can_be_off() {
    let sandbox = Sandbox::start_with(&["--clock-offset-ms", "-3600000"]);
    let mut stream = std::net::TcpStream::connect(sandbox.url.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(b"GET /sandbox/clock HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(r#""offsetMs":-3600000"#), "{answer}");
}
