//! When the client tries again, and when it must not.

mod peer;

use peer::{Peer, REFUND, answer, ok, render};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use xportcn::{Client, Error, RetryPolicy, TransportKind, taobao};

/// A server whose first answers fail, and the others succeed.
async fn failing(times: usize, failure: Vec<u8>) -> Peer {
    let answered = Arc::new(AtomicUsize::new(0));
    Peer::with(move |mut stream, seen| {
        let (answered, failure) = (Arc::clone(&answered), failure.clone());
        async move {
            while seen.request(&mut stream).await {
                let before = answered.fetch_add(1, Ordering::SeqCst);
                let text = if before < times { failure.clone() } else { ok(REFUND) };
                seen.write(&mut stream, &text).await;
            }
        }
    })
    .await
}

fn client(peer: &Peer) -> Client {
    let policy = RetryPolicy {
        initial_backoff: Duration::from_millis(5),
        max_backoff: Duration::from_millis(20),
        ..RetryPolicy::default()
    };
    Client::builder(peer.config()).policy(policy).build().unwrap()
}

fn cancel() -> taobao::after_sale::Cancel {
    taobao::after_sale::Cancel { refund_id: "110000235001".into() }
}

#[tokio::test]
async fn a_read_is_tried_again_with_a_nonce_of_its_own_until_it_succeeds() {
    let peer = failing(2, answer("503 Service Unavailable", "", "<html>busy</html>")).await;
    client(&peer).send(render()).await.unwrap();
    let requests = peer.requests();
    assert_eq!(requests.len(), 3);
    let mut nonces: Vec<_> = requests.iter().map(|request| peer::header(request, "nonce-str").unwrap()).collect();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 3);
}

#[tokio::test]
async fn after_the_last_retry_the_last_failure_is_told() {
    let peer = failing(9, answer("503 Service Unavailable", "", "busy")).await;
    let error = client(&peer).send(render()).await.unwrap_err();
    assert!(matches!(error, Error::Http { status: 503, .. }), "{error}");
    assert_eq!(peer.requests().len(), 3);
}

#[tokio::test]
async fn a_write_that_may_have_arrived_is_sent_once_and_the_error_says_how_to_find_out() {
    for failure in [answer("502 Bad Gateway", "", "lost"), ok(""), ok("{\"code\":200,\"da")] {
        let peer = failing(1, failure).await;
        let error = client(&peer).send(cancel()).await.unwrap_err();
        let Error::AmbiguousWrite { recovery, .. } = &error else { panic!("{error}") };
        assert!(recovery.contains("taobao.after_sale."), "{recovery}");
        assert_eq!(peer.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_write_is_tried_again_if_the_caller_allows_it() {
    let peer = failing(1, answer("502 Bad Gateway", "", "lost")).await;
    let policy =
        RetryPolicy { initial_backoff: Duration::from_millis(5), retry_writes: true, ..RetryPolicy::default() };
    client(&peer).with_policy(policy).send(cancel()).await.unwrap();
    assert_eq!(peer.requests().len(), 2);
}

#[tokio::test]
async fn a_write_that_never_left_is_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let policy = RetryPolicy { max_retries: 3, initial_backoff: Duration::from_millis(5), ..RetryPolicy::default() };
    let client = Client::builder(peer::config(&url)).policy(policy).build().unwrap();
    let error = client.send(cancel()).await.unwrap_err();
    assert!(matches!(error, Error::Transport { kind: TransportKind::Connect, .. }), "{error}");
}

#[tokio::test]
async fn the_pause_that_the_platform_asks_for_is_kept() {
    let peer = failing(1, answer("429 Too Many Requests", "retry-after: 1\r\n", "slower")).await;
    let started = Instant::now();
    client(&peer).send(render()).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_pause_beyond_the_deadline_is_not_begun() {
    let peer = failing(1, answer("503 Service Unavailable", "retry-after: 3600\r\n", "later")).await;
    let started = Instant::now();
    let error = client(&peer).send(render()).await.unwrap_err();
    assert!(matches!(error, Error::Http { status: 503, .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
