//! `xportcn listen` and messages that come again: repeats, old ones, and its own.

mod listener;
mod program;

use listener::{Listener, Push, signed, with_keys};
use serde_json::json;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SOON: Duration = Duration::from_secs(15);
const LONG_ENOUGH: Duration = Duration::from_millis(500);

/// A message on an order whose time is so many seconds ago.
fn aged(number: usize, seconds: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let sent = (now - Duration::from_secs(seconds)).as_millis();
    format!(
        "{{\"messageType\":\"ORDER_CREATE\",\"messageBody\":{{\"orderId\":\"{number}\"}},\"messagePlatform\":1,\
         \"timestamp\":\"{sent}\"}}"
    )
}

fn one(body: String) -> Push {
    signed([body]).remove(0)
}

/// A server that takes all that is passed on; gives its URL and the bodies.
fn taking() -> (String, Receiver<String>) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/pushed", server.local_addr().unwrap());
    let (sender, received) = channel();
    thread::spawn(move || {
        for stream in server.incoming() {
            let mut stream = stream.unwrap();
            let request = String::from_utf8(program::request(&mut stream)).unwrap();
            stream.write_all(program::http("200 OK", "").as_bytes()).unwrap();
            if sender.send(request.split_once("\r\n\r\n").unwrap().1.to_string()).is_err() {
                return;
            }
        }
    });
    (url, received)
}

struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let file = Self(std::env::temp_dir().join(format!("xportcn-repeats-{}-{name}", std::process::id())));
        let _ = std::fs::remove_file(&file.0);
        file
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_repeat_is_passed_on_only_where_it_is_asked_for() {
    for (more, times) in [(&[][..], 1), (&["--forward-repeats"], 3)] {
        let (url, received) = taking();
        let mut listener = Listener::start(&[&["--forward", &url], more].concat());
        let push = one(aged(1, 0));
        for repeat in 0..3 {
            assert_eq!(listener.send(&push), 200);
            assert_eq!(listener.line()["duplicate"], json!(repeat > 0));
        }
        for _ in 0..times {
            assert_eq!(received.recv_timeout(SOON).unwrap(), push.body);
        }
        assert!(received.recv_timeout(LONG_ENOUGH).is_err(), "it was passed on once too often");
    }
}

#[test]
fn what_was_answered_503_is_no_repeat() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let mut listener = Listener::start(&["--forward", &url, "--queue", "1"]);
    let pushes = signed((0..30).map(|number| aged(number, 0)));
    let refused = pushes.iter().find(|push| {
        // Those before are on their way by then, as many as may be.
        thread::sleep(Duration::from_millis(100));
        let status = listener.send(push);
        if status == 200 {
            listener.line();
        }
        status == 503
    });
    // It is asked for a place among what is passed on again, and there is none: were it known, it would need none.
    assert_eq!(listener.send(refused.unwrap()), 503);
}

#[test]
fn ids_in_a_file_are_known_after_a_restart_and_without_it_are_not() {
    let file = File::new("ids");
    let push = one(aged(1, 0));
    for (words, known) in
        [(&["--remember", file.path()][..], false), (&["--remember", file.path()], true), (&[], false)]
    {
        let (url, received) = taking();
        let mut listener = Listener::start(&[words, &["--forward", &url]].concat());
        assert_eq!(listener.send(&push), 200);
        let line = listener.line();
        assert_eq!(line["duplicate"], json!(known));
        assert_eq!(received.recv_timeout(if known { LONG_ENOUGH } else { SOON }).is_ok(), !known);
        listener.signal("TERM");
        assert_eq!(listener.code(), Some(0));
        assert_eq!(std::fs::read_to_string(&file.0).unwrap(), format!("{}\n", line["id"].as_str().unwrap()));
    }
}

#[test]
fn ids_survive_a_kill() {
    let file = File::new("killed");
    let pushes = signed((0..50).map(|number| aged(number, 0)));
    let mut listener = Listener::start(&["--remember", file.path()]);
    for push in &pushes {
        assert_eq!(listener.send(push), 200);
        listener.line();
    }
    thread::sleep(LONG_ENOUGH);
    listener.signal("KILL");
    listener.child.wait().unwrap();
    let mut listener = Listener::start(&["--remember", file.path()]);
    for push in &pushes {
        assert_eq!(listener.send(push), 200);
        assert_eq!(listener.line()["duplicate"], json!(true));
    }
}

#[test]
fn a_file_that_holds_no_ids_or_is_in_use_is_a_mistake() {
    let file = File::new("foreign");
    std::fs::write(&file.0, "notes of somebody\n").unwrap();
    let words = ["listen", "--port", "0", "--remember", file.path()];
    with_keys(words).run().exits(2).says(&[file.path(), "left as it is"]);
    assert_eq!(std::fs::read_to_string(&file.0).unwrap(), "notes of somebody\n");
    std::fs::write(&file.0, "").unwrap();
    let _first = Listener::start(&["--remember", file.path()]);
    with_keys(words).run().exits(2).says(&[file.path(), "another program"]);
}

#[test]
fn what_is_older_than_it_may_be_is_refused() {
    let mut listener = Listener::start(&["--max-age", "3h"]);
    let notes = listener.notes();
    let pushes = signed([
        aged(1, 3 * 3600 + 60),
        aged(2, 3 * 3600 - 60),
        aged(3, 0),
        // A kind of message that has no time.
        r#"{"out_order_id":"205569999001","quality_inspection_info":{"weight":"0.4"}}"#.to_string(),
    ]);
    let answers: Vec<_> = pushes.iter().map(|push| listener.send(push)).collect();
    assert_eq!(answers, [400, 200, 200, 200]);
    let note = notes.recv_timeout(SOON).unwrap();
    assert!(note.starts_with("refused: message ") && note.contains("older than 3h"), "{note}");
    assert_eq!(listener.line()["body"]["orderId"], "2");
    // Without the flag it is taken, and what was refused is no repeat.
    let mut patient = Listener::start(&[]);
    assert_eq!(patient.send(&pushes[0]), 200);
    assert_eq!(patient.line()["duplicate"], json!(false));
    for wrong in ["", "3", "-1s", "soon"] {
        with_keys(["listen", "--port", "0", &format!("--max-age={wrong}")]).run().exits(2);
    }
}

#[test]
fn it_does_not_pass_on_to_itself() {
    let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    for (address, host) in
        [("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "localhost"), ("0.0.0.0", "127.0.0.1"), ("0.0.0.0", "127.9.9.9")]
    {
        let port = free();
        let url = format!("http://{host}:{port}/other");
        let words = ["listen", "--port", &port, "--address", address, "--forward", &url];
        with_keys(words).run().exits(2).says(&["--forward", "itself"]);
    }
    // Another program's port of the same machine is another address.
    let (url, received) = taking();
    let mut listener = Listener::start(&["--address", "0.0.0.0", "--forward", &url]);
    listener.url = listener.url.replace("0.0.0.0", "127.0.0.1");
    let push = one(aged(1, 0));
    assert_eq!(listener.send(&push), 200);
    assert_eq!(received.recv_timeout(SOON).unwrap(), push.body);
}

#[test]
fn what_comes_back_by_another_way_is_refused_and_said() {
    let between = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/way", between.local_addr().unwrap());
    let mut listener = Listener::start(&["--forward", &url, "--forward-repeats"]);
    let back = listener.url.strip_prefix("http://").unwrap().to_string();
    // A proxy that leads back to where the message came from.
    thread::spawn(move || {
        for stream in between.incoming() {
            let mut stream = stream.unwrap();
            let request = program::request(&mut stream);
            let mut onwards = std::net::TcpStream::connect(&back).unwrap();
            onwards.write_all(String::from_utf8(request).unwrap().replace("POST /way", "POST /").as_bytes()).unwrap();
            let mut answer = [0; 4096];
            let length = std::io::Read::read(&mut onwards, &mut answer).unwrap();
            stream.write_all(&answer[..length]).unwrap();
        }
    });
    let notes = listener.notes();
    assert_eq!(listener.send(&one(aged(1, 0))), 200);
    listener.line();
    let said: Vec<_> = (0..2).map(|_| notes.recv_timeout(SOON).unwrap()).collect();
    assert!(said[0].contains("came back") && said[1].contains("508"), "{said:?}");
    assert!(notes.recv_timeout(LONG_ENOUGH).is_err(), "it went round");
}

#[test]
fn a_message_turns_no_text_on_a_terminal() {
    let mut listener = Listener::start(&[]);
    let body = aged(1, 0).replace("\"orderId\":\"1\"", "\"note\":\"a\u{202e}b\u{2066}c\u{9b}31m\"");
    assert_eq!(listener.send(&one(body)), 200);
    let mut line = String::new();
    std::io::BufRead::read_line(listener.out.as_mut().unwrap(), &mut line).unwrap();
    assert!(line.contains("a\\u202eb\\u2066c\\u009b31m"), "{line}");
    let message: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(message["body"]["note"], "a\u{202e}b\u{2066}c\u{9b}31m");
}

#[test]
fn a_refusal_turns_no_text_on_a_terminal() {
    let refusal = "{\"code\":\"1\u{202e}2\",\"msg\":\"余额\u{202e}不足\u{2066}\\u009b2J\",\"requestId\":\"r\\u2066\"}";
    let url = program::answering(program::http("200 OK", refusal));
    let ended = program::xportcn(program::RENDER).at(&url).run().exits(1);
    for c in ['\u{202e}', '\u{2066}', '\u{9b}'] {
        assert!(!ended.err.contains(c), "{}", ended.err);
    }
    assert!(ended.err.contains("\\u{202e}不足\\u{2066}\\u{9b}2J"), "{}", ended.err);
    let reply = "{\"code\":200,\"data\":{\"currency\":\"C\u{202e}N\"},\"requestId\":\"r\"}";
    let url = program::answering(program::http("200 OK", reply));
    let ended = program::xportcn(program::RENDER).at(&url).run().exits(0);
    assert!(ended.out.contains("C\\u202eN"), "{}", ended.out);
    assert_eq!(ended.json()["currency"], "C\u{202e}N");
}
