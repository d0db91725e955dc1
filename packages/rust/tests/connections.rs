//! What happens to connections: kept, refused, broken, too slow, or pointing elsewhere.

mod peer;

use peer::{Peer, REFUND, answer, config, header, ok, render};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use xportcn::{Client, Error, TransportKind};

fn kind_of(error: &Error) -> TransportKind {
    match error {
        Error::Transport { kind, endpoint, .. } => {
            assert_eq!(endpoint, "taobao.after_sale.render");
            *kind
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn calls_one_after_another_and_clones_share_a_connection() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let client = peer.client();
    for _ in 0..20 {
        client.clone().send(render()).await.unwrap();
    }
    assert_eq!((peer.connections(), peer.requests().len()), (1, 20));
}

#[tokio::test]
async fn every_call_has_a_nonce_of_its_own() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let client = peer.client();
    for _ in 0..20 {
        client.send(render()).await.unwrap();
    }
    let mut nonces: Vec<_> = peer.requests().iter().map(|r| header(r, "nonce-str").unwrap().to_string()).collect();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 20);
}

#[tokio::test]
async fn calls_at_the_same_time_are_all_answered() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let client = peer.client();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(render()).await.map(|reply| reply.data.currency) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().as_deref(), Some("CNY"));
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = Client::new(config(&url)).unwrap().send(render()).await.unwrap_err();
    assert_eq!(kind_of(&error), TransportKind::Connect);
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn a_certificate_that_the_system_does_not_trust_is_a_tls_failure() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(self_signed()));
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        acceptor.accept(stream).await.map(drop)
    });
    let error = Client::new(config(&format!("https://{address}"))).unwrap().send(render()).await.unwrap_err();
    assert_eq!(kind_of(&error), TransportKind::Tls);
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(server.await.unwrap().is_err(), "the server must not have been talked to");
}

fn self_signed() -> tokio_rustls::rustls::ServerConfig {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_string()]).unwrap();
    let key = made.signing_key.serialize_der().try_into().unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    tokio_rustls::rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap()
}

#[tokio::test]
async fn a_server_without_tls_is_a_tls_failure() {
    let peer =
        Peer::with(|stream, seen| async move { seen.write(&mut { stream }, b"HTTP/1.1 400 Bad\r\n\r\n").await }).await;
    let url = format!("https://{}", peer.address);
    let error = Client::new(config(&url)).unwrap().send(render()).await.unwrap_err();
    assert_eq!(kind_of(&error), TransportKind::Tls);
}

#[tokio::test]
async fn no_process_wide_tls_provider_is_installed() {
    Client::new(config("https://example.com")).unwrap();
    assert!(tokio_rustls::rustls::crypto::CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_broken() {
    let closing = Peer::with(|mut stream, seen| async move {
        seen.request(&mut stream).await;
    })
    .await;
    let error = closing.client().send(render()).await.unwrap_err();
    assert_eq!(kind_of(&error), TransportKind::Reset);

    let resetting = Peer::with(|mut stream, seen| async move {
        seen.request(&mut stream).await;
        stream.set_zero_linger().unwrap();
    })
    .await;
    let error = resetting.client().send(render()).await.unwrap_err();
    assert_eq!(kind_of(&error), TransportKind::Reset);
    assert_eq!(resetting.requests().len(), 1, "it must not have been sent again");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_a_timeout() {
    let peer = Peer::with(|mut stream, seen| async move {
        seen.request(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    assert_times_out(&peer).await;
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_a_timeout_of_the_whole_call() {
    let peer = Peer::with(|mut stream, seen| async move {
        seen.request(&mut stream).await;
        seen.write(&mut stream, b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n").await;
        for _ in 0..1000 {
            seen.write(&mut stream, b" ").await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
    assert_times_out(&peer).await;
}

async fn assert_times_out(peer: &Peer) {
    let client = Client::builder(peer.config()).max_retries(0).timeout(Duration::from_millis(300)).build().unwrap();
    let started = Instant::now();
    let error = client.send(render()).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout { endpoint, .. } if endpoint == "taobao.after_sale.render"), "{error:?}");
    assert!(error.is_retryable());
    let took = started.elapsed();
    assert!((Duration::from_millis(300)..Duration::from_secs(2)).contains(&took), "{took:?}");
}

/// Linux leaves a connection unanswered when the queue of a listener is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_does_not_come_about_in_time_has_sent_nothing() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(stream) = tokio::time::timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
        queue.push(stream.unwrap());
    }
    let client = Client::builder(config(&format!("http://{address}")))
        .connect_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let error = client.send(render()).await.unwrap_err();
    assert_eq!(kind_of(&error), TransportKind::Connect);
    assert!(kind_of(&error).nothing_sent());
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let other = Peer::keeping(ok(REFUND)).await;
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let peer = Peer::answering(answer(status, &format!("location: {}/open\r\n", other.url()), "")).await;
        let error = peer.client().send(render()).await.unwrap_err();
        let expected: u16 = status[..3].parse().unwrap();
        assert!(matches!(error, Error::Http { status, .. } if status == expected), "{error:?}");
        assert_eq!(peer.requests().len(), 1);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn after_a_failure_the_client_goes_on() {
    let peer = Peer::with(|mut stream, seen| async move {
        while seen.request(&mut stream).await {
            if seen.last_request().contains("\"goodsStatus\":2") {
                return;
            }
            seen.write(&mut stream, &ok(REFUND)).await;
        }
    })
    .await;
    let client = peer.client();
    client.send(render()).await.unwrap();
    let mut breaking = render();
    breaking.goods_status = 2;
    assert_eq!(kind_of(&client.send(breaking).await.unwrap_err()), TransportKind::Reset);
    client.send(render()).await.unwrap();
    assert_eq!(peer.connections(), 2);
}
