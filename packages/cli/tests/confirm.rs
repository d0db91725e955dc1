//! `xportcn confirm`.

mod program;

use program::{Sandbox, request, xportcn};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use xportcn_core::catalogue;
use xportcn_core::endpoint::Safety;
use xportcn_core::schema::{Form, Kind};

const DRIFT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../sandbox/tests/drift/platform.json");
const DIFFERENCES: &str = include_str!("../../sandbox/tests/drift/differences.json");

/// The report of a run against a sandbox with some orders.
fn report(words: &[&str]) -> Value {
    let sandbox = Sandbox::start_with(words);
    for id in ["taobao.order.purchase_create", "alibaba.order.create"] {
        let example = catalogue::find(id).unwrap().example;
        xportcn(["call", id, "--json", example]).on(&sandbox).run().exits(0);
    }
    let run = xportcn(["confirm", "--interval", "0s", "--json"]).on(&sandbox).run().exits(0);
    run.says(&["--yes writes it"]).json()
}

/// The types of each place of the data of a row that was found.
fn places(row: &Value) -> BTreeMap<String, Vec<String>> {
    fn walk(node: &Value, path: String, found: &mut BTreeMap<String, Vec<String>>) {
        for (name, member) in node["members"].as_object().into_iter().flatten() {
            let joint = if name == "[]" || path.is_empty() { "" } else { "." };
            walk(member, format!("{path}{joint}{name}"), found);
        }
        found.insert(path, node["types"].as_object().unwrap().keys().cloned().collect());
    }
    let mut found = BTreeMap::new();
    let tries = row["tries"].as_array().unwrap();
    if let Some(attempt) = tries.iter().find(|attempt| attempt["class"] == "exists") {
        walk(&attempt["shape"]["members"]["data"], String::new(), &mut found);
    }
    found
}

/// What differs between two reports, in words.
fn differences(plain: &Value, drifted: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let (plain, drifted) = (plain["rows"].as_array().unwrap(), drifted["rows"].as_array().unwrap());
    assert_eq!(plain.len(), drifted.len());
    for (one, other) in plain.iter().zip(drifted) {
        let id = one["id"].as_str().unwrap();
        assert_eq!((&one["result"], &other["id"]), (&Value::from("exists"), &one["id"]), "{id}");
        match other["result"].as_str().unwrap() {
            "exists" if one["found"] == other["found"] => {}
            "exists" => {
                let place = &other["found"];
                found.insert(format!("{id} is {} {}", text(&place["method"]), text(&place["path"])));
            }
            result => drop(found.insert(format!("{id} {result}"))),
        }
        let (one, other) = (places(one), places(other));
        if one.is_empty() || other.is_empty() {
            continue;
        }
        // What is below a place that is gone, new or of another type is so with it.
        let mut top: Vec<&str> = Vec::new();
        for path in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
            if one.get(path) == other.get(path) || top.iter().any(|above| is_below(path, above)) {
                continue;
            }
            top.push(path);
            let what = match (one.get(path), other.get(path)) {
                (Some(_), None) => "gone",
                (None, Some(_)) => "new",
                _ => "of another type",
            };
            found.insert(format!("{id} {path} {what}"));
        }
    }
    found
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with(['.', '[']))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn references_that_come_back_are_told_without_a_value() {
    let report = report(&[]);
    let of = |row: &str, shown: &str| {
        let found =
            report["references"].as_array().unwrap().iter().find(|seen| seen["row"] == row && seen["shown"] == shown);
        let seen = found.unwrap_or_else(|| panic!("nothing of {row} {shown}: {}", report["references"]));
        (text(&seen["written"]).to_string(), seen["with"] == seen["orders"], seen["with"].as_u64().unwrap())
    };
    let one = |written: &str| (written.to_string(), true, 1);
    assert_eq!(of("taobao.order.purchase_page", "sellerOrderNumber"), one("sellerOrderNumber"));
    assert_eq!(of("alibaba.order.page", "baseInfo.buyerFeedback"), one("message"));
    // The example carries no number of the caller's.
    assert_eq!(of("alibaba.order.page", "baseInfo.outOrderId"), ("outOrderId".to_string(), false, 0));
    assert!(!report["references"].to_string().contains("请小心包装"));
}

#[test]
fn exactly_the_drift_of_a_platform_is_found() {
    let listed: Vec<Value> = serde_json::from_str(DIFFERENCES).unwrap();
    let refused: Vec<_> =
        listed.iter().filter(|one| one["difference"] == "request name").map(|one| &one["row"]).collect();
    let mut expected = BTreeSet::new();
    let mut count = 0;
    for difference in &listed {
        let of = |name: &str| text(&difference[name]);
        let (row, field) = (of("row"), of("field"));
        // A call that is refused for a name of its request shows nothing of its reply.
        if refused.contains(&&difference["row"]) && of("difference") != "request name" {
            continue;
        }
        count += 1;
        match of("difference") {
            "absent" => drop(expected.insert(format!("{row} absent"))),
            // Its request holds a list, which no URL can: that there is another method is all that a read can tell.
            "place" if row == "alibaba.after_sale.reasons" => drop(expected.insert(format!("{row} another method"))),
            "place" => drop(expected.insert(format!("{row} is {} {}", of("method"), of("path")))),
            "right" => drop(expected.insert(format!("{row} exists, refused for a right"))),
            "request name" => drop(expected.insert(format!("{row} exists, refused for a parameter"))),
            "missing" => drop(expected.insert(format!("{row} {field} gone"))),
            "type" => drop(expected.insert(format!("{row} {field} of another type"))),
            "name" => {
                let parent = field.rsplit_once('.').map_or(String::new(), |(parent, _)| format!("{parent}."));
                expected.insert(format!("{row} {field} gone"));
                expected.insert(format!("{row} {parent}{} new", of("to")));
            }
            other => panic!("{other}"),
        }
    }
    let found = differences(&report(&[]), &report(&["--drift", DRIFT]));
    assert_eq!(found, expected);
    assert!(count >= 30, "{count}");
}

#[test]
fn what_was_found_is_written_as_paths_that_calls_take() {
    let sandbox = Sandbox::start_with(&["--drift", DRIFT]);
    let name = scratch("paths");
    let words = ["confirm", "taobao.order.page", "--interval", "0s", "--yes", "--report", name.to_str().unwrap()];
    let ended = xportcn(words).on(&sandbox).run().exits(0);
    assert!(ended.out.contains("| taobao.order.page | exists | POST | /open/order/page |"), "{}", ended.out);
    let file = format!("{}.paths.json", name.display());
    let call = ["call", "taobao.order.page", "pageNo=1", "pageSize=10"];
    xportcn(call).on(&sandbox).run().exits(1);
    xportcn(call).on(&sandbox).env("XPORTCN_PATHS", &file).run().exits(0);
    xportcn(call.into_iter().chain(["--paths", &file])).on(&sandbox).run().exits(0);
    for ending in ["json", "md", "paths.json"] {
        std::fs::remove_file(format!("{}.{ending}", name.display())).unwrap();
    }
}

fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("xportcn-confirm-{name}-{}", std::process::id()))
}

/// A platform of one's own, which answers by the method and path of each request.
struct Platform {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Platform {
    fn start(answer: impl Fn(usize, &str, &str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let head = String::from_utf8_lossy(&request(&mut stream)).to_string();
                let mut words = head.split_whitespace();
                let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                let path = path.split('?').next().unwrap_or_default();
                let number = {
                    let mut noted = noted.lock().unwrap();
                    noted.push(format!("{method} {path}"));
                    noted.len()
                };
                // Whoever has gone needs no answer.
                let _ = stream.write_all(answer(number, method, path).as_bytes());
            }
        });
        Self { url, asked }
    }
}

fn answered(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

const JSON: &str = "content-type: application/json\r\n";
const ACCEPTED: &str = r#"{"code":200,"msg":"success","data":{}}"#;
const PUBLISHED: &str = "/open/product/recommend";

fn confirm(url: &str) -> program::Ended {
    xportcn(["confirm", "--interval", "0s", "--json"]).at(url).run()
}

#[test]
fn no_row_that_writes_is_ever_called_and_every_place_of_a_read_is_tried() {
    let platform = Platform::start(|_, method, path| match (method, path) {
        ("POST", PUBLISHED) => answered("200 OK", JSON, ACCEPTED),
        _ => answered("404 Not Found", JSON, r#"{"code":404,"msg":"none"}"#),
    });
    confirm(&platform.url).exits(0);
    let asked = platform.asked.lock().unwrap();
    let is_at = |asked: &str, path: &str| {
        let (asked, path): (Vec<_>, Vec<_>) = (asked.split('/').collect(), path.split('/').collect());
        asked.len() == path.len() && asked.iter().zip(path).all(|(a, b)| *a == b || b.starts_with('{'))
    };
    for row in catalogue::ENDPOINTS {
        let mut places = vec![(row.method.as_str(), row.path)];
        places.extend(row.candidates.iter().map(|candidate| (candidate.method.as_str(), candidate.path)));
        for (method, path) in places {
            let calls = asked.iter().filter_map(|line| line.split_once(' '));
            let calls = calls.filter(|(_, asked)| is_at(asked, path)).collect::<Vec<_>>();
            match row.safety {
                Safety::Write => assert!(calls.is_empty(), "{}: {calls:?}", row.id),
                // Candidates of reads are in the report, whether they can be sent or not.
                Safety::Read if path == row.path && row.evidence.path.as_str() == "inferred" => {
                    assert!(calls.iter().any(|(called, _)| *called == method), "{} {method} {path}", row.id);
                }
                Safety::Read => {}
            }
        }
    }
    assert!(asked.len() > 60, "{}", asked.len());
}

#[test]
fn it_ends_at_429_and_at_a_refusal_of_the_account() {
    for (status, body, reason) in [
        ("429 Too Many Requests", "", "fewer calls"),
        ("200 OK", r#"{"code":429,"msg":"slow down"}"#, "fewer calls"),
        ("401 Unauthorized", "", "refused the account"),
        ("200 OK", r#"{"code":50000,"msg":"签名错误"}"#, "refused the account"),
    ] {
        let platform = Platform::start(move |number, method, path| match (method, path) {
            ("POST", PUBLISHED) => answered("200 OK", JSON, ACCEPTED),
            _ if number >= 8 => answered(status, JSON, body),
            _ => answered("404 Not Found", JSON, r#"{"code":404,"msg":"none"}"#),
        });
        let ended = confirm(&platform.url).exits(1);
        assert!(ended.err.contains(reason), "{}", ended.err);
        assert_eq!(platform.asked.lock().unwrap().len(), 8, "{status} {body}");
        let last = ended.json()["rows"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["result"], &last["why"]), (&"not tried".into(), &"the run had ended".into()));
    }
}

#[test]
fn without_both_controls_it_stops() {
    for (published, nothing, reason) in [
        (
            r#"{"code":40108,"msg":"签名错误"}"#,
            r#"{"code":404,"msg":"none"}"#,
            "no call of a published path was accepted",
        ),
        (ACCEPTED, ACCEPTED, "nothing can be told apart"),
    ] {
        let platform = Platform::start(move |_, _, path| {
            answered("200 OK", JSON, if path.contains("nothing") { nothing } else { published })
        });
        confirm(&platform.url).exits(1).says(&[reason]);
        assert!(platform.asked.lock().unwrap().len() <= 8);
    }
}

#[test]
fn what_is_wrong_on_the_command_line_is_told_before_anything_is_sent() {
    for (words, expected) in [
        (["confirm", "taobao.order.pay"].as_slice(), "is never called to find something out"),
        (&["confirm", "taobao.order.pag"], "did you mean `taobao.order.page`"),
        (&["confirm", "--interval", "100ms", "--base-url", "https://www.xportcn.com/api"], "at least 1s"),
        (&["confirm", "--path", "taobao.order.pag=/x"], "did you mean `taobao.order.page`"),
    ] {
        xportcn(words.iter().copied()).at("http://127.0.0.1:1").run().exits(2).says(&[expected]);
    }
}

/// Nobody's data, but of the kind that must not be handed on.
const PERSONAL: [&str; 10] = [
    "key-of-the-tests",
    program::SECRET,
    "user-of-the-tests",
    "13812345678",
    "张伟",
    "zhangwei",
    "浙江省杭州市西湖区象山路1号",
    "https://example.com/items/1?sign=ABC",
    "Warm winter boots, size 42",
    "zhang.wei@example.com",
];

/// A value of this kind that holds nothing but `text`, in every field of its table.
fn hostile(kind: &'static Kind, form: Form, text: &str, depth: usize) -> Value {
    match kind {
        Kind::Object(schema) if depth < 6 => {
            let fields = schema.fields.iter();
            let mut object: serde_json::Map<_, _> = fields
                .map(|field| (field.wire().to_string(), hostile(&field.kind, field.form, text, depth + 1)))
                .collect();
            object.insert(text.to_string(), text.into());
            let others = PERSONAL.iter().map(|name| (name.to_string(), Value::from(*name)));
            object.insert("further".into(), Value::Object(others.collect()));
            let object = Value::Object(object);
            if form == Form::Embedded { object.to_string().into() } else { object }
        }
        Kind::List(kind) if depth < 6 => Value::Array(vec![hostile(kind, Form::Plain, text, depth + 1)]),
        _ => text.into(),
    }
}

#[test]
fn nothing_of_anybody_is_in_the_report_or_in_the_shapes() {
    let platform = Platform::start(|number, method, path| {
        let text = PERSONAL[number % PERSONAL.len()];
        let headers = "content-type: zhangwei/13812345678\r\nx-name: zhangwei\r\ndate: 13812345678\r\n";
        let row = catalogue::ENDPOINTS.iter().find(|row| row.path == path);
        let mut body = match row {
            Some(row) => serde_json::json!({"code": 200, "data": hostile(&row.reply, Form::Plain, text, 0)}),
            None => serde_json::json!({"code": 13812345678_u64, "data": {text: text}}),
        };
        body["msg"] = PERSONAL.join(" 参数 ").into();
        body["requestId"] = text.into();
        body["developId"] = text.into();
        body[text] = text.into();
        // A part of the rows is refused, with a code that is none.
        if number % 5 == 4 && (method, path) != ("POST", PUBLISHED) {
            body["code"] = text.into();
        }
        answered(if row.is_some() { "200 OK" } else { "404 Not Found" }, headers, &body.to_string())
    });
    let name = scratch("hostile");
    let shapes = scratch("shapes");
    let words = ["confirm", "--interval", "0s", "--yes", "--report", name.to_str().unwrap()];
    let ended = xportcn(words).at(&platform.url).run().exits(0);
    let call = ["call", "taobao.order.page", "--shapes", shapes.to_str().unwrap()];
    xportcn(call).at(&platform.url).run();
    let mut written = vec![ended.out, ended.err, std::fs::read_to_string(&shapes).unwrap()];
    for ending in ["json", "md", "paths.json"] {
        let file = format!("{}.{ending}", name.display());
        written.push(std::fs::read_to_string(&file).unwrap());
        std::fs::remove_file(file).unwrap();
    }
    std::fs::remove_file(&shapes).unwrap();
    let report: Value = serde_json::from_str(&written[3]).unwrap();
    assert!(report["rows"].as_array().unwrap().iter().filter(|row| row["result"] == "exists").count() > 20);
    for text in &written {
        for personal in PERSONAL.iter().chain(&["example.com", "ABC", "winter", "象山路", "1c3b8f", "138123"]) {
            assert!(!text.to_lowercase().contains(&personal.to_lowercase()), "{personal} is in {text}");
        }
    }
}
