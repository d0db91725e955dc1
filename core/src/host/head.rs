//! A request and an answer without their bodies, as lines: they cost a host less than JSON.

use crate::call::request::Request;
use crate::call::sign;
use crate::search::position;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A request: its timeout in milliseconds, its method and its URL; the values of the five headers that sign it; and then the
/// name and the value of each further header, all of them lines. No header that can be sent holds a line break.
pub fn head_lines(request: &Request, timeout_ms: u64) -> String {
    let mut out = String::with_capacity(400);
    out.push_str(&timeout_ms.to_string());
    for line in [request.method.as_str(), &request.url] {
        out.push('\n');
        out.push_str(line);
    }
    for (at, (name, value)) in request.headers.iter().enumerate() {
        if sign::HEADERS.get(at).is_none_or(|known| known != name) {
            out.push('\n');
            out.push_str(name);
        }
        out.push('\n');
        out.push_str(value);
    }
    out
}

/// Headers of which each stands in a line of its own, as `date: Thu, 01 Aug 2024 04:00:00 GMT`.
pub fn headers_of_lines(lines: &str) -> Vec<(String, String)> {
    let header = |line: &str| {
        let (name, value) = position(line, ": ").and_then(|at| line.split_at_checked(at))?;
        Some((name.to_string(), value.get(2..)?.to_string()))
    };
    let mut headers = Vec::new();
    let mut rest = lines;
    while let Some((line, after)) = position(rest, "\n").and_then(|end| rest.split_at_checked(end)) {
        headers.extend(header(line));
        rest = after.get(1..).unwrap_or_default();
    }
    headers.extend(header(rest));
    headers
}

#[cfg(test)]
mod tests {
    use crate::host::{HostCore, head_lines};
    use crate::{Request, Step};
    use alloc::format;
    use alloc::vec::Vec;

    const RENDER: &str = r#"{"subOrderId":"1","goodsStatus":1,"refundType":1}"#;

    /// What is sent, and whether it has the parameters as they were given.
    fn sent(settings: &str, id: &str, params: &str) -> (Request, bool) {
        let core =
            HostCore::new(&format!(r#"{{"accessKey":"key","accessSecret":"hidden","userId":"user"{settings}}}"#));
        let mut exchange = core.unwrap().call(id, params, "").unwrap();
        let Step::Send { request, .. } = exchange.step(1_722_484_800_000, &[7; 32]) else { panic!("it is not sent") };
        let as_given = exchange.sends_as_given();
        (request, as_given)
    }

    #[test]
    fn the_head_of_a_request_is_lines_with_the_names_of_further_headers() {
        let settings = r#","baseUrl":"https://example.com","userAgent":"shop/1","headers":{"x-team":"a b"}"#;
        let (request, _) = sent(settings, "taobao.after_sale.render", RENDER);
        let lines = head_lines(&request, 5000);
        let lines: Vec<&str> = lines.split('\n').collect();
        let [timeout, method, url, key, timestamp, nonce, user, signature, more @ ..] = lines.as_slice() else {
            panic!("{lines:?}")
        };
        assert_eq!([*timeout, *method, *key, *timestamp, *user], ["5000", "POST", "key", "1722484800", "user"]);
        assert!(url.starts_with("https://example.com/"), "{url}");
        assert_eq!([nonce.len(), signature.len()], [32, 32]);
        let expected = "accept|application/json|content-type|application/json|user-agent|shop/1|x-team|a b";
        assert_eq!(more.join("|"), expected);
    }

    #[test]
    fn a_body_is_as_it_was_given_or_said_not_to_be() {
        for (params, expected) in [
            (RENDER, true),
            (r#"{ "subOrderId":"1","goodsStatus":1,"refundType":1}"#, false),
            (r#"{"subOrderId":"1","refundType":1,"goodsStatus":1 }"#, false),
            ("\u{feff}{\"subOrderId\":\"1\",\"goodsStatus\":1,\"refundType\":1}", false),
        ] {
            let (request, as_given) = sent("", "taobao.after_sale.render", params);
            assert_eq!(as_given, expected, "{params}");
            assert_eq!(request.body.as_deref() == Some(params.as_bytes()), expected, "{params}");
        }
        assert!(!sent("", "taobao.order.get", r#"{"orderId":"1"}"#).1, "there is no body");
    }

    #[test]
    fn a_body_into_which_a_reference_was_filled_is_not_as_given() {
        let params = concat!(
            r#"{"flow":"general","addressParam":{"fullName":"n","mobile":"1","provinceText":"p","cityText":"c","#,
            r#""areaText":"a","townText":"t","phone":"","postCode":"1","address":"x"},"cargoParamList":[{"offerId":5489,"specId":"eb81","quantity":2}]}"#
        );
        for (settings, expected) in [("", true), (r#","references":"auto-in-messages""#, false)] {
            let (request, as_given) = sent(settings, "alibaba.order.create", params);
            assert_eq!(as_given, expected, "{settings}");
            assert_eq!(request.body.as_deref() == Some(params.as_bytes()), expected, "{settings}");
        }
    }
}
