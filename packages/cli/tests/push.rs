//! `xportcn push verify` and `xportcn listen`.

mod listener;
mod program;

use listener::{Listener, PLATFORM_WAITS, Push, order, signed, with_keys};
use program::{SECRET, xportcn};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(15);

fn one(body: &str) -> Push {
    signed([body.to_string()]).remove(0)
}

fn verify(push: &Push) -> program::Ended {
    with_keys(["push", "verify", "--authorization", &push.authorization]).stdin(push.body.as_str()).run()
}

#[test]
fn a_verified_message_is_printed_as_one_json_object() {
    let push = one(
        r#"{"messageType":"1688_ORDER_STEP_PRICE_MODIFY","messageBody":"{\"orderId\":3305075341149134260,\"totalAmount\":9800.10,\"payStatus\":\"paid\",\"closeReason\":\"买家\"}","timestamp":"1779263269913"}"#,
    );
    let upper = Push { authorization: push.authorization.to_uppercase(), ..push.clone() };
    for push in [push, upper] {
        let ended = verify(&push).exits(0);
        assert_eq!(ended.out.lines().count(), 1);
        assert_eq!(ended.err, "");
        let message = ended.json();
        assert_eq!(message["id"].as_str().unwrap().len(), 32);
        let expected = json!({
            "id": message["id"],
            "push": "alibaba.push.order_price_modified",
            "messageType": "1688_ORDER_STEP_PRICE_MODIFY",
            "platform": 1,
            "time": "2026-05-20T15:47:49.913+08:00",
            "inferred": true,
            "body": {
                "orderId": "3305075341149134260", "totalAmount": "9800.10", "payStatus": null, "closeReason": "买家"
            },
            "warnings": [{"path": "messageBody.payStatus", "expected": "a whole number", "found": "text"}],
        });
        assert_eq!(message, expected);
    }
}

#[test]
fn a_message_that_was_changed_or_is_of_another_account_exits_with_1() {
    let push = one(&order(1, "private"));
    for body in
        [push.body.replace("\"1\"", "\"2\""), format!("{}\n", push.body), push.body.replace(':', ": "), String::new()]
    {
        let ended = verify(&Push { body, ..push.clone() }).exits(1).says(&["not accepted", "pass the raw body"]);
        assert_eq!(ended.out, "");
        assert!(!ended.err.contains("private"));
    }
    for authorization in ["", "abc", &push.authorization[1..], &format!("{}0", push.authorization)] {
        verify(&Push { authorization: authorization.to_string(), ..push.clone() })
            .exits(1)
            .says(&["64 hexadecimal digits"]);
    }
    let words = ["push", "verify", "--authorization", &push.authorization];
    with_keys(words).env("XPORTCN_ACCESS_KEY", "another").stdin(push.body.as_str()).run().exits(1);
    with_keys(words).env("XPORTCN_ACCESS_SECRET", "another").stdin(push.body.as_str()).run().exits(1);
}

#[test]
fn a_signed_body_that_is_no_message_exits_with_4() {
    for (body, said) in
        [("", "empty"), ("private", "not JSON"), ("[\"private\"]", "no object"), ("{\"a\":1", "not JSON")]
    {
        let ended = verify(&one(body)).exits(4).says(&["the message cannot be read", said]);
        assert_eq!(ended.out, "");
        assert!(!ended.err.contains("private"), "{}", ended.err);
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    for words in [
        &["push"][..],
        &["push", "verify"],
        &["listen"],
        &["listen", "--port", "x"],
        &["listen", "--port", "0", "--address", "here"],
        &["listen", "--port", "0", "--path", "pushed"],
        &["listen", "--port", "0", "--path", "/{pushed}"],
        &["listen", "--port", "0", "--queue", "0"],
        &["listen", "--port", "0", "--forward", "127.0.0.1:80"],
        &["listen", "--port", "0", "--forward", "ftp://127.0.0.1/"],
    ] {
        let ended = with_keys(words.iter().copied()).run().exits(2);
        assert!(!ended.err.is_empty() && !ended.err.contains(SECRET));
    }
    for words in [&["push", "verify", "--authorization", "00"][..], &["listen", "--port", "0"]] {
        xportcn(words.iter().copied()).run().exits(2).says(&["XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET ("]);
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    with_keys(["listen", "--port", &port]).run().exits(3).says(&[&port, "--port 0"]);
}

#[test]
fn help_has_examples_and_exit_codes() {
    for words in [&["push", "verify", "--help"][..], &["listen", "--help"]] {
        let help = with_keys(words.iter().copied()).run().exits(0).out;
        assert!(help.contains("Example") && help.contains("Exit codes:\n  0  "), "{help}");
        assert!(!help.contains(SECRET), "{help}");
    }
    assert!(xportcn(["push", "--help"]).run().exits(0).out.contains("  xportcn push verify"));
}

#[test]
fn accepted_messages_are_printed_and_others_are_refused_without_a_word_of_them() {
    let mut listener = Listener::start(&[]);
    let notes = listener.notes();
    let pushes = signed([
        order(1, "一"),
        r#"{"messageType":"TAOBAO_ORDER_REFUND","messageBody":{"refundId":110002685755123456},"messagePlatform":0}"#
            .into(),
        r#"{"out_order_id":"205569999001","quality_inspection_info":{"weight":"0.4"}}"#.into(),
        "\"private\"".into(),
    ]);
    for push in &pushes[..3] {
        assert_eq!(listener.send(push), 200);
    }
    let rows: Vec<_> = (0..3).map(|_| listener.line()).collect();
    let ids = ["alibaba.push.order_status_changed", "taobao.push.order_refund", "big_major.push.package_inbound"];
    assert_eq!(rows.iter().map(|row| row["push"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    assert_eq!(rows[0]["body"], json!({"orderId": "1", "note": "一"}));
    assert_eq!(rows[1]["body"], json!({"refundId": "110002685755123456"}));
    assert_eq!(rows[2]["body"], json!({"outOrderId": "205569999001", "qualityInspection": {"weight": 0.4}}));
    assert!(rows.iter().all(|row| row["duplicate"] == json!(false)));

    let tampered = Push { body: order(2, "private"), ..pushes[0].clone() };
    assert_eq!(listener.send(&tampered), 401);
    assert_eq!(listener.send(&pushes[3]), 400);
    let raw = |request: &str| listener.connect().exchange(request.as_bytes());
    assert_eq!(raw("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 7\r\n\r\nprivate"), 401);
    let twice = format!("authorization: {0}\r\nauthorization: {0}\r\n", pushes[0].authorization);
    assert_eq!(raw(&format!("POST / HTTP/1.1\r\nhost: x\r\n{twice}content-length: 7\r\n\r\nprivate")), 401);
    assert_eq!(raw("GET / HTTP/1.1\r\nhost: x\r\n\r\n"), 200);
    assert_eq!(raw("POST /other HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"), 404);
    assert_eq!(raw("DELETE / HTTP/1.1\r\nhost: x\r\n\r\n"), 405);
    let large = format!(
        "POST / HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ncontent-length: 1048577\r\n\r\n",
        pushes[0].authorization
    );
    assert_eq!(raw(&large), 413);
    let pieces = format!("8000\r\n{}\r\n", "x".repeat(0x8000)).repeat(32) + "1\r\nx\r\n0\r\n\r\n";
    assert_eq!(
        raw(&large.replace("content-length: 1048577\r\n\r\n", &format!("transfer-encoding: chunked\r\n\r\n{pieces}"))),
        413
    );

    listener.signal("INT");
    assert_eq!(listener.code(), Some(0));
    assert_eq!(listener.rest(), Vec::<serde_json::Value>::new());
    let notes: Vec<_> = notes.iter().collect();
    let begins = [
        "refused: the signature is of another body or key",
        "refused: the signature is right, but the body is JSON, but no object",
        "refused: there is no header Authorization",
        "refused: there is no header Authorization",
        "refused: the body is larger than 1048576 bytes",
        "refused: the body is larger than 1048576 bytes",
    ];
    assert_eq!(notes.len(), begins.len(), "{notes:?}");
    for (note, begin) in notes.iter().zip(begins) {
        assert!(note.starts_with(begin) && !note.contains("private") && !note.contains(SECRET), "{note}");
    }
}

#[test]
fn a_repeated_message_is_marked_and_not_dropped() {
    let mut listener = Listener::start(&["--path", "/pushed"]);
    assert!(listener.url.ends_with("/pushed"), "{}", listener.url);
    let spaced = order(1, "").replace(",", " , ");
    let pushes = signed([order(1, ""), order(2, ""), spaced]);
    for push in [&pushes[0], &pushes[1], &pushes[0], &pushes[2], &pushes[1]] {
        assert_eq!(listener.send(push), 200);
    }
    let lines: Vec<_> = (0..5).map(|_| listener.line()).collect();
    let marks: Vec<_> = lines.iter().map(|line| line["duplicate"].as_bool().unwrap()).collect();
    assert_eq!(marks, [false, false, true, true, true]);
    assert_eq!(lines[0]["id"], lines[3]["id"]);
}

/// Messages that a pipe holds only a few of.
fn large(count: usize) -> Vec<Push> {
    signed((0..count).map(|number| order(number, &"x".repeat(20_000))))
}

#[test]
fn a_reader_who_does_not_read_delays_no_answer_and_a_full_queue_is_answered_503() {
    let mut listener = Listener::start(&["--queue", "5"]);
    let mut connection = listener.connect();
    let pushes = large(40);
    let answers: Vec<_> = pushes.iter().map(|push| connection.send(push)).collect();
    let slowest = answers.iter().map(|(_, time)| *time).max().unwrap();
    println!("the slowest of {} answers took {slowest:?}", answers.len());
    assert!(slowest < PLATFORM_WAITS, "{slowest:?}");
    let accepted: Vec<_> = answers.iter().enumerate().filter(|(_, answer)| answer.0 == 200).map(|(at, _)| at).collect();
    assert!((5..40).contains(&accepted.len()), "{answers:?}");
    assert!(answers.iter().all(|answer| matches!(answer.0, 200 | 503)), "{answers:?}");

    // Every accepted message, and no other one, comes out when somebody reads.
    for number in &accepted {
        assert_eq!(listener.line()["body"]["orderId"], number.to_string());
    }
    // What was answered 503 is repeated, and is no duplicate.
    let refused = (0..40).find(|number| !accepted.contains(number)).unwrap();
    assert_eq!(connection.send(&pushes[refused]).0, 200);
    let line = listener.line();
    assert_eq!((&line["body"]["orderId"], &line["duplicate"]), (&json!(refused.to_string()), &json!(false)));
}

#[test]
fn a_reader_who_does_not_read_stderr_delays_no_answer() {
    let mut listener = Listener::start(&[]);
    let mut connection = listener.connect();
    let push = one(&order(1, ""));
    let wrong = Push { authorization: "0".repeat(64), ..push.clone() };
    for _ in 0..3000 {
        let (status, time) = connection.send(&wrong);
        assert!(status == 401 && time < PLATFORM_WAITS, "{status} {time:?}");
    }
    assert_eq!(connection.send(&push).0, 200);
    assert_eq!(listener.line()["body"]["orderId"], "1");
}

#[test]
fn a_signal_stops_it_when_all_that_was_accepted_is_printed() {
    for signal in ["TERM", "INT"] {
        let mut listener = Listener::start(&[]);
        let mut connection = listener.connect();
        for push in large(40) {
            assert_eq!(connection.send(&push).0, 200);
        }
        listener.signal(signal);
        thread::sleep(Duration::from_millis(300));
        assert!(listener.child.try_wait().unwrap().is_none(), "it did not wait for its reader");
        let lines = listener.rest();
        assert_eq!(lines.len(), 40);
        for (at, line) in lines.iter().enumerate() {
            assert_eq!(line["body"]["orderId"], at.to_string());
        }
        assert_eq!(listener.code(), Some(0), "{signal}");
    }
}

#[test]
fn a_second_signal_stops_it_at_once_and_says_what_was_not_printed() {
    let mut listener = Listener::start(&[]);
    let notes = listener.notes();
    let mut connection = listener.connect();
    for push in large(40) {
        assert_eq!(connection.send(&push).0, 200);
    }
    listener.signal("TERM");
    thread::sleep(Duration::from_millis(300));
    let started = Instant::now();
    listener.signal("TERM");
    assert_eq!(listener.code(), Some(3));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let notes: Vec<_> = notes.iter().collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    let words = notes[0].strip_prefix("error: stopped at the second signal; ").unwrap();
    let left: usize = words.strip_suffix(" accepted messages were not printed").unwrap().parse().unwrap();
    // The pipe took some.
    assert!((1..40).contains(&left), "{left}");
}

#[test]
fn a_reader_who_has_gone_ends_it_and_the_message_that_is_lost_is_no_secret() {
    let mut listener = Listener::start(&[]);
    let notes = listener.notes();
    drop(listener.out.take());
    assert_eq!(listener.send(&one(&order(1, ""))), 200);
    assert_eq!(listener.code(), Some(3));
    let notes: Vec<_> = notes.iter().collect();
    assert_eq!(notes, ["error: nobody reads the output any more; 1 accepted messages were not printed"]);
}

#[test]
fn messages_are_passed_on_as_they_came() {
    let (sender, received) = channel();
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/pushed?by=xportcn", server.local_addr().unwrap());
    thread::spawn(move || {
        for stream in server.incoming() {
            let mut stream = stream.unwrap();
            let request = program::request(&mut stream);
            stream.write_all(program::http("204 No Content", "").as_bytes()).unwrap();
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    let mut listener = Listener::start(&["--forward", &url, "--forward-repeats"]);
    let push = one(&order(1, "原样"));
    let upper = Push { authorization: push.authorization.to_uppercase(), ..push.clone() };
    for push in [&push, &upper] {
        assert_eq!(listener.send(push), 200);
        listener.line();
        let request = String::from_utf8(received.recv_timeout(SOON).unwrap()).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, push.body);
        assert!(head.starts_with("POST /pushed?by=xportcn HTTP/1.1\r\n"), "{head}");
        assert!(head.contains(&format!("\r\nauthorization: {}\r\n", push.authorization)), "{head}");
        assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
    }
}

#[test]
fn a_dead_or_refusing_server_behind_it_costs_a_line_on_stderr_and_nothing_else() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refusing = program::answering(program::http("500 Internal Server Error", "private"));
    for (url, said) in [(format!("http://{closed}/x"), "onnect"), (format!("{refusing}/x"), "HTTP status 500")] {
        let mut listener = Listener::start(&["--forward", &url]);
        let notes = listener.notes();
        let (status, time) = listener.connect().send(&one(&order(1, "private")));
        assert!(status == 200 && time < PLATFORM_WAITS, "{status} {time:?}");
        let id = listener.line()["id"].as_str().unwrap().to_string();
        let note = notes.recv_timeout(SOON).unwrap();
        assert!(note.starts_with(&format!("not passed on: message {id}: ")) && note.contains(said), "{note}");
        assert!(!note.contains("private") && !note.contains(SECRET), "{note}");
        listener.signal("TERM");
        assert_eq!(listener.code(), Some(0));
    }
}

#[test]
fn a_server_behind_it_that_never_answers_delays_neither_answers_nor_lines() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in silent.incoming() {
            let mut stream = stream.unwrap();
            let mut piece = [0; 1024];
            assert!(stream.read(&mut piece).unwrap() > 0);
            kept.push(stream);
        }
    });
    let mut listener = Listener::start(&["--forward", &url, "--queue", "30"]);
    let mut connection = listener.connect();
    let pushes = signed((0..60).map(|number| order(number, "")));
    let answers: Vec<_> = pushes.iter().map(|push| connection.send(push)).collect();
    let slowest = answers.iter().map(|(_, time)| *time).max().unwrap();
    println!("the slowest of {} answers took {slowest:?}", answers.len());
    assert!(slowest < PLATFORM_WAITS, "{slowest:?}");
    let accepted = answers.iter().filter(|answer| answer.0 == 200).count();
    // Those on their way, and those in the queue.
    assert!((30..60).contains(&accepted), "{accepted}");
    assert_eq!(answers.iter().filter(|answer| answer.0 == 503).count(), 60 - accepted);
    for _ in 0..accepted {
        listener.line();
    }
}

#[test]
fn the_shapes_of_all_messages_are_written_at_the_end() {
    let file = std::env::temp_dir().join(format!("xportcn-listen-shapes-{}.jsonl", std::process::id()));
    let mut listener = Listener::start(&["--shapes", file.to_str().unwrap()]);
    for number in [7, 4321] {
        assert_eq!(listener.send(&one(&order(number, "private"))), 200);
        listener.line();
    }
    listener.signal("TERM");
    assert_eq!(listener.code(), Some(0));
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(!written.contains("private") && !written.contains("4321"), "{written}");
    let shapes: serde_json::Value = serde_json::from_str(&written).unwrap();
    let content = &shapes["rows"]["alibaba.push.order_status_changed"]["body"]["members"]["messageBody"]["members"];
    assert_eq!(content["orderId"], json!({"types": {"digits": 2}, "digits": [1, 4]}));
    assert_eq!(content["note"], json!({"types": {"text": 2}, "unknown": true}));
}
