//! What a request may hold: the table's fields, as the wire writes them.

use crate::host::{Answer, Headers, Host, RENDER, RENDER_BODY};
use crate::replies::wire_body;
use xportcn_core::catalogue::{self, ENDPOINTS};
use xportcn_core::endpoint::Method;
use xportcn_sandbox::Reason;

const DETAIL: &str = "/alibaba/product/detail/get";
const SEARCH: &str = "/alibaba/product/keywords/query";
const PAY_URL: &str = "/alibaba/order/pay/url";
const CANCEL: &str = "/open/order/refund/cancel";

fn assert_refused(answer: &Answer, reason: Reason, word: &str) {
    assert_eq!(answer.code(), u64::from(reason.code()), "{}", answer.text());
    assert_eq!(answer.status, reason.status(), "{}", answer.text());
    assert!(answer.message().contains(word), "{} lacks {word}", answer.message());
    assert!(answer.json()["data"].is_null());
}

#[tokio::test]
async fn a_wrong_field_is_named() {
    let host = Host::start().await;
    for (path, body, field) in [
        (RENDER, r#"{"goodsStatus":1,"refundType":1}"#, "subOrderId"),
        (RENDER, r#"{"subOrderId":null,"goodsStatus":1,"refundType":1}"#, "subOrderId"),
        (RENDER, r#"{"subOrderId":"","goodsStatus":1,"refundType":1}"#, "subOrderId"),
        (RENDER, r#"{"subOrderId":["1"],"goodsStatus":1,"refundType":1}"#, "subOrderId"),
        (RENDER, r#"{"subOrderId":1.5,"goodsStatus":1,"refundType":1}"#, "subOrderId"),
        (RENDER, r#"{"subOrderId":"1","goodsStatus":"one","refundType":1}"#, "goodsStatus"),
        (RENDER, r#"{"subOrderId":"1","goodsStatus":1,"refundType":{}}"#, "refundType"),
        (RENDER, r#"{"subOrderId":"1","goodsStatus":1,"refundType":1,"colour":"red"}"#, "colour"),
        (RENDER, r#"{"subOrderId":"1","subOrderId":"2","goodsStatus":1,"refundType":1}"#, "subOrderId"),
        (
            "/alibaba/order/create/preview",
            r#"{"addressParam":{},"cargoParamList":[{"offerId":1,"quantity":1},{"offerId":2}]}"#,
            "cargoParamList[1].quantity",
        ),
        (
            "/alibaba/order/create/preview",
            r#"{"addressParam":{"colour":1},"cargoParamList":[]}"#,
            "addressParam.colour",
        ),
        (SEARCH, r#"{"keyword":"鞋","sort":{"price":"desc"}}"#, "sort"),
        (SEARCH, r#"{"keyword":"鞋","sort":"{price"}"#, "sort"),
    ] {
        let answer = host.post(path, &Headers::genuine(), body).await;
        assert_refused(&answer, Reason::InvalidField, field);
    }
}

#[tokio::test]
async fn names_are_the_wires_own_misspellings_included() {
    let host = Host::start().await;
    let endpoint = catalogue::find("warehouse.update_domestic_logistics").unwrap();
    let body = String::from_utf8(wire_body(endpoint, endpoint.example)).unwrap();
    assert!(body.contains(r#""logisticNumer":"#), "{body}");
    assert_eq!(host.post(endpoint.path, &Headers::genuine(), body.clone()).await.code(), 200);
    let spelt_right = body.replace(r#""logisticNumer":"#, r#""logisticNumber":"#);
    let answer = host.post(endpoint.path, &Headers::genuine(), spelt_right).await;
    assert_refused(&answer, Reason::InvalidField, "`logisticNumer`");
}

#[tokio::test]
async fn a_field_in_url_and_body_stands_twice() {
    let host = Host::start().await;
    let answer = host.post(&format!("{RENDER}?refundType=1"), &Headers::genuine(), RENDER_BODY).await;
    assert_refused(&answer, Reason::InvalidField, "refundType");
    let rest = r#"{"subOrderId":"1034499579120189839","goodsStatus":1}"#;
    assert_eq!(host.post(&format!("{RENDER}?refundType=1"), &Headers::genuine(), rest).await.code(), 200);
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let host = Host::start().await;
    let deep = format!(r#"{{"subOrderId":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    for body in [
        "{",
        "[]",
        "1",
        "null",
        "\"text\"",
        "subOrderId=1",
        "{\"subOrderId\":1,}",
        "<html>",
        "{} {}",
        "\u{FEFF}{}",
        "NaN",
        &deep,
    ] {
        let answer = host.post(RENDER, &Headers::genuine(), body.to_string()).await;
        assert_refused(&answer, Reason::MalformedJson, "body");
    }
    let answer = host.post(RENDER, &Headers::genuine(), &b"{\"subOrderId\":\"\xFF\"}"[..]).await;
    assert_refused(&answer, Reason::NotUtf8, "UTF-8");
    let answer = host.post(RENDER, &Headers::genuine(), &b"\x1F\x8B\x08\x00\x00"[..]).await;
    assert_refused(&answer, Reason::NotUtf8, "UTF-8");
}

#[tokio::test]
async fn a_post_without_body_has_no_fields() {
    let host = Host::start().await;
    let answer = host.send(host.request("POST", RENDER, &Headers::genuine())).await;
    assert_refused(&answer, Reason::InvalidField, "subOrderId");
}

#[tokio::test]
async fn the_body_must_be_said_to_be_json() {
    let host = Host::start().await;
    let send = async |media: Option<&'static str>| {
        let request = host.request("POST", RENDER, &Headers::genuine()).body(RENDER_BODY);
        host.send(match media {
            Some(media) => request.header("content-type", media),
            None => request,
        })
        .await
    };
    for media in ["application/json", "application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\""] {
        assert_eq!(send(Some(media)).await.code(), 200, "{media}");
    }
    let others =
        ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "application/jsonx", ""];
    for media in others.map(Some).into_iter().chain([None]) {
        assert_refused(&send(media).await, Reason::WrongContentType, "content-type");
    }
}

#[tokio::test]
async fn a_query_string_is_checked_like_a_body() {
    let host = Host::start().await;
    let answer = host.get(&format!("{PAY_URL}?orderId=2542285634920880794"), &Headers::genuine()).await;
    assert_eq!(answer.code(), 200, "{}", answer.text());
    for (query, reason, word) in [
        ("", Reason::InvalidField, "orderId"),
        ("?orderId=", Reason::InvalidField, "orderId"),
        ("?orderId=1&colour=red", Reason::InvalidField, "colour"),
        ("?orderId=1&orderId=1", Reason::RepeatedParameter, "orderId"),
        ("?orderId=1&order%49d=2", Reason::RepeatedParameter, "orderId"),
        ("?orderId=%FF", Reason::NotUtf8, "UTF-8"),
        ("?orderId=%zz", Reason::NotUtf8, "%"),
        ("?orderId=1%", Reason::NotUtf8, "%"),
        ("?orderId=1%2", Reason::NotUtf8, "%"),
    ] {
        assert_refused(&host.get(&format!("{PAY_URL}{query}"), &Headers::genuine()).await, reason, word);
    }
    let request = host.request("GET", &format!("{PAY_URL}?orderId=1"), &Headers::genuine()).body("{}");
    assert_refused(&host.send(request).await, Reason::UnexpectedBody, "GET");
}

#[tokio::test]
async fn a_field_may_stand_in_the_path() {
    let host = Host::start().await;
    for path in
        [format!("{CANCEL}/110000235001"), format!("/api{CANCEL}/110000235001"), format!("{CANCEL}/11000023500%31")]
    {
        let answer = host.get(&path, &Headers::genuine()).await;
        assert_eq!(answer.code(), 200, "{}", answer.text());
        let id = &answer.json()["data"]["refundOrderAggregate"]["refundOrder"]["refundId"];
        assert_eq!(id.to_string().trim_matches('"'), "110000235001");
    }
    let answer = host.get(&format!("{CANCEL}/123?refundId=4"), &Headers::genuine()).await;
    assert_refused(&answer, Reason::InvalidField, "refundId");
    assert_refused(&host.get(&format!("{CANCEL}/%FF"), &Headers::genuine()).await, Reason::NotUtf8, "UTF-8");
    assert_refused(&host.get(CANCEL, &Headers::genuine()).await, Reason::UnknownPath, CANCEL);
}

#[tokio::test]
async fn ids_are_taken_as_number_and_as_text() {
    let host = Host::start().await;
    for body in [
        r#"{"offerId":9223372036854775807}"#,
        r#"{"offerId":"9223372036854775807"}"#,
        r#"{"offerId":123456789012345678901234567890}"#,
    ] {
        let answer = host.post(DETAIL, &Headers::genuine(), body).await;
        assert_eq!(answer.code(), 200, "{}", answer.text());
        let digits = body.trim_matches(|c: char| !c.is_ascii_digit());
        assert!(answer.text().contains(digits), "{}", answer.text());
    }
}

#[tokio::test]
async fn paths_and_methods_are_the_catalogues() {
    let host = Host::start().await;
    for path in [
        "/",
        "/api",
        "/open",
        "/open/order/refund/render/",
        "/api/api/open/order/refund/render",
        "/%FF",
        "/open/../open/none",
    ] {
        assert_refused(&host.post(path, &Headers::genuine(), RENDER_BODY).await, Reason::UnknownPath, "path");
    }
    for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = host.send(host.request(method, RENDER, &Headers::genuine())).await;
        assert_refused(&answer, Reason::WrongMethod, "POST");
        assert_eq!(answer.headers["allow"], "POST");
    }
    let answer = host.send(host.request("HEAD", RENDER, &Headers::genuine())).await;
    assert_eq!((answer.status, answer.bytes.len()), (405, 0));
    assert_eq!(host.post(&format!("/api{RENDER}"), &Headers::genuine(), RENDER_BODY).await.code(), 200);
}

#[tokio::test]
async fn a_body_over_2_mib_is_refused_and_one_below_is_not() {
    let host = Host::start().await;
    let padded = |length: usize| format!("{RENDER_BODY}{}", " ".repeat(length - RENDER_BODY.len()));
    assert_eq!(host.post(RENDER, &Headers::genuine(), padded(2 << 20)).await.code(), 200);
    for length in [(2 << 20) + 1, 20 << 20] {
        assert_refused(&host.post(RENDER, &Headers::genuine(), padded(length)).await, Reason::BodyTooLarge, "2097152");
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

#[tokio::test]
async fn whatever_a_genuine_host_sends_is_answered_in_the_envelope() {
    const PIECES: [&str; 16] =
        ["{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1e400", "\\ud800", "\\", "\0", "\u{FEFF}", "鞋"];
    let host = Host::start().await;
    let mut dice = Dice(7);
    let (mut sent, mut refused) = (0, 0);
    for endpoint in ENDPOINTS.iter().copied().filter(|endpoint| endpoint.method == Method::Post) {
        let body = wire_body(endpoint, endpoint.example);
        for _ in 0..12 {
            let mut spoilt = body.clone();
            for _ in 0..1 + dice.below(3) {
                let from = dice.below(spoilt.len());
                let to = (from + dice.below(4)).min(spoilt.len());
                let piece = PIECES[dice.below(PIECES.len())].bytes();
                drop(spoilt.splice(from..to, piece));
            }
            let answer = host.post(endpoint.path, &Headers::genuine(), spoilt).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert!(!answer.message().is_empty());
            sent += 1;
            refused += usize::from(answer.code() != 200);
        }
    }
    assert!(refused > sent / 2, "{refused} of {sent} were refused");
}
