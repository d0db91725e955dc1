//! Who is let in, and what every answer says to browsers.

use crate::page::{Answer, Page, parts, send};
use serde_json::json;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::net::{TcpListener, TcpStream};
use xportcn::{Config, RetryPolicy};
use xportcn_explorer::{Explorer, Target};

/// A request of the page in which one line is another.
async fn with(page: &Page, method: &str, path: &str, lines: &[(&str, &str)]) -> Answer {
    let own = [
        ("host", page.address.to_string()),
        ("origin", format!("http://{}", page.address)),
        ("cookie", page.cookie.clone()),
    ];
    let kept = own.iter().filter(|(name, _)| !lines.iter().any(|(other, _)| other == name));
    let all = kept.map(|(name, value)| (*name, value.as_str())).chain(lines.iter().copied());
    // A line without a value is left out.
    let head: String =
        all.filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let body = if path == "/api/inbox" { "200" } else { "" };
    page.send(&format!("{method} {path} HTTP/1.1\r\n{head}"), body).await
}

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let page = Page::open().await;
    let port = page.address.port();
    assert_eq!(page.address.ip(), Ipv4Addr::LOCALHOST);
    // Where it listened on all addresses, these would be taken.
    for other in [SocketAddr::from(([127, 0, 0, 2], port)), SocketAddr::from((Ipv6Addr::LOCALHOST, port))] {
        assert!(TcpStream::connect(other).await.is_err(), "{other}");
    }
    assert!(TcpListener::bind(SocketAddr::from(([127, 0, 0, 2], port))).await.is_ok());
}

#[tokio::test]
async fn without_its_cookie_nothing_is_answered() {
    let page = Page::open().await;
    let name = page.cookie.split('=').next().unwrap();
    let forged = format!("{name}={}", "0".repeat(48));
    let cut = &page.cookie[..page.cookie.len() - 1];
    let other = page.cookie.replacen(name, "xportcn-explorer-1", 1);
    for cookie in ["", "a=b", &forged, cut, &other, &format!("{name}=")] {
        for path in ["/", "/index.html", "/tables.json", "/api/session", "/api/events", "/nowhere"] {
            let answer = with(&page, "GET", path, &[("cookie", cookie)]).await;
            assert_eq!(answer.status, 401, "{path} {cookie}: {answer:?}");
        }
        for path in ["/api/call", "/api/sandbox", "/api/inbox"] {
            assert_eq!(with(&page, "POST", path, &[("cookie", cookie)]).await.status, 401, "{path} {cookie}");
        }
    }
    let among_others = format!("a=b; {}; c", page.cookie);
    assert_eq!(with(&page, "GET", "/api/session", &[("cookie", &among_others)]).await.status, 200);
}

#[tokio::test]
async fn an_address_opens_the_page_for_one_browser_once() {
    let explorer = Explorer::bind(0).await.unwrap();
    let url = explorer.url();
    let (address, path) = parts(&url);
    let get = |path: String, more: String| async move {
        send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{more}"), "").await
    };
    let mut config = Config::new("key", "secret", "user");
    config.base_url = "http://127.0.0.1:1".into();
    let mut running = explorer.serve(Target::platform(config, RetryPolicy::default(), false)).unwrap();

    for wrong in [
        "/".to_string(),
        "/?token=".into(),
        path.to_uppercase(),
        format!("{path}0"),
        path.replace("/?", "/api/session?"),
    ] {
        assert_eq!(get(wrong.clone(), String::new()).await.status, 401, "{wrong}");
    }
    let posted =
        send(address, &format!("POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n"), "").await;
    assert_eq!(posted.status, 401, "the address is for opening the page");

    let opened = get(path.into(), String::new()).await;
    assert_eq!(opened.status, 200);
    let cookie = opened.header("set-cookie").unwrap();
    let (pair, attributes) = cookie.split_once(';').unwrap();
    assert_eq!(attributes.trim(), "Path=/; HttpOnly; SameSite=Strict");
    let token = path.rsplit('=').next().unwrap();
    assert!(!cookie.contains(token), "whoever has seen the address would have the cookie");

    assert_eq!(get(path.into(), String::new()).await.status, 401, "it was used");
    let again = get(path.into(), format!("cookie: {pair}\r\n")).await;
    assert_eq!((again.status, again.header("set-cookie")), (200, None), "the same browser, which loads it again");

    let next = running.opened().await;
    assert_ne!(next, url);
    assert_eq!(get(parts(&next).1.into(), String::new()).await.status, 200, "another browser");
    assert_ne!(running.opened().await, next);
}

#[tokio::test]
async fn two_browsers_that_open_an_address_at_once_are_not_both_let_in() {
    let explorer = Explorer::bind(0).await.unwrap();
    let url = explorer.url();
    let mut config = Config::new("key", "secret", "user");
    config.base_url = "http://127.0.0.1:1".into();
    let _running = explorer.serve(Target::platform(config, RetryPolicy::default(), false)).unwrap();
    let opening = (0..20).map(|_| {
        let url = url.clone();
        tokio::spawn(async move {
            let (address, path) = parts(&url);
            send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n"), "").await.status
        })
    });
    let mut let_in = 0;
    for opened in opening.collect::<Vec<_>>() {
        let_in += usize::from(opened.await.unwrap() == 200);
    }
    assert_eq!(let_in, 1);
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_refused() {
    let page = Page::open().await;
    let port = page.address.port();
    for host in [
        "example.com",
        &format!("example.com:{port}"),
        "127.0.0.1",
        &format!("127.0.0.1.example.com:{port}"),
        &format!("127.0.0.1:{}", port ^ 1),
        &format!("0.0.0.0:{port}"),
    ] {
        let origin = format!("http://{host}");
        for (method, path) in [("GET", "/"), ("GET", "/api/session"), ("POST", "/api/inbox"), ("POST", "/pushed")] {
            let answer = with(&page, method, path, &[("host", host), ("origin", &origin)]).await;
            assert_eq!(answer.status, 421, "{method} {path} {host}");
        }
    }
    let twice = [("host", page.address.to_string()), ("Host", "example.com".into())];
    let twice = twice.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(with(&page, "GET", "/api/session", &twice).await.status, 421);
    let absolute = with(&page, "GET", "http://example.com/api/session", &[]).await;
    assert_eq!(absolute.status, 421, "{absolute:?}");
    let own = format!("localhost:{port}");
    let origin = format!("http://{own}");
    assert_eq!(with(&page, "GET", "/api/session", &[("host", &own), ("origin", &origin)]).await.status, 200);
}

#[tokio::test]
async fn other_pages_are_refused() {
    let page = Page::open().await;
    let port = page.address.port();
    for origin in
        ["null", "http://example.com", &format!("http://localhost:{port}"), &format!("https://127.0.0.1:{port}")]
    {
        for (method, path) in
            [("GET", "/api/session"), ("POST", "/api/inbox"), ("POST", "/api/call"), ("POST", "/pushed")]
        {
            assert_eq!(with(&page, method, path, &[("origin", origin)]).await.status, 403, "{method} {path} {origin}");
        }
    }
    for site in ["cross-site", "same-site"] {
        for (method, path) in [("GET", "/api/session"), ("GET", "/tables.json"), ("POST", "/api/inbox")] {
            let answer = with(&page, method, path, &[("sec-fetch-site", site)]).await;
            assert_eq!(answer.status, 403, "{method} {path} {site}");
        }
    }
    assert_eq!(with(&page, "POST", "/api/inbox", &[("origin", "")]).await.status, 403, "a form of no page");
    assert_eq!(with(&page, "POST", "/api/inbox", &[]).await.status, 200);
    let link = with(&page, "GET", "/", &[("origin", ""), ("sec-fetch-site", "cross-site")]).await;
    assert_eq!(link.status, 200, "a link in a chat opens the page");
    let answer = with(&page, "GET", "/api/session", &[]).await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn every_answer_says_what_browsers_must_not_do() {
    let page = Page::open().await;
    let answers = [
        page.get("/").await,
        page.get("/tables.json").await,
        page.get("/nowhere").await,
        page.get("/api/session").await,
        page.post("/api/call", &json!({})).await,
        page.post("/api/inbox", &json!(200)).await,
        with(&page, "GET", "/", &[("cookie", "")]).await,
        with(&page, "GET", "/", &[("host", "example.com")]).await,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy").unwrap();
        let rules: Vec<&str> = policy.split(';').map(str::trim).collect();
        for rule in
            ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'"]
        {
            assert!(rules.contains(&rule), "{rule}: {answer:?}");
        }
        assert!(rules.contains(&"frame-ancestors 'none'") && rules.contains(&"form-action 'none'"), "{policy}");
        for loose in ["unsafe", "*", "http:", "https:", "data:", "blob:"] {
            assert!(!policy.contains(loose), "{policy}");
        }
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
    }
}

#[tokio::test]
async fn a_request_may_have_4_mb() {
    let page = Page::open().await;
    let call = |length: usize| json!({"id": "no.such.row", "params": {"orderId": "1".repeat(length)}});
    assert_eq!(page.post("/api/call", &call((4 << 20) - 200)).await.status, 404);
    assert_eq!(page.post("/api/call", &call(4 << 20)).await.status, 413);
    let Page { address, cookie, .. } = &page;
    let endless = format!(
        "POST /api/call HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}\r\nx: {}\r\n",
        "x".repeat(1 << 20)
    );
    assert_eq!(page.send(&endless, "").await.status, 431);
}
