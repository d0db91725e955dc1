//! `xportcn endpoints`, `sign`, `parse`, `completions`, and what holds for all commands.

mod program;

use program::{SECRET, xportcn};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

#[test]
fn endpoints_are_listed_in_aligned_columns() {
    let ended = xportcn(["endpoints"]).run().exits(0);
    let lines: Vec<_> = ended.out.lines().collect();
    let column = lines[0].find("PATH").unwrap();
    assert!(lines[0].starts_with("ID "));
    for line in &lines[1..] {
        assert!(line[column..].starts_with(['/', '(']) && line.as_bytes()[column - 1] == b' ', "{line}");
        assert_eq!(line.trim_end(), *line);
    }
    let render = lines.iter().find(|line| line.starts_with("taobao.after_sale.render ")).unwrap();
    let words: Vec<_> = render.split_whitespace().collect();
    assert_eq!(words[1..5], ["POST", "/open/order/refund/render", "read", "seed"]);
    assert!(!ended.out.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn endpoints_as_json_are_those_of_the_list_of_known_rows() {
    let known: serde_json::Value = serde_json::from_str(include_str!("../../../tests/catalogue.json")).unwrap();
    let expected: BTreeSet<_> = known["rows"].as_array().unwrap().iter().map(facts).collect();
    let listed = xportcn(["endpoints", "--json"]).run().exits(0).json();
    let listed = listed.as_array().unwrap();
    for row in listed {
        let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["candidates", "evidence", "id", "kind", "method", "path", "safety", "title"]);
        assert!(row["title"].as_str().is_some_and(|title| !title.is_empty()), "{row}");
        let safeties: &[_] = if row["kind"] == "call" { &["read", "write"] } else { &[] };
        assert!(row["safety"].as_str().is_none_or(|safety| safeties.contains(&safety)), "{row}");
    }
    let listed: BTreeSet<_> = listed
        .iter()
        .map(|row| {
            let evidence = &row["evidence"];
            let [path, request, reply] = ["path", "request", "reply"].map(|of| &evidence[of]);
            [&row["id"], &row["kind"], &row["method"], &row["path"], path, request, reply, &row["candidates"]]
                .map(ToString::to_string)
        })
        .collect();
    assert_eq!(listed, expected);
}

fn facts(row: &serde_json::Value) -> [String; 8] {
    let [id, kind, method, path] = ["id", "kind", "method", "path"].map(|key| row[key].to_string());
    let [of_path, request, reply] =
        ["path_evidence", "request_evidence", "response_evidence"].map(|key| row[key].to_string());
    let candidates = row.get("candidates").map_or("[]".to_string(), ToString::to_string);
    [id, kind, method, path, of_path, request, reply, candidates]
}

#[test]
fn endpoints_can_be_filtered() {
    let ended = xportcn(["endpoints", "After_Sale.Rend"]).run().exits(0);
    assert_eq!(ended.out.lines().count(), 2, "{}", ended.out);
    assert_eq!(xportcn(["endpoints", "--json", "no such"]).run().exits(0).out, "[]\n");
    let ended = xportcn(["endpoints", "no such"]).run().exits(0);
    assert_eq!(
        (ended.out.as_str(), ended.err.as_str()),
        ("", "no endpoint has \"no such\" in its id, path or title\n")
    );
}

#[test]
fn a_reader_who_stops_reading_is_no_error() {
    for words in [&["endpoints"][..], &["endpoints", "--json"], &["demo"], &["completions", "bash"]] {
        let mut child = xportcn(words.iter().copied()).spawn();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(!line.is_empty());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{words:?}");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
    }
}

// Computed with Python's hashlib and hmac:
//   hashlib.md5((key + timestamp + nonce + secret).encode()).hexdigest().upper()
//   hmac.new(secret.encode(), (key + timestamp + nonce).encode(), hashlib.sha256).hexdigest().upper()
// for the key `demo-key` and the secret `s3cret/with+signs`.
const SIGNED: [(&str, &str); 2] = [
    ("md5", "837B8197A2571F7D5BB7C09A8FB3ED26"),
    ("hmac-sha256", "36C0AA842291162F97EB7AE8808360B242D34644BC75F06BD14FF13FD59A11AC"),
];

#[test]
fn the_five_headers_are_those_of_an_independent_computation() {
    for (method, signature) in SIGNED {
        let nonce = "0123456789abcdefghijklmnopqrstuv";
        let ended = xportcn(["sign", "--timestamp", "1722500000", "--nonce", nonce, "--method", method])
            .env("XPORTCN_ACCESS_KEY", "demo-key")
            .env("XPORTCN_ACCESS_SECRET", "s3cret/with+signs")
            .env("XPORTCN_USER_ID", "user-7")
            .run()
            .exits(0);
        let expected = format!(
            "access-key: demo-key\ntimestamp: 1722500000\nnonce-str: {nonce}\nuser-id: user-7\nsignature: {signature}\n"
        );
        assert_eq!(ended.out, expected);
        assert_eq!(ended.err, "");
    }
    let sign = ["sign", "--timestamp", "1722500000", "--nonce", "0123456789abcdefghijklmnopqrstuv"];
    let flags = ["--access-key", "demo-key", "--access-secret", "s3cret/with+signs", "--user-id", "user-7"];
    let by_default = xportcn(sign.iter().chain(&flags).copied()).run().exits(0);
    assert!(by_default.out.ends_with("signature: 837B8197A2571F7D5BB7C09A8FB3ED26\n"), "{}", by_default.out);
}

#[test]
fn without_timestamp_and_nonce_fresh_ones_are_taken() {
    let sign = || xportcn(["sign"]).at("http://127.0.0.1:1").run().exits(0).out;
    let value = |out: &str, name: &str| {
        out.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap().to_string()
    };
    let (one, other) = (sign(), sign());
    assert_ne!(value(&one, "nonce-str"), value(&other, "nonce-str"));
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let signed_at: u64 = value(&other, "timestamp").parse().unwrap();
    assert!(now.abs_diff(signed_at) < 60);
}

#[test]
fn a_timestamp_or_nonce_that_cannot_be_sent_exits_with_2() {
    for (words, said) in [
        (["--timestamp", "17225x"], "digits"),
        (["--timestamp", ""], "digits"),
        (["--nonce", "short"], "32 characters"),
        (["--nonce", "0123456789abcdefghijklmnopqrst\r\n"], "32 characters"),
        (["--method", "sha1"], "hmac-sha256"),
    ] {
        let ended = xportcn(["sign"].into_iter().chain(words)).at("http://127.0.0.1:1").run().exits(2);
        assert!(ended.err.contains(said), "{}", ended.err);
        assert!(!ended.err.contains(SECRET));
    }
}

#[test]
fn a_reply_is_parsed_into_canonical_json() {
    let body = "{\"code\":0,\"msg\":\"ok\",\"data\":{\"distributorId\":1034499579120189839,\"currency\":\"\\u4eba\",\"new\":1}}";
    let ended = xportcn(["parse", "taobao.after_sale.render"]).stdin(body).run().exits(0);
    let expected = serde_json::json!({"distributorId": "1034499579120189839", "currency": "人", "new": 1});
    assert_eq!(ended.json(), expected);
    assert_eq!(ended.out.lines().count(), 1);
    assert_eq!(ended.err, "");
}

#[test]
fn what_does_not_fit_is_a_warning_on_stderr() {
    let body = r#"{"code":200,"data":{"currency":{"a":1},"distributorId":true}}"#;
    let ended = xportcn(["parse", "taobao.after_sale.render"]).stdin(body).run().exits(0);
    assert_eq!(ended.out, "{\"currency\":null,\"distributorId\":null}\n");
    assert_eq!(
        ended.err,
        "warning: data.currency: expected text, found an object\n\
         warning: data.distributorId: expected an id, found true or false\n"
    );
}

#[test]
fn a_refusal_that_is_parsed_exits_with_1() {
    let body = r#"{"code":"40001","msg":"签名错误","requestId":"r-1"}"#;
    let ended = xportcn(["parse", "taobao.after_sale.render"]).stdin(body).run().exits(1);
    assert_eq!(ended.says(&["签名错误", "(code 40001, request r-1)"]).out, "");
}

#[test]
fn the_words_of_a_refusal_are_found_wherever_they_stand() {
    for (body, words) in [
        (r#"{"code":500,"msg":"","data":{"errorCode":"STOCK","errorMsg":"库存不足"}}"#, "库存不足 (code 500)"),
        (r#"{"code":40010,"msg":{"text":"库存不足"}}"#, "库存不足"),
        (r#"{"code":200,"success":false,"msg":"库存不足"}"#, "the reply says that there was none"),
        (
            r#"{"code":404,"msg":"No static resource open/x."}"#,
            "hint: if you know the right path, --path address.list=",
        ),
    ] {
        let ended = xportcn(["parse", "address.list"]).stdin(body).run().exits(1);
        assert_eq!(ended.says(&[words]).out, "");
    }
}

#[test]
fn a_reply_in_gbk_is_read_by_its_bytes() {
    // `{"code":200,"msg":"成功","data":{"currency":"测试商品"}}` as Python writes it in GBK.
    let body =
        b"{\"code\":200,\"msg\":\"\xb3\xc9\xb9\xa6\",\"data\":{\"currency\":\"\xb2\xe2\xca\xd4\xc9\xcc\xc6\xb7\"}}";
    let ended = xportcn(["parse", "taobao.after_sale.render"]).stdin(body).run().exits(0);
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("{\"currency\":\"测试商品\"}\n", ""));
}

#[test]
fn what_is_no_reply_exits_with_4() {
    for (body, said) in [
        (&b""[..], "the body is empty"),
        (b"<html></html>", "HTML"),
        (b"{\"code\":200", "cut off"),
        (b"{\"data\":{}}", "no result code"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xff\xff\xff", "not JSON"),
    ] {
        let ended = xportcn(["parse", "taobao.after_sale.render"]).stdin(body).run().exits(4).says(&[said]);
        assert_eq!(ended.out, "");
    }
    let endless = vec![b' '; (32 << 20) + 1];
    xportcn(["parse", "taobao.after_sale.render"]).stdin(endless).run().exits(4).says(&["larger than 33554432 bytes"]);
    xportcn(["parse", "no.such"]).stdin("{}").run().exits(2).says(&["no endpoint has this id"]);
    xportcn(["parse", "taobao.push.order_refund"]).stdin("{}").run().exits(2).says(&["cannot be called"]);
}

#[test]
fn help_has_examples_and_names_the_exit_codes() {
    for command in ["call", "completions", "demo", "endpoints", "parse", "sandbox", "sign"] {
        let help = xportcn([command, "--help"]).at("http://127.0.0.1:1").run().exits(0).out;
        assert!(help.contains("Example") && help.contains(&format!("  xportcn {command}")), "{help}");
        assert!(!help.contains(SECRET), "{help}");
    }
    let help = xportcn(["--help"]).run().exits(0).out;
    for code in ["0  done", "1  the platform refused", "2  wrong usage", "3  transport", "4  the reply cannot be read"]
    {
        assert!(help.contains(code), "{help}");
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    for words in
        [&[][..], &["nothing"], &["call"], &["sandbox", "--port", "x"], &["completions", "tcsh"], &["demo", "x"]]
    {
        assert!(!xportcn(words.iter().copied()).run().exits(2).err.is_empty());
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = xportcn(["completions", shell]).run().exits(0).out;
        assert!(script.contains("endpoints") && script.contains("dry-run"), "{shell}");
    }
}
