//! `xportcn call`.

mod program;

use program::{Program, RENDER, SECRET, Sandbox, answering, http, xportcn};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

fn render(further: &[&'static str]) -> Program {
    xportcn(RENDER.iter().chain(further).copied())
}

#[test]
fn the_data_of_the_reply_is_printed_as_json() {
    let sandbox = Sandbox::start();
    let ended = render(&[]).on(&sandbox).run().exits(0);
    assert_eq!(ended.err, "");
    assert!(ended.out.starts_with("{\n  \"currency\": "), "{}", ended.out);
    assert!(ended.json()["refundOrderTemplate"]["refundReasons"].is_array(), "{}", ended.out);
}

#[test]
fn without_tls_no_proxy_sees_the_signed_headers() {
    let sandbox = Sandbox::start();
    let proxy = "http://127.0.0.1:1";
    let program = ["http_proxy", "HTTP_PROXY", "ALL_PROXY"].iter().fold(render(&[]), |p, name| p.env(name, proxy));
    program.env("NO_PROXY", "").on(&sandbox).run().exits(0);
}

#[test]
fn json_and_fields_are_merged_and_fields_win() {
    let url = "http://127.0.0.1:1";
    let expected = r#"'{"subOrderId":"1034499579120189839","refundType":3,"goodsStatus":2}'"#;
    let words = |json: &'static str| {
        ["call", "taobao.after_sale.render", "--dry-run", "--json", json, "goodsStatus=2"].into_iter()
    };
    let json = r#"{"subOrderId":1034499579120189839,"goodsStatus":1,"refundType":3}"#;

    let from_text = xportcn(words(json)).at(url).run().exits(0);
    assert!(from_text.out.contains(expected), "{}", from_text.out);

    let from_stdin = xportcn(words("-")).stdin(json).at(url).run().exits(0);
    assert!(from_stdin.out.contains(expected), "{}", from_stdin.out);

    let file = std::env::temp_dir().join(format!("xportcn-call-{}.json", std::process::id()));
    std::fs::write(&file, json).unwrap();
    let at_file = format!("@{}", file.display());
    let words = ["call", "taobao.after_sale.render", "--dry-run", "--json", &at_file, "goodsStatus=2"];
    let from_file = xportcn(words).at(url).run();
    std::fs::remove_file(&file).unwrap();
    assert!(from_file.exits(0).out.contains(expected));
}

#[test]
fn the_body_is_printed_as_received_when_asked_for() {
    let body = "{ \"code\":200,\n\"data\":{\"currency\":\"人民币\",\"x\":1.50} }";
    let ended = render(&["--raw"]).at(&answering(http("200 OK", body))).run().exits(0);
    assert_eq!(ended.out, body);
}

#[test]
fn warnings_go_to_stderr_and_the_data_to_stdout() {
    let body = r#"{"code":200,"data":{"currency":[1],"distributorId":12345678901234567890}}"#;
    let ended = render(&[]).at(&answering(http("200 OK", body))).run().exits(0);
    assert_eq!(ended.err, "warning: data.currency: expected text, found a list\n");
    assert_eq!(ended.json(), serde_json::json!({"currency": null, "distributorId": "12345678901234567890"}));
}

#[test]
fn a_refusal_of_the_platform_exits_with_1() {
    let sandbox = Sandbox::start();
    render(&["--access-secret", "another"]).on(&sandbox).run().exits(1).says(&["the platform refused", "(code 40108"]);
    let body = r#"{"code":50001,"msg":"余额不足\u001b[31m","requestId":"r-9"}"#;
    let ended = render(&[]).at(&answering(http("200 OK", body))).run().exits(1);
    assert!(!ended.err.contains('\u{1b}'), "{:?}", ended.err);
    ended.says(&["余额不足", "(code 50001, request r-9)"]);
    render(&[]).at(&answering(http("403 Forbidden", "no"))).run().exits(1).says(&["403", "check the access key"]);
}

#[test]
fn a_wrong_request_exits_with_2_and_names_the_field() {
    let url = "http://127.0.0.1:1";
    for (words, said) in [
        (&["goodsStatus=1"][..], &["subOrderId", "required", "nothing was sent"][..]),
        (&["subOrderId=1", "goodsStatus=x", "refundType=1"], &["goodsStatus", "whole number"]),
        (&["subOrderId=1", "goodsStatus=1", "refundType=1", "colour=red"], &["colour"]),
        (&["--json", "[]"], &["must be a JSON object"]),
        (&["--json", "{", "goodsStatus=1"], &["--json must be a JSON object"]),
        (&["--json", "@/no/such/file"], &["/no/such/file", "cannot be read"]),
        (&["--path", "no.such.row=/open"], &["no.such.row", "--path"]),
        (&["--path", "taobao.product.get=open"], &["taobao.product.get", "/open/order"]),
        (&["--base-url", "http://example.com"], &["base_url", "https://"]),
        (&["--base-url", "http://sandbox:8080"], &["base_url", "https://"]),
        (&["--base-url", ""], &["base_url", "is empty", "XPORTCN_BASE_URL or --base-url"]),
        (&["--access-key", "a\r\nb"], &["access_key", "line break", "--access-key"]),
    ] {
        let all = ["call", "taobao.after_sale.render"].iter().chain(words).copied();
        let ended = xportcn(all).at(url).run().exits(2).says(said);
        assert_eq!(ended.out, "");
    }
}

#[test]
fn stdin_that_is_no_request_exits_with_2() {
    for (stdin, said) in
        [(&b""[..], "must be a JSON object"), (b"\xff\xfe", "UTF-8"), (b"{\"subOrderId\":", "not valid JSON")]
    {
        let ended = xportcn(["call", "taobao.after_sale.render", "--json", "-"]).stdin(stdin).at("http://127.0.0.1:1");
        ended.run().exits(2).says(&[said]);
    }
}

#[test]
fn words_that_are_no_field_exit_with_2() {
    for word in ["goodsStatus", "=1"] {
        let ended = xportcn(["call", "taobao.after_sale.render", word]).at("http://127.0.0.1:1").run().exits(2);
        assert!(ended.err.contains("name=value"), "{}", ended.err);
    }
}

#[test]
fn an_unknown_endpoint_exits_with_2_and_suggests_a_known_one() {
    let ended = xportcn(["call", "taobao.after_sale.rendr"]).at("http://127.0.0.1:1").run();
    ended.exits(2).says(&["did you mean `taobao.after_sale.render`"]);
}

#[test]
fn without_an_account_the_variables_and_the_demo_are_named() {
    let ended = render(&["--dry-run"]).run().exits(2);
    ended.says(&["XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID", "--user-id", "`xportcn demo`"]);
    let ended = render(&[]).at("http://127.0.0.1:1").env("XPORTCN_USER_ID", "").run().exits(2);
    let ended = ended.says(&["set XPORTCN_USER_ID (or --user-id)"]);
    assert!(!ended.err.contains("ACCESS_KEY"), "{}", ended.err);
}

#[test]
fn a_lost_connection_exits_with_3() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    render(&["--max-retries", "0"]).at(&url).run().exits(3).says(&["no connection", "refused"]);
    render(&["--max-retries", "0"]).at(&answering("")).run().exits(3).says(&["the connection broke"]);
    render(&["--max-retries", "0"])
        .at(&answering(http("502 Bad Gateway", "<html>")))
        .run()
        .exits(3)
        .says(&["502", "the body begins: <html>"]);
}

#[test]
fn a_reply_that_cannot_be_read_exits_with_4() {
    for (body, said) in [("", "the body is empty"), ("<html>", "HTML"), ("{\"code\":200,", "cut off")] {
        render(&["--max-retries", "0"]).at(&answering(http("200 OK", body))).run().exits(4).says(&[said]);
    }
}

#[test]
fn a_call_that_reads_is_tried_again_and_times_are_checked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let attempts = std::thread::spawn(move || {
        (0..3).for_each(|_| drop(listener.accept().unwrap()));
    });
    render(&["--max-retries", "2", "--timeout", "5s", "--deadline", "20s"]).at(&url).run().exits(3);
    attempts.join().unwrap();
    let ended = render(&["--timeout", "soon"]).at(&url).run().exits(2);
    assert!(ended.err.contains("--timeout"), "{}", ended.err);
    for words in [
        "call address.list --timeout 5",
        "call address.list --max-backoff=-1s",
        "confirm --interval s",
        "listen --max-age x",
    ] {
        let ended = xportcn(words.split(' ')).run().exits(2);
        let forms = "write a number with its unit, as 500ms, 30s, 5m, 3h, 2days or 1m 30s";
        assert!(ended.err.contains(forms), "{words}: {}", ended.err);
    }
}

#[test]
fn a_404_on_an_inferred_row_says_so() {
    let url = answering(http("404 Not Found", "no route"));
    let ended = xportcn(["call", "taobao.product.query", "--json", "{}"]).at(&url).run().exits(1);
    ended.says(&["404", "not published", "`paths`"]);
}

#[test]
fn what_says_that_there_is_no_such_path_names_the_words_that_try_another() {
    let envelope = r#"{"code":404,"msg":"no such path"}"#;
    for answer in [http("404 Not Found", "no route"), http("405 Method Not Allowed", ""), http("200 OK", envelope)] {
        let url = answering(answer);
        let ended = xportcn(["call", "taobao.order.page", "--json", "{}"]).at(&url).run().exits(1);
        ended.says(&["not published", "sister-v2", "hint: try --path taobao.order.page='POST /open/order/page'"]);
    }
    let url = answering(http("200 OK", envelope));
    let ended = xportcn(["call", "address.list"]).at(&url).run().exits(1);
    ended.says(&["hint: if you know the right path, --path address.list='GET /..' sets it"]);
    for other in [r#"{"code":40004,"msg":"no such order"}"#, r#"{"code":200,"success":false,"msg":"no such order"}"#] {
        let url = answering(http("200 OK", other));
        let ended = xportcn(["call", "taobao.order.page", "--json", "{}"]).at(&url).run().exits(1);
        assert!(!ended.err.contains("hint:"), "{}", ended.err);
    }
}

#[test]
fn a_write_to_a_path_that_is_unknown_under_another_code_names_the_words_that_try_another() {
    let unknown = r#"{"code":500,"msg":"No static resource open/order/pay."}"#;
    let doubted = ["may have been carried out", "before calling again", "`paths`"];
    for (answer, row, words) in [
        (
            http("200 OK", unknown),
            "taobao.order.pay",
            "hint: try --path taobao.order.pay='POST /open/order/batch/pay' or",
        ),
        (http("500 Internal Server Error", unknown), "poizon.order.pay", "hint: if you know the right path, --path"),
    ] {
        let url = answering(answer);
        let ended = xportcn(["call", row, "orderId=1"]).at(&url).run().exits(3);
        ended.says(&doubted).says(&[words]);
    }
}

#[test]
fn a_dry_run_prints_a_curl_command_without_the_secret_and_sends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let further = ["--dry-run", "--signature", "hmac-sha256", "--timestamp-unit", "ms"];
    let ended = render(&further).at(&url).run().exits(0);
    assert!(listener.accept().is_err(), "something was sent");
    assert!(!format!("{ended:?}").contains(SECRET));
    let words = words_of(&ended.out);
    assert_eq!(words[..3], ["--request", "POST", &format!("{url}/open/order/refund/render")]);
    let header = |name: &str| words.iter().find_map(|word| word.strip_prefix(&format!("{name}: "))).unwrap();
    assert_eq!(header("access-key"), "key-of-the-tests");
    assert_eq!(header("signature").len(), 64);
    assert_eq!(header("timestamp").len(), 13);
    assert_eq!(words.last().unwrap(), r#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1}"#);
}

#[test]
fn a_shell_takes_nothing_in_a_dry_run_for_a_command() {
    let hostile = "it's $(touch /tmp/xportcn-owned) `id` \"x\" \\ \n; & | 中文 🧧";
    let field = format!("name={hostile}");
    let ended = xportcn(["call", "address.save", &field, "--dry-run"]).at("https://example.com/api").run().exits(0);
    let words = words_of(&ended.out);
    let body: serde_json::Value = serde_json::from_str(words.last().unwrap()).unwrap();
    assert_eq!(body["name"], hostile);
}

#[test]
fn the_command_of_a_dry_run_is_accepted_by_the_sandbox() {
    let sandbox = Sandbox::start();
    let ended = render(&["--dry-run"]).on(&sandbox).run().exits(0);
    let words = words_of(&ended.out);
    let headers: String = words
        .iter()
        .filter(|word| word.contains(": ") && !word.starts_with('{'))
        .fold(String::new(), |all, header| all + header + "\r\n");
    let body = words.last().unwrap();
    let mut stream = TcpStream::connect(sandbox.url.strip_prefix("http://").unwrap()).unwrap();
    let head = format!(
        "POST /open/order/refund/render HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let reply: serde_json::Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(reply["code"], 200, "{answer}");
}

/// The words that curl would be given, as the shell understands them.
fn words_of(command: &str) -> Vec<String> {
    let script = format!("curl() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{command}");
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let words = String::from_utf8(output.stdout).unwrap();
    words.split_terminator('\0').map(str::to_string).collect()
}

#[test]
fn the_path_of_a_call_can_be_set() {
    let path = "taobao.after_sale.render=GET /v9/{subOrderId}";
    let ended = render(&["--dry-run", "--path", path]).at("https://example.com/api").run().exits(0);
    let url = "'https://example.com/api/v9/1034499579120189839?goodsStatus=1&refundType=1'";
    assert!(ended.out.starts_with(&format!("curl --request GET {url} ")), "{}", ended.out);
}

#[test]
fn json_is_sent_as_it_is_and_other_extra_fields_as_text() {
    let words = ["call", "taobao.order.page", "--dry-run", "--path", "taobao.order.page=POST /open/order/page"];
    let fields = ["count=3", "exact:=3", "none:=null", "list:=[1,\"2\"]", "pageNo=1"];
    let ended = xportcn(words.into_iter().chain(fields)).at("http://127.0.0.1:1").run().exits(0);
    for part in [r#""count":"3""#, r#""exact":3"#, r#""list":[1,"2"]"#, r#""pageNo":1"#, "/open/order/page"] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
    let wrong = xportcn(["call", "taobao.order.page", "list:=[1"]).at("http://127.0.0.1:1").run().exits(2);
    assert!(wrong.err.contains("behind := stands no JSON") && wrong.err.contains("list=text"), "{}", wrong.err);
}

#[test]
fn a_wrong_file_of_paths_is_named_and_so_is_what_is_wrong_in_it() {
    let file = std::env::temp_dir().join(format!("xportcn-paths-{}.json", std::process::id()));
    let name = file.to_str().unwrap();
    for (content, expected) in [
        (Some(r#"{"taobao.order.pag": "/open/x"}"#), "did you mean `taobao.order.page`"),
        (Some(r#"["/open/x"]"#), "expected a map"),
        (Some(r#"{"taobao.order.page": "open/x"}"#), "write it as `/open/order`"),
        (None, "No such file"),
    ] {
        match content {
            Some(content) => std::fs::write(&file, content).unwrap(),
            None => std::fs::remove_file(&file).unwrap(),
        }
        render(&["--dry-run"]).env("XPORTCN_PATHS", name).at("http://127.0.0.1:1").run().exits(2).says(&[expected]);
    }
    // A variable that is empty is none.
    render(&["--dry-run"]).env("XPORTCN_PATHS", "").at("http://127.0.0.1:1").run().exits(0);
}

#[test]
fn the_shape_of_a_reply_is_added_to_a_file_whether_it_is_a_success_or_not() {
    let sandbox = Sandbox::start();
    let file = std::env::temp_dir().join(format!("xportcn-shapes-{}.jsonl", std::process::id()));
    let words = ["--shapes", file.to_str().unwrap()];
    xportcn(RENDER.into_iter().chain(words)).on(&sandbox).run().exits(0);
    xportcn(RENDER.into_iter().chain(words)).on(&sandbox).env("XPORTCN_ACCESS_SECRET", "another").run().exits(1);
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let lines: Vec<serde_json::Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let row = |line: usize| &lines[line]["rows"]["taobao.after_sale.render"];
    assert_eq!((&row(0)["codes"]["200"], &row(1)["codes"]["40108"]), (&1.into(), &1.into()), "{written}");
    assert_eq!(row(0)["body"]["members"]["data"]["members"]["currency"]["types"]["text"], 1);
    assert_eq!(lines.len(), 2);
}
