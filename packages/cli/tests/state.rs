//! `xportcn sandbox --state`: what was answered outlives the program, however it ends.

mod program;

use program::{Sandbox, xportcn};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use xportcn::{Client, Config};

const CREATE: &str = r#"{
    "orderLineList": [{"itemId":"600126245031041190","skuId":"5016042822039","quantity":1}],
    "purchaseAmount": "1",
    "receiver": {"name":"张三","address":"象山路1号"}
}"#;

fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    // The file of an earlier run, if there is one.
    let _ = fs::remove_file(&path);
    path
}

fn call(sandbox: &Sandbox, words: &[&str]) -> Value {
    xportcn([&["call"], words].concat()).on(sandbox).run().exits(0).json()
}

fn create(sandbox: &Sandbox) -> String {
    created(&call(sandbox, &["taobao.order.purchase_create", "--json", CREATE]))
}

/// The id of the order that a creation answers with.
fn created(reply: &Value) -> String {
    reply["orderList"][0]["purchaseId"].as_str().unwrap().to_string()
}

/// The body of an answer of the sandbox's own paths.
fn get(sandbox: &Sandbox, path: &str) -> String {
    let mut stream = std::net::TcpStream::connect(sandbox.url.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(format!("GET {path} HTTP/1.0\r\nhost: x\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_string()
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
        let sandbox = Sandbox::start_with(&words);
        assert_eq!(call(&sandbox, &["taobao.order.get", &last])["orderStatus"], 10);
    }
}

#[test]
fn a_kill_in_the_middle_of_many_programs_leaves_a_whole_file() {
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
                answered.push(self::created(&ended.json()));
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

fn client(sandbox: &Sandbox) -> Client {
    let mut config = Config::new("sandbox-key", "sandbox-secret", "sandbox-user");
    config.base_url.clone_from(&sandbox.url);
    Client::builder(config).build().unwrap()
}

/// Creates and pays orders one after the other until the sandbox is gone; gives those that were answered.
async fn buy(client: Client) -> (Vec<String>, Vec<String>) {
    let (mut created, mut paid) = (Vec::new(), Vec::new());
    loop {
        let Ok(reply) = client.send_json("taobao.order.purchase_create", CREATE).await else { break };
        let order = self::created(&serde_json::from_str(&reply.data).unwrap());
        let pay = json!({"orderId": order}).to_string();
        created.push(order);
        let Ok(_) = client.send_json("taobao.order.pay", pay).await else { break };
        paid.extend(created.last().cloned());
    }
    (created, paid)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_many_writes_keeps_the_ledger() {
    let path = file("ledger");
    let words = ["--state", path.to_str().unwrap()];
    let (mut created, mut paid) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let mut sandbox = Sandbox::start_with(&words);
        let client = client(&sandbox);
        let buyers: Vec<_> = (0..8).map(|_| tokio::spawn(buy(client.clone()))).collect();
        tokio::time::sleep(Duration::from_millis(500)).await;
        sandbox.signal("KILL");
        sandbox.child.wait().unwrap();
        for buyer in buyers {
            let (more_created, more_paid) = buyer.await.unwrap();
            created.extend(more_created);
            paid.extend(more_paid);
        }
    }
    assert!(paid.len() > 24, "only {} orders were paid", paid.len());

    let sandbox = Sandbox::start_with(&words);
    let client = client(&sandbox);
    let ledger: Value = serde_json::from_str(&get(&sandbox, "/sandbox/ledger")).unwrap();
    for (action, answered) in [("created", &created), ("paid", &paid)] {
        let entries = ledger["entries"].as_array().unwrap().iter().filter(|entry| entry["action"] == action);
        let kept: Vec<&str> = entries.map(|entry| entry["orderId"].as_str().unwrap()).collect();
        let once: BTreeSet<&str> = kept.iter().copied().collect();
        assert_eq!(kept.len(), once.len(), "an order was {action} twice");
        for order in answered {
            assert!(once.contains(order.as_str()), "{order} was {action}, answered and lost");
        }
        // Of each buyer, a call that was not answered may have been carried out.
        assert!(kept.len() <= answered.len() + 24, "{} were {action}, {} answered", kept.len(), answered.len());
        for order in kept {
            let shown = client.send_json("taobao.order.get", json!({"orderId": order}).to_string()).await.unwrap();
            let stage = &serde_json::from_str::<Value>(&shown.data).unwrap()["orderStatus"];
            assert!(stage == 10 || (action == "created" && stage == 0), "{order} was {action} and is {stage}");
        }
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let path = file("mode");
    let script = format!("umask 0; exec '{}' sandbox --state '{}'", env!("CARGO_BIN_EXE_xportcn"), path.display());
    let mut child =
        Command::new("sh").args(["-c", &script]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("listening on "), "{line}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
}

#[test]
fn a_file_is_for_one_sandbox() {
    let path = file("shared");
    let words = ["--state", path.to_str().unwrap()];
    let sandbox = Sandbox::start_with(&words);
    let ended = xportcn([&["sandbox"], &words[..]].concat()).run().exits(3);
    ended.says(&["shared", "in use by another sandbox"]);
    create(&sandbox);
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
    let answer = get(&sandbox, "/sandbox/clock");
    assert!(answer.contains(r#""offsetMs":-3600000"#), "{answer}");
}
