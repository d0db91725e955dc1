//! Answers that are no replies: each is a clear error, never a panic, and never more memory than allowed.

mod peer;

use flate2::{Compression, write::GzEncoder};
use peer::{Peer, REFUND, answer, ok, render};
use std::io::Write;
use xportcn::{Error, TransportKind};

async fn error_for(bytes: Vec<u8>) -> Error {
    Peer::answering(bytes).await.client().send(render()).await.unwrap_err()
}

fn reason_of(error: &Error) -> &str {
    match error {
        Error::Decode { endpoint, part, reason, .. } => {
            assert_eq!((endpoint.as_str(), part.path()), ("taobao.after_sale.render", ""));
            reason
        }
        other => panic!("{other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_body_that_is_no_reply_is_a_decode_error_that_says_why() {
    for (body, expected) in [
        ("", "the body is empty"),
        ("  \r\n", "the body is empty"),
        ("<!DOCTYPE html><html><body>Login</body></html>", "HTML"),
        (r#"{"code":200,"msg":"success","data":{"curr"#, "cut off after 41 bytes"),
        ("Service OK", "not JSON"),
        ("[1,2,3]", "no object"),
    ] {
        let error = error_for(ok(body)).await;
        assert!(reason_of(&error).contains(expected), "{body:?}: {error}");
    }
}

#[tokio::test]
async fn an_object_without_a_result_code_is_no_reply() {
    match error_for(ok(r#"{"data":{"currency":"CNY"}}"#)).await {
        Error::Decode { part, reason, .. } => {
            assert_eq!((part.path(), reason.as_str()), ("code", "the reply has no result code"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_body_shorter_than_its_announced_length_is_a_broken_connection() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    let error = error_for(format!("{head}{REFUND}").into_bytes()).await;
    assert!(matches!(error, Error::Transport { kind: TransportKind::Reset, .. }), "{error:?}");
    let chunk = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFF\r\n{REFUND}");
    let error = error_for(chunk.into_bytes()).await;
    assert!(matches!(error, Error::Transport { kind: TransportKind::Reset, .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_a_failure_of_the_transport() {
    let error = error_for(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()).await;
    assert!(matches!(error, Error::Transport { kind: TransportKind::Other, .. }), "{error:?}");
}

#[tokio::test]
async fn a_compressed_reply_is_read() {
    let peer = Peer::answering(answer("200 OK", "content-encoding: gzip\r\n", gzip(REFUND.as_bytes()))).await;
    let reply = peer.client().send(render()).await.unwrap();
    assert_eq!(reply.currency.as_deref(), Some("CNY"));
    assert_eq!(reply.raw, REFUND.as_bytes());
    assert_eq!(peer::header(&peer.requests()[0], "accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn garbage_that_is_labelled_as_gzip_is_named_as_such() {
    let error = error_for(answer("200 OK", "content-encoding: gzip\r\n", REFUND)).await;
    assert!(reason_of(&error).contains("labelled as gzip, but it is not gzip"), "{error}");

    let whole = gzip(REFUND.repeat(50).as_bytes());
    let error = error_for(answer("200 OK", "content-encoding: gzip\r\n", &whole[..whole.len() / 2])).await;
    assert!(reason_of(&error).contains("labelled as gzip, but it is cut off"), "{error}");

    let error = error_for(answer("200 OK", "content-encoding: br\r\n", REFUND)).await;
    assert!(reason_of(&error).contains("encoded as \"br\""), "{error}");
}

#[tokio::test]
async fn gzip_without_its_label_is_named_as_such() {
    let error = error_for(ok(gzip(REFUND.as_bytes()))).await;
    assert!(reason_of(&error).contains("still compressed"), "{error}");
}

#[tokio::test]
async fn fifty_megabytes_are_refused_before_they_are_read() {
    let peer = Peer::answering(ok(vec![b' '; 50_000_000])).await;
    let error = peer.client().send(render()).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 33_554_432, .. }), "{error}");
    assert!(peer.bytes_written() < 20_000_000, "{} bytes were taken", peer.bytes_written());
}

#[tokio::test]
async fn a_body_of_unknown_length_is_read_no_further_than_the_limit() {
    // More than sockets buffer on both sides, which is tens of megabytes on some machines.
    const PIECES: usize = 400;
    let peer = Peer::with(|mut stream, seen| async move {
        seen.request(&mut stream).await;
        seen.write(&mut stream, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
        let piece = [b"100000\r\n".as_slice(), &vec![b' '; 0x100000], b"\r\n"].concat();
        for _ in 0..PIECES {
            seen.write(&mut stream, &piece).await;
        }
    })
    .await;
    let mut config = peer.config();
    config.max_reply_bytes = 1 << 20;
    let error = xportcn::Client::new(config).unwrap().send(render()).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 1_048_576, .. }), "{error}");
    assert!(peer.bytes_written() < PIECES << 19, "{} bytes were taken", peer.bytes_written());
    assert_eq!(peer.requests().len(), 1, "what is too large does not shrink");
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_large_one_is_refused() {
    let bomb = gzip(&vec![b' '; 50_000_000]);
    assert!(bomb.len() < 100_000);
    let error = error_for(answer("200 OK", "content-encoding: gzip\r\n", bomb)).await;
    assert!(matches!(error, Error::TooLarge { limit: 33_554_432, .. }), "{error}");
}

#[tokio::test]
async fn a_body_as_large_as_the_limit_is_read() {
    let peer = Peer::answering(ok(REFUND)).await;
    for (limit, accepted) in [(REFUND.len(), true), (REFUND.len() - 1, false)] {
        let mut config = peer.config();
        config.max_reply_bytes = limit;
        let result = xportcn::Client::new(config).unwrap().send(render()).await;
        assert_eq!(result.is_ok(), accepted, "{limit}: {result:?}");
    }
}

#[tokio::test]
async fn text_of_any_language_arrives_as_it_was_sent() {
    let body = r#"{"code":"0","msg":"成功","requestId":"请求-1","data":{"currency":"人民币 ¥ 🧧"}}"#;
    let reply = Peer::answering(ok(body)).await.client().send(render()).await.unwrap();
    assert_eq!(reply.data.currency.as_deref(), Some("人民币 ¥ 🧧"));
    assert_eq!(reply.request_id.as_deref(), Some("请求-1"));
    assert_eq!(reply.message.as_deref(), Some("成功"));
}

#[tokio::test]
async fn a_refusal_is_read_whatever_the_status() {
    for status in ["200 OK", "400 Bad Request", "500 Internal Server Error"] {
        let body = r#"{"code":40001,"msg":"余额不足","requestId":"r-7"}"#;
        match error_for(answer(status, "", body)).await {
            Error::Api { endpoint, code, message, body_head, request_id, hint } => {
                assert_eq!(endpoint, "taobao.after_sale.render");
                assert_eq!((code.as_str(), message.as_str()), ("40001", "余额不足"));
                assert_eq!(request_id.as_deref(), Some("r-7"));
                assert_eq!(&*body_head, body);
                assert_eq!(hint, None);
            }
            other => panic!("{status}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_error_page_is_an_http_error_with_the_beginning_of_its_body() {
    match error_for(answer("502 Bad Gateway", "content-type: text/html\r\n", "<h1>Bad gateway</h1>")).await {
        Error::Http { status, body_head, hint, .. } => {
            assert_eq!((status, body_head.as_str()), (502, "<h1>Bad gateway</h1>"));
            assert!(hint.is_some_and(|hint| hint.contains("may have been carried out")));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_value_of_another_kind_is_a_warning_and_the_raw_body_keeps_it() {
    let body = r#"{"code":200,"data":{"currency":["CNY"],"distributorId":12345678901234567890}}"#;
    let reply = Peer::answering(ok(body)).await.client().send(render()).await.unwrap();
    assert_eq!(reply.currency, None);
    assert_eq!(reply.distributor_id.as_ref().map(xportcn::Id::as_str), Some("12345678901234567890"));
    assert_eq!(reply.warnings.len(), 1);
    assert_eq!(reply.warnings[0].to_string(), "data.currency: expected text, found a list");
    assert_eq!(reply.raw, body.as_bytes());
}
