//! What listeners are told, what is known of answers, and what calls send beside their fields.

mod peer;

use peer::{Peer, REFUND, answer, header, ok, render};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use xportcn::{Client, Error, Event, EventKind, RetryPolicy};

fn quick(peer: &Peer) -> Client {
    let policy = RetryPolicy { initial_backoff: Duration::from_millis(1), ..RetryPolicy::default() };
    Client::builder(peer.config()).policy(policy).build().unwrap()
}

fn heard(client: &Client) -> (Client, Arc<Mutex<Vec<Event>>>) {
    let events = Arc::<Mutex<Vec<Event>>>::default();
    let kept = Arc::clone(&events);
    (client.on_event(move |event| kept.lock().unwrap().push(event.clone())), events)
}

fn words(events: &Mutex<Vec<Event>>) -> Vec<&'static str> {
    events.lock().unwrap().iter().map(|event| event.kind.as_str()).collect()
}

#[tokio::test]
async fn a_listener_hears_every_attempt_of_a_call_in_its_order() {
    let peer =
        Peer::keeping(answer("503 Service Unavailable", "x-request-id: gw-1\r\nretry-after: 0\r\n", "busy")).await;
    let (client, events) = heard(&quick(&peer));
    client.send(render()).await.unwrap_err();
    let attempt = ["sent", "answered"];
    let expected = [&["started"], &attempt[..], &["retrying"], &attempt, &["retrying"], &attempt, &["ended"]].concat();
    assert_eq!(words(&events), expected);
    let events = events.lock().unwrap();
    let EventKind::Answered { attempt, status, headers, request_id, .. } = &events[2].kind else { panic!() };
    assert_eq!((*attempt, *status, request_id.as_deref()), (1, 503, Some("gw-1")));
    assert!(headers.contains(&("retry-after", "0".to_string())), "{headers:?}");
    let EventKind::Ended { attempts, error, request_id, .. } = &events.last().unwrap().kind else { panic!() };
    assert_eq!((*attempts, *error, request_id.as_deref()), (3, Some("Http"), Some("gw-1")));
}

#[tokio::test]
async fn a_listener_that_panics_costs_no_reply() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let client = quick(&peer).on_event(|_| panic!("the listener's own fault"));
    let (client, events) = heard(&client);
    client.send(render()).await.unwrap();
    assert_eq!(words(&events), ["started", "sent", "answered", "ended"], "the others hear all the same");
}

#[tokio::test]
async fn status_headers_attempts_and_duration_come_with_replies_and_errors() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let reply = quick(&peer).send(render()).await.unwrap();
    assert_eq!((reply.status, reply.attempts), (200, 1));
    assert!(reply.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")), "{:?}", reply.headers);

    let peer = Peer::keeping(answer("500 Internal Server Error", "X-Request-Id: gw-2\r\n", "oops")).await;
    let answered = quick(&peer).answer(render()).await;
    assert_eq!((answered.status(), answered.attempts), (Some(500), 1));
    assert_eq!(answered.header("x-request-id"), Some("gw-2"));
    let error = answered.result.unwrap_err();
    assert_eq!(error.request_id(), Some("gw-2"));
    assert!(matches!(error, Error::Http { status: 500, .. }), "{error}");

    let unsent = quick(&peer).answer_json("no.such.row", "{}").await;
    assert_eq!((unsent.status(), unsent.attempts, unsent.headers().len()), (None, 0, 0));
}

#[tokio::test]
async fn calls_send_headers_query_user_and_agent_of_their_own() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let mut config = peer.config();
    config.user_agent = "my-shop/1.0".into();
    config.headers.insert("X-Shop".into(), "7".into());
    let client = Client::new(config).unwrap();
    let own =
        client.for_user("another-user").unwrap().with_header("x-trace", "t-1").unwrap().with_query("a b", "ü").unwrap();
    own.send(render()).await.unwrap();
    client.send(render()).await.unwrap();
    let [first, second] = &peer.requests()[..] else { panic!("two requests") };
    assert_eq!(header(first, "user-id"), Some("another-user"));
    assert_eq!((header(first, "x-trace"), header(first, "x-shop")), (Some("t-1"), Some("7")));
    assert!(first.contains("?a%20b=%C3%BC "), "{first}");
    let agent = concat!("my-shop/1.0 xportcn-rust/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(first, "user-agent"), Some(agent));
    assert_eq!((header(second, "user-id"), header(second, "x-trace")), (Some("user-of-the-tests"), None));

    for refused in [client.with_header("signature", "x"), client.with_query("sign", "x"), client.for_user("")] {
        assert!(matches!(refused, Err(Error::Config { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn a_call_that_the_clients_own_limit_holds_back_says_that_it_was_not_sent() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let mut config = peer.config();
    config.limit = Some(xportcn::Limit::every(Duration::from_secs(90)));
    let client = Client::new(config).unwrap();
    client.send(render()).await.unwrap();
    let error = client.send(render()).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout { is_limited: true, .. }), "{error:?}");
    assert!(error.to_string().contains("was not sent: the client's own `limit`"), "{error}");
    assert_eq!(peer.requests().len(), 1);
}
