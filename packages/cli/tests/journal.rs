//! `xportcn call --journal` and `xportcn journal`: calls whose process is killed are never made twice.

mod program;

use program::{Ended, Sandbox, xportcn};
use serde_json::Value as Json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

const CREATE: &str = "taobao.order.purchase_create";

/// Two of the sandbox's answers in three are lost or late, before or after it did what was asked.
const FAULTS: &str = "endpoint=taobao.order.purchase_create,rate=0.7,kinds=reset|truncate|503|slow,slow-ms=400,seed=11";

fn file(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("calls.journal").to_str().unwrap().to_string()
}

fn order(reference: &str) -> String {
    let examples: Json = serde_json::from_str(include_str!("../../../tests/examples.json")).unwrap();
    let mut params = examples["examples"][CREATE].clone();
    params["sellerOrderNumber"] = reference.into();
    params.to_string()
}

fn words<'a>(json: &'a str, journal: &'a str) -> Vec<&'a str> {
    let limits = ["--deadline", "1s", "--recovery-window", "1s", "--max-retries", "0"];
    [&["call", CREATE, "--json", json, "--journal", journal][..], &limits].concat()
}

fn create(sandbox: &Sandbox, json: &str, journal: &str) -> Ended {
    xportcn(words(json, journal)).on(sandbox).run()
}

/// What the sandbox has done, by the reference of each order.
fn ordered(sandbox: &Sandbox) -> Vec<String> {
    let address = sandbox.url.split('/').nth(2).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /sandbox/ledger HTTP/1.0\r\nhost: sandbox\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let ledger: Json = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let entries = ledger["entries"].as_array().unwrap().iter().filter(|entry| entry["action"] == "created");
    entries.map(|entry| entry["reference"].as_str().unwrap_or_default().to_string()).collect()
}

fn listed(journal: &str) -> Json {
    xportcn(["journal", journal, "--json"]).run().exits(0).json()
}

fn kill(mut child: Child) {
    // It may have ended already.
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_call_that_was_answered_is_not_made_again() {
    let sandbox = Sandbox::start();
    let journal = file("answered");
    let json = order("j-1");
    let first = create(&sandbox, &json, &journal).exits(0);
    let again = create(&sandbox, &json, &journal).exits(0).says(&["nothing was sent"]);
    assert_eq!(first.json(), again.json());
    create(&sandbox, &order("j-2").replace("j-2\"", "j-1\",\"remark\":\"x\""), &journal).exits(2);
    xportcn(words(&json, &journal).into_iter().chain(["--retry-writes"])).on(&sandbox).run().exits(2);
    assert_eq!(ordered(&sandbox).len(), 1);
    // What only reads is not kept.
    xportcn(["call", "address.list", "--journal", &journal]).on(&sandbox).run().exits(0);
    let cancel = ["call", "alibaba.order.cancel", "webSite=1688", "orderId=1", "cancelReason=other"];
    let keyless = cancel.into_iter().chain(["--journal", &journal]);
    xportcn(keyless).on(&sandbox).run().exits(2).says(&["key"]);
    let rows = listed(&journal);
    assert_eq!(
        (rows.as_array().unwrap().len(), &rows[0]["key"], &rows[0]["state"]),
        (1, &"j-1".into(), &"answered".into())
    );
    let table = xportcn(["journal", &journal]).run().exits(0);
    assert!(table.out.starts_with("KEY  ENDPOINT"), "{}", table.out);
    xportcn(["journal", &file("absent")]).run().exits(2).says(&["no journal"]);
}

#[test]
fn whenever_the_process_is_killed_there_is_one_order_for_one_key() {
    let sandbox = Sandbox::start_with(&["--fault", FAULTS]);
    let journal = file("killed");
    let began = Instant::now();
    let mut killed = 0;
    for number in 0..24_u64 {
        let json = order(&format!("k-{number}"));
        // Before it is kept, while it is on its way, and after it was answered.
        for life in 0..3 {
            let child = xportcn(words(&json, &journal)).on(&sandbox).spawn();
            std::thread::sleep(Duration::from_millis((number * 17 + life * 41) % 160));
            killed += u64::from(child_is_alive(child));
        }
    }
    assert!(killed > 20, "only {killed} were killed");
    let mut ends = Vec::new();
    for number in 0..24_u64 {
        let ended = create(&sandbox, &order(&format!("k-{number}")), &journal);
        assert!(matches!(ended.code, Some(0 | 3 | 5)), "{ended:?}");
        ends.push(ended.code.unwrap());
    }
    let mut orders = ordered(&sandbox);
    orders.sort_unstable();
    let count = orders.len();
    orders.dedup();
    assert_eq!(count, orders.len(), "there are two orders for one key: {orders:?}");
    for (number, code) in ends.iter().enumerate() {
        let is_ordered = orders.contains(&format!("k-{number}"));
        // What is not known may be either.
        assert!(*code == 3 || (*code == 0) == is_ordered, "k-{number} ended with {code}: {orders:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(300));
}

/// Kills it; whether it was alive.
fn child_is_alive(mut child: Child) -> bool {
    let is_alive = child.try_wait().unwrap().is_none();
    kill(child);
    is_alive
}

#[test]
fn a_call_that_was_killed_on_its_way_is_found_by_the_next_run() {
    let sandbox = Sandbox::start_with(&["--fault", &format!("endpoint={CREATE},kinds=slow,when=after,slow-ms=60000")]);
    let journal = file("on-its-way");
    let json = order("w-1");
    let child = xportcn(["call", CREATE, "--json", &json, "--journal", &journal]).on(&sandbox).spawn();
    let began = Instant::now();
    while ordered(&sandbox).is_empty() {
        assert!(began.elapsed() < Duration::from_secs(30), "it was not sent");
        std::thread::sleep(Duration::from_millis(20));
    }
    // It is kept before the platform has it. While its process lives, nobody else makes the call.
    assert_eq!(listed(&journal)[0]["state"], "open");
    create(&sandbox, &json, &journal).exits(3).says(&["settled elsewhere"]);
    kill(child);
    let recovered = xportcn(["journal", &journal, "--recover", "--json"]).on(&sandbox).run().exits(0).json();
    assert_eq!((&recovered[0]["key"], &recovered[0]["state"]), (&"w-1".into(), &"done".into()));
    let found = create(&sandbox, &json, &journal).exits(0).json();
    assert_eq!((&found["outcome"], &found["found"][0]["sellerOrderNumber"]), (&"done".into(), &"w-1".into()));
    assert_eq!(ordered(&sandbox).len(), 1);
    // What the dead have left is removed.
    let folder = PathBuf::from(&journal);
    let left: Vec<_> =
        std::fs::read_dir(folder.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["calls.journal"]);
}
