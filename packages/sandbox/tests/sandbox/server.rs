//! The socket: where it listens, what it bears, and how it stops.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use std::collections::HashSet;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Reason, Sandbox, USER_ID};

#[tokio::test]
async fn it_listens_on_loopback_only() {
    for address in ["0.0.0.0:0", "192.0.2.1:8080", "[::]:0", "[2001:db8::1]:80"] {
        let refused = Sandbox::builder().address(address.parse().unwrap()).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{refused}");
        assert!(refused.to_string().contains("loopback"), "{refused}");
    }
    let sandbox = Sandbox::builder().start().await.unwrap();
    assert!(sandbox.address().ip().is_loopback());
    assert_ne!(sandbox.address().port(), 0);
    assert_eq!(sandbox.url(), format!("http://127.0.0.1:{}", sandbox.address().port()));
}

#[tokio::test]
async fn where_it_is_said_it_listens_for_other_machines() {
    let sandbox = Sandbox::builder().address("0.0.0.0:0".parse().unwrap()).allow_remote().start().await.unwrap();
    let port = sandbox.address().port();
    assert!(sandbox.address().ip().is_unspecified());
    assert_eq!(sandbox.url(), format!("http://127.0.0.1:{port}"), "clients cannot call 0.0.0.0");
    // Another address of the whole network of loopback, which one that listens on 127.0.0.1 does not have.
    TcpStream::connect(("127.9.9.9", port)).await.unwrap();
    sandbox.stop().await;
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error() {
    let first = Sandbox::builder().start().await.unwrap();
    let second = Sandbox::builder().address(first.address()).start().await.unwrap_err();
    assert_eq!(second.kind(), ErrorKind::AddrInUse);
}

#[tokio::test]
async fn accounts_that_cannot_be_sent_are_refused() {
    for [key, secret, user] in [["", "s", "u"], ["k", "", "u"], ["k", "s", ""], ["k\n", "s", "u"], ["k", "s", "用户"]]
    {
        let refused = Sandbox::builder().account(key, secret, user).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{refused}");
    }
    let builder = Sandbox::builder().account(ACCESS_KEY, ACCESS_SECRET, USER_ID).account(ACCESS_KEY, "second", USER_ID);
    let refused = builder.start().await.unwrap_err();
    assert!(refused.to_string().contains("two secrets"), "{refused}");
    assert!(!refused.to_string().contains(ACCESS_SECRET), "{refused}");
}

#[tokio::test]
async fn two_hundred_requests_at_once_are_all_answered() {
    let host = Arc::new(Host::start().await);
    let calls: Vec<_> = (0..200)
        .map(|_| {
            let host = host.clone();
            tokio::spawn(async move { host.post(RENDER, &Headers::genuine(), RENDER_BODY).await })
        })
        .collect();
    let mut ids = HashSet::new();
    for call in calls {
        let answer = call.await.unwrap();
        assert_eq!((answer.status, answer.code()), (200, 200), "{}", answer.text());
        ids.insert(answer.json()["requestId"].as_str().unwrap().to_string());
    }
    assert_eq!(ids.len(), 200);
}

#[tokio::test]
async fn of_many_requests_with_one_nonce_one_is_accepted() {
    let host = Arc::new(Host::start().await);
    let headers = Headers::genuine();
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let (host, headers) = (host.clone(), headers.clone());
            tokio::spawn(async move { host.post(RENDER, &headers, RENDER_BODY).await.code() })
        })
        .collect();
    let mut accepted = 0;
    for call in calls {
        match call.await.unwrap() {
            200 => accepted += 1,
            code => assert_eq!(code, u64::from(Reason::ReusedNonce.code())),
        }
    }
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn stopping_frees_the_port_and_closes_idle_connections() {
    let host = Host::start().await;
    let address = host.sandbox.address();
    assert_eq!(host.post(RENDER, &Headers::genuine(), RENDER_BODY).await.code(), 200);
    let mut idle = TcpStream::connect(address).await.unwrap();
    timeout(Duration::from_secs(2), host.sandbox.stop()).await.expect("no connection is waited for");
    assert_eq!(idle.read(&mut [0; 1]).await.unwrap_or(0), 0);
    assert_freed(address).await;
}

#[tokio::test]
async fn dropping_stops_it_too() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let address = sandbox.address();
    drop(sandbox);
    assert_freed(address).await;
}

#[tokio::test]
async fn a_call_in_flight_is_answered_before_it_stops() {
    let host = Host::start().await;
    let address = host.sandbox.address();
    let head = head(&Headers::genuine(), RENDER_BODY.len());
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{head}{}", &RENDER_BODY[..10]).as_bytes()).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    let stopping = tokio::spawn(host.sandbox.stop());
    sleep(Duration::from_millis(100)).await;
    stream.write_all(&RENDER_BODY.as_bytes()[10..]).await.unwrap();
    let reply = read_all(&mut stream).await;
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains(r#""code":200"#), "{reply}");
    stopping.await.unwrap();
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).body_timeout(Duration::from_millis(100))).await;
    let mut stream = TcpStream::connect(host.sandbox.address()).await.unwrap();
    stream.write_all(head(&Headers::genuine(), 1000).as_bytes()).await.unwrap();
    let reply = timeout(Duration::from_secs(5), read_all(&mut stream)).await.expect("an answer");
    assert!(reply.starts_with("HTTP/1.1 408"), "{reply}");
    assert!(reply.contains(&Reason::BodyTimeout.code().to_string()), "{reply}");
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let host = Host::start().await;
    let mut stream = TcpStream::connect(host.sandbox.address()).await.unwrap();
    let endless = format!("POST {RENDER} HTTP/1.1\r\nhost: x\r\nlong: {}", "x".repeat(1 << 20));
    // The sandbox may close the connection before all is written.
    let _ = stream.write_all(endless.as_bytes()).await;
    let reply = timeout(Duration::from_secs(5), read_all(&mut stream)).await.expect("an end");
    assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 431"), "{reply}");
    assert_eq!(host.post(RENDER, &Headers::genuine(), RENDER_BODY).await.code(), 200);
}

#[tokio::test]
async fn what_is_not_http_does_no_harm() {
    let host = Host::start().await;
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03"[..],
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST / HTTP/9.9\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(host.sandbox.address()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        timeout(Duration::from_secs(5), read_all(&mut stream)).await.expect("an end");
    }
    assert_eq!(host.post(RENDER, &Headers::genuine(), RENDER_BODY).await.code(), 200);
}

#[tokio::test]
async fn the_date_header_shows_the_sandboxs_clock() {
    let host = Host::start().await;
    let answer = host.post(RENDER, &Headers::genuine(), RENDER_BODY).await;
    assert_eq!(answer.headers["date"], "Thu, 01 Aug 2024 04:00:00 GMT");
    assert_eq!(answer.headers["content-type"], "application/json");
}

/// The port can be taken. Another test's connection may have it for a moment, so more than one attempt is made.
async fn assert_freed(address: SocketAddr) {
    let freed = async {
        while TcpListener::bind(address).await.is_err() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(2), freed).await.expect("the port is free");
}

/// A request's line and headers.
fn head(headers: &Headers, length: usize) -> String {
    let Headers { access_key, timestamp, nonce, user_id, signature } = headers;
    format!(
        "POST {RENDER} HTTP/1.1\r\nhost: localhost\r\naccess-key: {access_key}\r\ntimestamp: {timestamp}\r\n\
         nonce-str: {nonce}\r\nuser-id: {user_id}\r\nsignature: {signature}\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {length}\r\n\r\n"
    )
}

async fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is reset has said what it had to say.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}
