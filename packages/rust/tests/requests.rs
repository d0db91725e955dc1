//! What is sent, and what is refused before anything is sent.

mod peer;

use peer::{KEY, Peer, REFUND, SECRET, answer, config, header, ok, render};
use xportcn::{Client, Config, Error};

async fn refusal_of(id: &str, params: &str, change: impl FnOnce(&mut Config)) -> (String, String) {
    let peer = Peer::keeping(ok(REFUND)).await;
    let mut config = peer.config();
    change(&mut config);
    let result = Client::new(config).unwrap().send_json(id, params).await;
    assert_eq!(peer.connections(), 0, "something was sent");
    match result {
        Err(Error::InvalidRequest { endpoint, path, reason }) => {
            assert_eq!(endpoint, id);
            (path, reason)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_call_is_sent_with_its_headers_and_body() {
    let peer = Peer::keeping(ok(REFUND)).await;
    peer.client().send(render()).await.unwrap();
    let request = &peer.requests()[0];
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /open/order/refund/render HTTP/1.1\r\n"), "{head}");
    assert_eq!(header(head, "access-key"), Some(KEY));
    assert_eq!(header(head, "user-id"), Some("user-of-the-tests"));
    assert_eq!(header(head, "timestamp").map(str::len), Some(10));
    assert_eq!(header(head, "nonce-str").map(str::len), Some(32));
    assert_eq!(header(head, "content-type"), Some("application/json"));
    assert_eq!(header(head, "host"), Some(peer.address.to_string().as_str()));
    let signature = header(head, "signature").unwrap();
    assert!(signature.len() == 32 && signature.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F')), "{signature}");
    let sent: serde_json::Value = serde_json::from_str(body).unwrap();
    let expected = serde_json::json!({"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1});
    assert_eq!(sent, expected);
    assert!(!request.contains(SECRET));
}

#[tokio::test]
async fn typed_and_untyped_calls_send_the_same() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let client = peer.client();
    let typed = client.send(render()).await.unwrap();
    let params = r#"{"subOrderId":1034499579120189839,"goodsStatus":1,"refundType":1}"#;
    let untyped = client.send_json("taobao.after_sale.render", params).await.unwrap();
    let bodies: Vec<_> = peer.requests().iter().map(|r| r.split_once("\r\n\r\n").unwrap().1.to_string()).collect();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(untyped.data, r#"{"currency":"CNY"}"#);
    assert_eq!(typed.request_id, untyped.request_id);
}

#[tokio::test]
async fn a_wrong_field_is_named_and_nothing_is_sent() {
    for (params, path, words) in [
        (r#"{"goodsStatus":1,"refundType":1}"#, "subOrderId", "required"),
        (r#"{"subOrderId":"1","goodsStatus":"x","refundType":1}"#, "goodsStatus", "whole number"),
        (r#"{"subOrderId":"1","goodsStatus":1,"refundType":1,"refundTyp":1}"#, "refundTyp", ""),
        (r#"{"subOrderId":1.5,"goodsStatus":1,"refundType":1}"#, "subOrderId", "an id"),
        ("[]", "", "JSON object"),
        ("{", "", "not valid JSON"),
        ("", "", "JSON object"),
    ] {
        let (found, reason) = refusal_of("taobao.after_sale.render", params, |_| ()).await;
        assert_eq!(found, path, "{params}: {reason}");
        assert!(reason.contains(words), "{params}: {reason}");
    }
}

#[tokio::test]
async fn an_unknown_endpoint_suggests_the_known_one() {
    let (_, reason) = refusal_of("taobao.after_sale.rendr", "{}", |_| ()).await;
    assert!(reason.contains("did you mean `taobao.after_sale.render`"), "{reason}");
}

#[tokio::test]
async fn what_would_make_another_path_of_the_path_is_refused() {
    for value in ["a/b", "..", ".", "%2e%2e", "a?b", "a#b", "a\\\\b", "中文", "a b", ""] {
        let params = format!(r#"{{"subOrderId":"{value}","goodsStatus":1,"refundType":1}}"#);
        let (path, reason) = refusal_of("taobao.after_sale.render", &params, |config| {
            config.paths.insert("taobao.after_sale.render".into(), "/open/{subOrderId}/render".into());
        })
        .await;
        assert_eq!(path, "subOrderId", "{value}: {reason}");
    }
}

#[tokio::test]
async fn the_path_of_an_endpoint_can_be_set() {
    let peer = Peer::keeping(ok(REFUND)).await;
    let mut config = peer.config();
    config.base_url += "/api/";
    config.paths.insert("taobao.after_sale.render".into(), "GET /v9/{subOrderId}".into());
    Client::new(config).unwrap().send(render()).await.unwrap();
    let request = &peer.requests()[0];
    assert!(
        request.starts_with("GET /api/v9/1034499579120189839?goodsStatus=1&refundType=1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n"), "a GET has no body: {request}");
}

#[test]
fn settings_that_would_send_something_wrong_are_refused() {
    for (setting, change) in [
        ("access_key", (|c| c.access_key = "key\r\nx: y".into()) as fn(&mut Config)),
        ("access_key", |c| c.access_key = String::new()),
        ("access_key", |c| c.access_key = "钥匙".into()),
        ("user_id", |c| c.user_id = "user\n".into()),
        ("access_secret", |c| c.access_secret = xportcn::Secret::new("")),
        ("base_url", |c| c.base_url = "http://example.com/api".into()),
        ("base_url", |c| c.base_url = "http://127.0.0.1.example.com".into()),
        ("base_url", |c| c.base_url = "example.com".into()),
        ("paths", |c| drop(c.paths.insert("no.such.row".into(), "/open".into()))),
    ] {
        let mut config = config("http://127.0.0.1:1");
        change(&mut config);
        match Client::new(config) {
            Err(Error::Config { field, .. }) => assert_eq!(field, setting),
            other => panic!("{setting}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_404_on_a_row_whose_path_is_inferred_says_so() {
    let peer = Peer::keeping(answer("404 Not Found", "", "no route")).await;
    let client = peer.client();
    let mut inferred = 0;
    for endpoint in xportcn::catalogue::ENDPOINTS {
        let hint = match client.send_json(endpoint.id, endpoint.example).await {
            Err(Error::Http { status: 404, hint, .. }) => hint,
            other => panic!("{}: {other:?}", endpoint.id),
        };
        let is_inferred = endpoint.evidence.path.as_str() == "inferred";
        let says_so = hint.as_ref().is_some_and(|hint| hint.contains("not published") && hint.contains("`paths`"));
        assert_eq!(says_so, is_inferred, "{}: {hint:?}", endpoint.id);
        inferred += usize::from(is_inferred);
    }
    println!("{inferred} rows have an inferred path");
}

#[test]
fn a_request_can_be_looked_at_without_sending_it() {
    let client = Client::new(config(Config::BASE_URL)).unwrap();
    let typed = client.request(&render()).unwrap();
    let params = r#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1}"#;
    let untyped = client.request_json("taobao.after_sale.render", params).unwrap();
    assert_eq!(typed.url, "https://www.xportcn.com/api/open/order/refund/render");
    assert_eq!((&typed.url, &typed.body), (&untyped.url, &untyped.body));
    assert_ne!(typed.header("nonce-str"), untyped.header("nonce-str"));
    assert!(client.request_json("nothing.like.it", "{}").is_err());
}
