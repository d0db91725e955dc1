//! Pages in a browser: which may call, and what they are told.

use crate::host::{Answer, Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use xportcn_sandbox::{Builder, Reason, Sandbox};

const PAGE: &str = "http://localhost:5173";

fn builder() -> Builder {
    Sandbox::builder().clock(|| NOW_MS)
}

async fn render(host: &Host, more: &[(&str, &str)]) -> Answer {
    let mut request = host.request("POST", RENDER, &Headers::genuine());
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    host.send(request.header("content-type", "application/json").body(RENDER_BODY)).await
}

/// Moves the clock by the sandbox's own path, which needs no signature.
async fn advance(host: &Host, more: &[(&str, &str)]) -> Answer {
    let mut request = host.plain("POST", "/sandbox/clock");
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    host.send(request.body(r#"{"advanceMs":60000}"#)).await
}

async fn offset(host: &Host) -> i64 {
    host.send(host.plain("GET", "/sandbox/clock")).await.json()["offsetMs"].as_i64().unwrap()
}

fn is(answer: &Answer, reason: Reason) {
    assert_eq!((answer.status, answer.code()), (403, u64::from(reason.code())), "{}", answer.text());
    assert!(!answer.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn a_page_whose_origin_is_not_named_is_refused_everywhere() {
    let host = Host::start_with(builder().allow_origin(PAGE)).await;
    for origin in [
        "https://evil.example",
        "http://localhost:5174",
        "https://localhost:5173",
        "null",
        "",
        "http://localhost:5173/",
    ] {
        let origin = [("origin", origin)];
        is(&render(&host, &origin).await, Reason::ForeignPage);
        is(&advance(&host, &origin).await, Reason::ForeignPage);
        is(&host.send(host.plain("GET", "/nothing/here").header("origin", origin[0].1)).await, Reason::ForeignPage);
        let asks = host.plain("OPTIONS", RENDER).header("origin", origin[0].1);
        is(&host.send(asks.header("access-control-request-method", "POST")).await, Reason::ForeignPage);
    }
    let twice = [("origin", PAGE), ("origin", "https://evil.example")];
    is(&advance(&host, &twice).await, Reason::ForeignPage);
    assert_eq!(offset(&host).await, 0, "a page moved the clock");
}

#[tokio::test]
async fn what_a_browser_calls_another_sites_is_refused_without_an_origin_too() {
    let host = Host::start_with(builder()).await;
    for site in ["cross-site", "same-site"] {
        let image = host.plain("GET", "/sandbox/ledger").header("sec-fetch-site", site);
        is(&host.send(image).await, Reason::ForeignPage);
    }
    for site in ["none", "same-origin"] {
        let typed = host.plain("GET", "/sandbox/ledger").header("sec-fetch-site", site);
        assert_eq!(host.send(typed).await.status, 200, "{site}");
    }
}

#[tokio::test]
async fn a_page_of_a_named_origin_calls_and_reads() {
    let host = Host::start_with(builder().allow_origin("http://127.0.0.1:3000").allow_origin(PAGE)).await;
    let asks = host
        .plain("OPTIONS", RENDER)
        .header("origin", PAGE)
        .header("access-control-request-method", "POST")
        .header("access-control-request-private-network", "true")
        .header("access-control-request-headers", "access-key,content-type,nonce-str,signature,timestamp,user-id");
    let told = host.send(asks).await;
    assert_eq!((told.status, told.text().as_str()), (204, ""));
    for (name, value) in [
        ("access-control-allow-origin", PAGE),
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-allow-headers", "access-key,content-type,nonce-str,signature,timestamp,user-id"),
        ("access-control-allow-private-network", "true"),
        ("vary", "origin"),
    ] {
        assert_eq!(told.headers[name], value, "{name}");
    }
    let answer = render(&host, &[("origin", PAGE), ("sec-fetch-site", "cross-site")]).await;
    assert_eq!((answer.status, answer.code()), (200, 200));
    assert_eq!(answer.headers["access-control-allow-origin"], PAGE);
    assert_eq!(answer.headers["access-control-expose-headers"], "date, retry-after");
    // What is refused can be read, too.
    let refused = host.send(host.plain("GET", "/nothing/here").header("origin", PAGE)).await;
    assert_eq!((refused.status, &refused.headers["access-control-allow-origin"]), (404, &PAGE.parse().unwrap()));
    assert_eq!(advance(&host, &[("origin", PAGE)]).await.status, 200);
}

/// The status for a request with this line and these headers, as they stand.
async fn raw(host: &Host, line: &str, headers: &str) -> u16 {
    let mut stream = TcpStream::connect(host.sandbox.address()).await.unwrap();
    stream.write_all(format!("{line}\r\n{headers}connection: close\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap_or_else(|| panic!("{answer:?}")).parse().unwrap()
}

#[tokio::test]
async fn a_name_that_may_be_anybodys_is_refused() {
    let host = Host::start_with(builder().allow_host("sandbox.example.com").allow_host("my_box")).await;
    let get = "GET /sandbox/clock HTTP/1.1";
    for name in [
        "localhost",
        "LOCALHOST:8080",
        "127.0.0.1",
        "127.0.0.1:8080",
        "[::1]:8080",
        "10.0.2.2:8080",
        "203.0.113.7",
        "sandbox",
        "sandbox:8080",
        "host.docker.internal:8080",
        "app.localhost",
        "sandbox.example.com:8080",
        "Sandbox.Example.com",
    ] {
        assert_eq!(raw(&host, get, &format!("host: {name}\r\n")).await, 200, "{name}");
    }
    for name in [
        "evil.example:8080",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "a b",
        "",
        "xsandbox.example.com",
    ] {
        assert_eq!(raw(&host, get, &format!("host: {name}\r\n")).await, 403, "{name}");
        assert_eq!(raw(&host, "POST /sandbox/clock HTTP/1.1", &format!("host: {name}\r\n")).await, 403, "{name}");
    }
    assert_eq!(raw(&host, get, "host: localhost\r\nhost: evil.example\r\n").await, 403);
    assert_eq!(raw(&host, "GET http://evil.example/sandbox/clock HTTP/1.1", "host: localhost\r\n").await, 403);
    // A program of old, and no browser, names no host.
    assert_eq!(raw(&host, "GET /sandbox/clock HTTP/1.0", "").await, 200);
}

#[tokio::test]
async fn what_is_no_host_or_origin_is_refused() {
    for origin in [
        "*",
        "null",
        "",
        "localhost:5173",
        "http://localhost:5173/",
        "http://localhost/app",
        "ftp://localhost",
        "HTTP://a",
    ] {
        let refused = builder().allow_origin(origin).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{origin}");
        assert!(refused.to_string().contains("http://localhost:3000"), "{refused}");
    }
    for name in ["", "http://sandbox.example", "sandbox.example:8080", "*", "a b"] {
        let refused = builder().allow_host(name).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{name}");
    }
}

#[tokio::test]
async fn the_description_is_served_for_pages_of_named_origins_and_calls_the_sandbox_itself() {
    let host = Host::start_with(builder().allow_origin(PAGE)).await;
    let answer = host.send(host.plain("GET", "/openapi.json").header("origin", PAGE)).await;
    assert_eq!((answer.status, &answer.headers["content-type"]), (200, &"application/json".parse().unwrap()));
    assert_eq!(answer.headers["access-control-allow-origin"], PAGE);
    let document = answer.json();
    assert_eq!(document["servers"][0]["url"], "/");
    assert!(!answer.text().contains("\"url\":\"https://www.xportcn.com/api\""));
    let told: serde_json::Value = serde_json::from_str(include_str!("../../../../core/openapi.json")).unwrap();
    for part in ["paths", "webhooks", "components", "info", "security"] {
        assert_eq!(document[part], told[part], "{part}");
    }
    is(
        &host.send(host.plain("GET", "/openapi.json").header("origin", "https://evil.example")).await,
        Reason::ForeignPage,
    );
}
