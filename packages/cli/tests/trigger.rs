//! `xportcn trigger`, against `xportcn listen` and handlers that answer otherwise.

mod listener;
mod program;

use listener::{Listener, with_keys};
use program::{SECRET, answering, http, request, xportcn};
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

fn trigger(words: &[&str]) -> program::Program {
    with_keys([&["trigger"], words].concat())
}

/// A handler that gives what it receives; gives its address and what came.
fn received() -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/pushed?from=test", listener.local_addr().unwrap());
    let (sender, seen) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            sender.send(String::from_utf8(request(&mut stream)).unwrap()).unwrap();
            stream.write_all(http("200 OK", "thanks").as_bytes()).unwrap();
        }
    });
    (url, seen)
}

fn body(request: &str) -> Value {
    serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn a_test_message_is_accepted_by_who_verifies_it_with_the_same_account() {
    let mut listener = Listener::start(&[]);
    let url = listener.url.clone();
    let ended = trigger(&["ORDER_PAY_SUCCESS", "--to", &url]).run().exits(0);
    let line = listener.line();
    assert_eq!(line["push"], "alibaba.push.order_status_changed");
    assert_eq!(line["body"]["orderId"], "3305075341149134260");
    let id = line["id"].as_str().unwrap();
    assert!(ended.out.starts_with(&format!("ORDER_PAY_SUCCESS {id}: 200 OK in ")), "{}", ended.out);
    assert_eq!(ended.err, "");
    // With another secret it is not.
    let ended = trigger(&["ORDER_CREATE", "--to", &url, "--access-secret", "another"]).run().exits(1);
    ended.says(&["401", "not 200", "again"]);
}

#[test]
fn data_is_the_content_and_set_changes_its_fields() {
    let mut listener = Listener::start(&[]);
    let url = listener.url.clone();
    for (words, content) in [
        (&["--data", r#"{"orderId": "7", "totalAmount": "1.50"}"#][..], json!({"orderId": "7", "totalAmount": "1.50"})),
        (
            &["--data", r#"{"orderId": "7"}"#, "--set", "orderId=8", "--set", "payStatus=2"],
            json!({"orderId": "8", "payStatus": 2}),
        ),
        (&["--data", "{}", "--set", "refundStatus:={\"a\":[1]}"], json!({"refundStatus": {"a": [1]}})),
    ] {
        trigger(&[&["ORDER_CREATE", "--to", &url], words].concat()).run().exits(0);
        assert_eq!(listener.line()["body"], content);
    }
    // Of the documented example all else stays.
    trigger(&["ORDER_CREATE", "--to", &url, "--set", "orderId=9"]).run().exits(0);
    let content = listener.line()["body"].clone();
    assert_eq!((&content["orderId"], &content["orderNo"]), (&json!("9"), &json!("PO202605200001")));
    trigger(&["ORDER_CREATE", "--to", &url, "--data", "-"]).stdin(r#"{"orderNo":"鞋"}"#).run().exits(0);
    assert_eq!(listener.line()["body"], json!({"orderNo": "鞋"}));
    trigger(&["X_TRACE", "--platform", "1", "--data", "{}", "--set", "mailNo=7", "--to", &url]).run().exits(0);
    let line = listener.line();
    assert_eq!((&line["messageType"], &line["body"]), (&json!("X_TRACE"), &json!({"mailNo": "7"})));
}

#[test]
fn the_same_message_is_repeated_with_the_same_id() {
    let mut listener = Listener::start(&[]);
    let url = listener.url.clone();
    let ended = trigger(&["alibaba.push.order_refund", "--to", &url, "--repeat", "3", "--json"]).run().exits(0);
    let told: Vec<Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines = [listener.line(), listener.line(), listener.line()];
    assert_eq!(lines.each_ref().map(|line| line["duplicate"] == json!(true)), [false, true, true]);
    for one in &told {
        assert_eq!(one["message"], "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND");
        assert_eq!(one["id"], lines[0]["id"]);
        assert_eq!((&one["status"], &one["accepted"]), (&json!(200), &json!(true)));
        assert!(one["ms"].as_u64().unwrap() < 10_000);
    }
    assert_eq!(told.len(), 3);
}

#[test]
fn it_is_sent_as_the_platform_sends_it() {
    let (url, seen) = received();
    let ended = trigger(&["TAOBAO_ORDER_REFUND", "--to", &url]).run().exits(0);
    assert!(ended.out.trim_end().ends_with("ms: thanks"), "{}", ended.out);
    let request = seen.recv().unwrap();
    let head = request.to_lowercase();
    assert!(head.starts_with("post /pushed?from=test http/1.1\r\n"), "{request}");
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{request}");
    assert!(!request.contains(SECRET));
    let message = body(&request);
    assert_eq!(message["messageBody"], json!({"refundId": "110002685755"}));
    assert_eq!(message["messagePlatform"], 0);
}

#[test]
fn the_sandboxs_account_signs_without_one_of_the_users_own() {
    let mut listener = {
        let mut child = xportcn(["listen", "--port", "0"])
            .env("XPORTCN_ACCESS_KEY", "sandbox-key")
            .env("XPORTCN_ACCESS_SECRET", "sandbox-secret")
            .spawn();
        let mut line = String::new();
        let mut err = std::io::BufReader::new(child.stderr.take().unwrap());
        std::io::BufRead::read_line(&mut err, &mut line).unwrap();
        (child, line.trim_end().strip_prefix("listening on ").unwrap().to_string(), err)
    };
    xportcn(["trigger", "ORDER_CREATE", "--sandbox", "--to", &listener.1]).run().exits(0);
    xportcn(["trigger", "ORDER_CREATE", "--to", &listener.1]).run().exits(2).says(&[
        "no account",
        "XPORTCN_ACCESS_KEY",
        "--sandbox",
    ]);
    listener.0.kill().unwrap();
    listener.0.wait().unwrap();
}

#[test]
fn an_answer_that_the_platform_would_not_take_exits_with_1() {
    let url = answering(http("204 No Content", ""));
    trigger(&["ORDER_CREATE", "--to", &url]).run().exits(1).says(&["204", "not 200"]);
    let url = answering("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n");
    trigger(&["ORDER_CREATE", "--to", &url]).run().exits(1).says(&["302"]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let slow = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        request(&mut stream);
        thread::sleep(Duration::from_millis(1200));
        stream.write_all(http("200 OK", "\u{1b}[31m").as_bytes()).unwrap();
    });
    let ended = trigger(&["ORDER_CREATE", "--to", &url]).run().exits(1).says(&["after more than a second", "hint"]);
    slow.join().unwrap();
    assert!(ended.out.contains("\\u{1b}[31m"), "{}", ended.out);
}

#[test]
fn a_handler_that_is_not_there_exits_with_3() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ended = trigger(&["ORDER_CREATE", "--to", &format!("http://{closed}/?token=hidden")]).run().exits(3);
    assert!(!ended.err.contains("hidden"), "{}", ended.err);
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    trigger(&["ORDER_CREATE", "--to", &url, "--timeout", "200ms"]).run().exits(3).says(&["did not answer"]);
}

#[test]
fn what_is_wrong_is_refused_and_nothing_is_sent() {
    let (url, seen) = received();
    for (words, said) in [
        (&["ORDER_PAY_SUCESS", "--to", &url][..], &["did you mean `ORDER_PAY_SUCCESS`", "--list"][..]),
        (&["alibaba.push.order_refnd", "--to", &url], &["did you mean `alibaba.push.order_refund`"]),
        (&["ORDER_CREATE", "--to", &url, "--data", "{\"orderld\":1}"], &["`orderld`", "did you mean `orderId`"]),
        (&["ORDER_CREATE", "--to", &url, "--set", "payStatus=paid"], &["`payStatus`", "whole number"]),
        (&["ORDER_CREATE", "--to", &url, "--set", "orderld=1"], &["did you mean `orderId`"]),
        (&["ORDER_CREATE", "--to", &url, "--data", "[]"], &["JSON object"]),
        (&["X_TRACE", "--platform", "1", "--data", "[]", "--set", "a=1", "--to", &url], &["--set"]),
        (&["ORDER_CREATE", "--to", "http://example.com/"], &["--to must begin with https://"]),
        (&["ORDER_CREATE", "--to", "http://10.0.0.1/"], &["--to must begin with https://"]),
        (&["ORDER_CREATE", "--to", "ftp://127.0.0.1/"], &["--to must begin with https://"]),
        (&["ORDER_CREATE", "--to", "http://me:word@127.0.0.1/"], &["user name"]),
        (&["ORDER_CREATE", "--to", "127.0.0.1"], &["is no URL"]),
    ] {
        let ended = trigger(words).run().exits(2).says(said);
        assert_eq!(ended.out, "");
        assert!(!ended.err.contains(SECRET));
    }
    assert!(trigger(&["ORDER_CREATE"]).run().exits(2).err.contains("--to"));
    assert_eq!(seen.try_iter().count(), 0);
    // To a private network with the sandbox's account, of which nobody keeps a secret: a name that no host has.
    xportcn(["trigger", "ORDER_CREATE", "--sandbox", "--to", "http://nobody.test/"]).run().exits(3);
}

#[test]
fn the_messages_are_listed_without_an_account() {
    let list = xportcn(["trigger", "--list"]).run().exits(0).out;
    for name in ["ORDER_PAY_SUCCESS", "TAOBAO_ORDER_REFUND", "big_major.push.package_inbound"] {
        assert_eq!(list.lines().filter(|line| line.contains(name)).count(), 1, "{name}: {list}");
    }
    let rows = xportcn(["trigger", "--list", "--json"]).run().exits(0).json();
    assert_eq!(rows.as_array().unwrap().len(), 7);
    let help = xportcn(["trigger", "--help"]).run().exits(0).out;
    assert!(help.contains("Examples:\n  xportcn trigger --list") && help.contains("Exit codes:\n  0  "), "{help}");
}
