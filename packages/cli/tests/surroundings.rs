//! What surrounds a call: the address, proxies of the environment, and files as people's programs write them.

mod program;

use program::{RENDER, Sandbox, xportcn};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A proxy that answers every connection with these bytes; gives its port, and the first line of each request.
fn proxy(answer: &'static [u8]) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, seen) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap();
            let line = String::from_utf8_lossy(&head[..length]).lines().next().unwrap_or_default().to_string();
            let _ = stream.write_all(answer);
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    (port, seen)
}

const PAY: [&str; 3] = ["call", "taobao.order.purchase_pay", "orderId=1034499579120189839"];

#[test]
fn an_empty_address_is_not_the_platforms() {
    for words in [&RENDER[..], &["confirm"], &["load"]] {
        let ended = xportcn(words.iter().copied()).at("").run().exits(2);
        assert!(!ended.err.contains("www.xportcn.com"), "{}", ended.err);
    }
    xportcn(RENDER.into_iter().chain(["--dry-run", "--base-url", ""])).at("http://127.0.0.1:9").run().exits(2);
}

#[test]
fn the_schemes_case_makes_no_difference() {
    let sandbox = Sandbox::start();
    let url = sandbox.url.replace("http://127.0.0.1", "HTTP://LOCALHOST");
    xportcn(RENDER).with_the_sandboxs_account(&url).run().exits(0);
}

#[test]
fn with_the_sandboxs_account_http_goes_to_private_hosts_and_with_no_other() {
    for url in ["http://sandbox:8080", "http://10.0.2.2:8080", "http://host.docker.internal:8080"] {
        let words = RENDER.into_iter().chain(["--dry-run"]);
        let shown = xportcn(words.clone()).with_the_sandboxs_account(url).run().exits(0).out;
        assert!(shown.contains(&format!("'{url}/open/order/refund/render'")), "{shown}");
        xportcn(words).at(url).run().exits(2).says(&["base_url", "https://"]);
    }
    for url in ["http://www.xportcn.com", "http://8.8.8.8"] {
        xportcn(RENDER).with_the_sandboxs_account(url).run().exits(2).says(&["base_url", "https://"]);
    }
}

#[test]
fn nothing_for_this_machine_goes_through_a_proxy() {
    let (port, seen) = proxy(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
    let proxied = |mut program: program::Program| {
        for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            program = program.env(name, &format!("http://127.0.0.1:{port}"));
        }
        program.env("NO_PROXY", "").env("no_proxy", "")
    };
    let sandbox = Sandbox::start();
    proxied(xportcn(RENDER).on(&sandbox)).run().exits(0);
    // No TLS answers there, which is as good as any answer.
    let secure = sandbox.url.replace("http://127.0.0.1", "https://localhost");
    proxied(xportcn(RENDER).on(&sandbox).env("XPORTCN_BASE_URL", &secure)).run().exits(3);
    assert_eq!(seen.try_iter().collect::<Vec<_>>(), Vec::<String>::new());
    proxied(xportcn(RENDER).at("https://platform.invalid/api")).run().exits(3);
    assert_eq!(seen.recv().unwrap(), "CONNECT platform.invalid:443 HTTP/1.1");
}

#[test]
fn a_proxy_that_refuses_has_sent_nothing_on() {
    for answer in [
        &b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 2\r\n\r\nno"[..],
        b"HTTP/1.1 403 Forbidden\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
        b"",
        b"\x15\x03\x01\x00\x02\x02\x28",
    ] {
        let (port, seen) = proxy(answer);
        let ended = xportcn(PAY.into_iter().chain(["--max-retries", "1"]))
            .at("https://platform.invalid/api")
            .env("HTTPS_PROXY", &format!("http://user:password@127.0.0.1:{port}"))
            .run()
            .exits(3);
        assert!(ended.err.contains("nothing was sent") || ended.err.contains("connect"), "{}", ended.err);
        assert!(!ended.err.contains("may have been carried out") && !ended.err.contains("password"), "{}", ended.err);
        let lines: Vec<_> = (0..2).map(|_| seen.recv().unwrap()).collect();
        assert_eq!(lines, ["CONNECT platform.invalid:443 HTTP/1.1"; 2], "{answer:?}");
    }
}

#[test]
fn a_wrong_proxy_setting_is_named_and_nothing_is_sent() {
    for (name, value) in [
        ("HTTPS_PROXY", "http://127.0.0.1:port"),
        ("https_proxy", "ftp://user:password@127.0.0.1:21"),
        ("ALL_PROXY", "http://127.0.0.1:99999"),
        ("all_proxy", "some password"),
    ] {
        let ended = xportcn(PAY).at("https://platform.invalid").env(name, value).run().exits(2).says(&[name, "proxy"]);
        assert!(!ended.err.contains("password"), "{}", ended.err);
    }
    // It is no matter to what goes through no proxy.
    xportcn(RENDER).on(&Sandbox::start()).env("HTTPS_PROXY", "http://127.0.0.1:port").run().exits(0);
}

#[test]
fn a_socks_proxy_is_used() {
    let (port, seen) = proxy(b"\x05\xFF");
    let ended = xportcn(PAY.into_iter().chain(["--max-retries", "0"]))
        .at("https://platform.invalid/api")
        .env("ALL_PROXY", &format!("socks5h://127.0.0.1:{port}"))
        .run()
        .exits(3);
    // The greeting of SOCKS 5 that offers one method, which this one takes none of.
    assert_eq!(seen.recv().unwrap().as_bytes()[0], 5);
    assert!(!ended.err.contains("may have been carried out"), "{}", ended.err);
}

/// A file that ends with the test.
struct File(PathBuf);

impl File {
    fn holding(name: &str, bytes: &[u8]) -> Self {
        let file = std::env::temp_dir().join(format!("xportcn-{}-{name}", std::process::id()));
        std::fs::write(&file, bytes).unwrap();
        Self(file)
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

fn utf16(text: &str, to_bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to_bytes).collect()
}

#[test]
fn requests_are_read_as_peoples_programs_write_them() {
    let json = r#"{"keyword":"鞋🧧"}"#;
    for bytes in [
        json.as_bytes().to_vec(),
        format!("\u{feff}{json}\r\n").into_bytes(),
        utf16(json, u16::to_le_bytes),
        utf16(json, u16::to_be_bytes),
    ] {
        let file = File::holding("request.json", &bytes);
        let by_file = format!("@{}", file.path());
        for (source, stdin) in [(by_file.as_str(), &b""[..]), ("-", &bytes)] {
            for more in [&[][..], &["pageNo=1"]] {
                let words = ["call", "taobao.product.search", "--json", source, "--dry-run"];
                let words = words.into_iter().chain(more.iter().copied());
                let shown = xportcn(words).at("http://127.0.0.1:9").stdin(stdin).run().exits(0).out;
                assert!(shown.contains("鞋🧧") || shown.contains("%E9%9E%8B%F0%9F%A7%A7"), "{shown}");
            }
        }
    }
    let words = ["call", "taobao.product.search", "--json", "\u{feff}{\"keyword\":\"a\"}", "--dry-run"];
    xportcn(words).at("http://127.0.0.1:9").run().exits(0);
}

#[test]
fn a_request_in_another_encoding_is_named() {
    for (bytes, said) in [
        (&b"{\0}\0"[..], "UTF-16 without a byte order mark"),
        (b"\xFF\xFE{\0}", "broken or cut off"),
        (b"{\"keyword\":\"\xD6\xD0\"}", "not UTF-8"),
    ] {
        let file = File::holding("other.json", bytes);
        let source = format!("@{}", file.path());
        let words = ["call", "taobao.product.search", "--json", &source, "--dry-run"];
        xportcn(words).at("http://127.0.0.1:9").run().exits(2).says(&[file.path(), said, "save it as UTF-8"]);
    }
}

#[test]
fn files_of_paths_faults_and_drifts_may_have_a_byte_order_mark() {
    let paths =
        File::holding("paths.json", &utf16(r#"{"taobao.after_sale.render":"/open/of/a/file"}"#, u16::to_le_bytes));
    let words = RENDER.into_iter().chain(["--dry-run", "--paths", paths.path()]);
    let shown = xportcn(words).at("http://127.0.0.1:9").run().exits(0).out;
    assert!(shown.contains("/open/of/a/file"), "{shown}");
    let faults = File::holding("faults.json", "\u{feff}{\"rules\":[{\"kinds\":[\"503\"]}]}".as_bytes());
    let drift = File::holding("drift.json", "\u{feff}{\"rows\":{\"address.list\":{\"absent\":true}}}".as_bytes());
    let sandbox = Sandbox::start_with(&["--fault-file", faults.path(), "--drift", drift.path()]);
    xportcn(RENDER.into_iter().chain(["--max-retries", "0"])).on(&sandbox).run().exits(3).says(&["503"]);
}

#[test]
fn a_reply_from_a_file_of_utf16_is_parsed() {
    let reply = r#"{"code":200,"data":{"currency":"元"}}"#;
    for bytes in [format!("\u{feff}{reply}").into_bytes(), utf16(reply, u16::to_le_bytes)] {
        let ended = xportcn(["parse", "taobao.after_sale.render"]).stdin(bytes).run().exits(0);
        assert_eq!(ended.json()["currency"], "元");
    }
}

#[test]
fn answers_without_end_end_at_the_timeout() {
    for again in ["HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let flood = again.repeat(2000);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                program::request(&mut stream);
                while stream.write_all(flood.as_bytes()).is_ok() {}
            }
        });
        for (words, code, said) in
            [(&RENDER[..], 3, "was not answered in time"), (&PAY, 3, "may have been carried out")]
        {
            let started = Instant::now();
            let words = words.iter().copied().chain(["--timeout", "500ms", "--max-retries", "0"]);
            let ended = xportcn(words).at(&url).run().exits(code);
            println!("{again:?}: {:?}, {}", started.elapsed(), ended.err);
            assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
            assert!(ended.err.contains(said), "{}", ended.err);
        }
    }
}

#[test]
fn a_time_of_nothing_is_a_mistake() {
    for flag in ["--timeout", "--deadline"] {
        let ended = xportcn(PAY.into_iter().chain([flag, "0s"])).at("http://127.0.0.1:9").run().exits(2);
        assert!(ended.says(&[flag, "at least 1 ms"]).out.is_empty());
    }
}
