//! Replies that nobody should send: each is a clear error in bounded time and memory, and never a panic.

use xportcn_core::alibaba::after_sale::{ClaimedGoodsStatus, Create};
use xportcn_core::alibaba::product::{KeywordSearch, OfferPage};
use xportcn_core::taobao::after_sale::{Render, Submit};
use xportcn_core::taobao::order::PurchasePay;
use xportcn_core::{Call, Config, Core, Error, Response, codec, push};

#[test]
fn many_tiny_elements_do_not_become_gigabytes() {
    let elements = vec!["{}"; 8 << 20].join(",");
    let body = format!("{{\"code\":200,\"data\":{{\"data\":[{elements}]}}}}");
    let error = codec::decode_as::<OfferPage>(body.as_bytes()).unwrap_err();
    assert!(error.reason.contains("too many elements"), "{}", error.reason);
    assert!(error.part.path().starts_with("data.data["), "{:?}", error.part);
}

#[test]
fn many_tiny_elements_do_not_become_gigabytes_in_other_languages() {
    for (element, megabytes) in [("{}", 4), ("[]", 8), ("{\"a\":1}", 4), ("\"ab\"", 16)] {
        let elements = vec![element; (megabytes << 20) / (element.len() + 1)].join(",");
        for data in [
            format!("{{\"data\":[{elements}]}}"),
            format!("{{\"later\":[{elements}]}}"),
            format!("{{\"later\":{{\"a\":[{elements}]}}}}"),
        ] {
            let body = format!("{{\"code\":200,\"data\":{data}}}");
            let error = codec::decode(&KeywordSearch::ENDPOINT.reply, body.as_bytes()).unwrap_err();
            assert!(error.reason.starts_with("too many elements: they would take more memory than 64 MB"), "{error:?}");
            assert!(error.part.path().starts_with("data."), "{:?}", error.part);
        }
        let message = format!("{{\"messageType\":\"X\",\"messageBody\":[{elements}]}}");
        let error = push::parse(message.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("`messageBody` too many elements"), "{error}");
    }
    // A million small numbers, and a reply that is full of ids, are no attack.
    for elements in [vec!["7"; 1_000_000].join(","), vec!["\"1034499579120189839\""; 300_000].join(",")] {
        let body = format!("{{\"code\":200,\"data\":{{\"later\":[{elements}]}}}}");
        codec::decode(&KeywordSearch::ENDPOINT.reply, body.as_bytes()).unwrap();
    }
}

#[test]
fn a_body_that_is_no_reply_is_a_clear_error() {
    for (body, words) in [
        (&b""[..], "empty"),
        (b" \n ", "empty"),
        (b"<!doctype html><html>busy</html>", "HTML"),
        (b"\x1F\x8B\x08garbage", "gzip"),
        (b"{\"code\":200,\"data\":{\"curr", "cut off after 25 bytes"),
        (b"{\"code\":200,\"data\":{}} {}", "not JSON"),
        (b"{'code':200}", "not JSON"),
        (b"[1,2]", "no object"),
        (b"\"text\"", "no object"),
        (b"null", "no object"),
        (b"{\"data\":{}}", "no result code"),
        (b"{}", "no result code"),
        (b"\x00\x01\x02", "not JSON"),
    ] {
        let error = read(200, body.to_vec()).unwrap_err();
        let Error::Decode { reason, .. } = &error else { panic!("{error}") };
        assert!(reason.contains(words), "{reason}");
        assert!(error.to_string().starts_with("unreadable reply to taobao.after_sale.render: "), "{error}");
    }
}

#[test]
fn a_reply_of_fifty_megabytes_is_refused_unread() {
    let error = read(200, vec![b' '; 50 << 20]).unwrap_err();
    assert!(error.to_string().contains("larger than 33554432 bytes, the most that the settings allow"), "{error}");
    assert!(!error.is_retryable(), "{error}");
}

#[test]
fn deep_nesting_costs_the_value_and_not_the_reply() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let body = format!("{{\"code\":200,\"data\":{{\"currency\":\"CNY\",\"later\":{}}}}}", deep(100_000));
    let decoded = codec::decode(&Render::ENDPOINT.reply, body.as_bytes()).unwrap();
    assert_eq!(decoded.warnings.len(), 1);
    assert_eq!(decoded.warnings[0].path, "data.later");
    assert!(decoded.data.len() < 300, "{}", decoded.data);

    let body = format!("{{\"code\":200,\"data\":{}}}", deep(100_000));
    let table = codec::decode(&Render::ENDPOINT.reply, body.as_bytes()).unwrap();
    let typed = codec::decode_as::<OfferPage>(body.as_bytes()).unwrap();
    assert_eq!(table.data, "null");
    assert_eq!(typed.data, OfferPage::default());
    assert_eq!(table.warnings, typed.warnings);
    assert_eq!(table.warnings[0].to_string(), "data: expected an object, found a list");
}

#[test]
fn an_http_error_says_what_may_help_and_an_envelope_inside_it_is_read() {
    let error = read(502, b"<html>bad gateway</html>".to_vec()).unwrap_err();
    assert!(
        matches!(&error, Error::Http { status: 502, body_head, .. } if body_head.contains("bad gateway")),
        "{error:?}"
    );
    assert!(error.is_retryable());

    let error = read(403, br#"{"code":40101,"msg":"no such key","requestId":"r-7"}"#.to_vec()).unwrap_err();
    assert_eq!(error.request_id(), Some("r-7"));
    assert_eq!(
        error.to_string(),
        "the platform refused taobao.after_sale.render: no such key (code 40101, request r-7)"
    );
}

#[test]
fn a_page_that_repeats_the_secret_or_a_signature_does_not_get_it_into_the_error() {
    let body = b"<p>signature 0BEEC7B5EA3F0FDBC95D0DD47F3C5BC2 of secret-of-the-test is wrong</p>";
    let error = read(500, body.to_vec()).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(!text.contains("0BEEC7B5EA3F0FDBC95D0DD47F3C5BC2") && !text.contains("secret-of-the-test"), "{text}");
    assert!(text.contains("signature *** of *** is wrong"), "{text}");
}

const UPPER_MD5: &str = "0BEEC7B5EA3F0FDBC95D0DD47F3C5BC2";
const LOWER_HMAC: &str = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
const SECRET: &str = "secret-of-the-test";
const REQUEST_ID: &str = "4cfda0b7e1d94d0c8b7f6a5e4d3c2b1a";

#[test]
fn a_secret_or_a_signature_that_is_cut_off_is_not_shown_in_part() {
    for hidden in ["secret-of-the-test", UPPER_MD5, LOWER_HMAC, &LOWER_HMAC.to_uppercase()] {
        // Wherever the cut falls: behind the first byte of it, between any two, and before the last one.
        for limit in [512, 4096] {
            for cut in 1..=hidden.len() {
                let body = format!("{}{hidden} is wrong{}", "-".repeat(limit - cut), "-".repeat(5000));
                let error = read(500, body.into_bytes()).unwrap_err();
                let Error::Http { body_head, .. } = error else { panic!("{error}") };
                let shown = body_head.trim_start_matches('-');
                let expected = format!("*** is wrong{}", "-".repeat(512));
                assert!(expected.starts_with(shown), "{cut}: {shown}");
                assert!(body_head.len() <= 512);
            }
        }
    }
}

#[test]
fn what_is_redacted_away_does_not_bring_the_edge_of_the_search_into_view() {
    // Signatures without end shrink to a few stars, so that what stands 4096 bytes in would be shown.
    let wall = format!("{UPPER_MD5},").repeat(200);
    for cut in 1..18 {
        let body = format!("{}secret-of-the-test{}", &wall[..4096 - cut], "-".repeat(5000));
        let error = read(500, body.into_bytes()).unwrap_err();
        let Error::Http { body_head, .. } = error else { panic!("{error}") };
        assert!(body_head.trim_matches(['*', ',']).is_empty() && !body_head.is_empty(), "{cut}: {body_head}");
    }
}

#[test]
fn signatures_of_either_case_are_hidden_and_request_ids_are_shown() {
    let body = format!("<p>{LOWER_HMAC} {UPPER_MD5} {REQUEST_ID} 1034499579120189839</p>");
    let error = read(500, body.into_bytes()).unwrap_err();
    let Error::Http { body_head, .. } = error else { panic!("{error}") };
    assert_eq!(body_head, format!("<p>*** *** {REQUEST_ID} 1034499579120189839</p>"));
}

#[test]
fn the_platforms_words_are_bounded_in_an_error() {
    let words = "余额不足".repeat(100_000);
    let body = format!("{{\"code\":40001,\"msg\":\"{words}\"}}");
    let Error::Api { message, .. } = read(200, body.into_bytes()).unwrap_err() else { panic!("no refusal") };
    assert_eq!(message, words.chars().take(2048 / 3).collect::<String>());

    let body = format!("{{\"code\":\"{}\",\"msg\":\"no\"}}", "x".repeat(100_000));
    let Error::Api { code, .. } = read(200, body.into_bytes()).unwrap_err() else { panic!("no refusal") };
    assert_eq!(code, "x".repeat(512));
}

#[test]
fn a_redirect_says_that_it_is_not_followed() {
    for status in [301, 302, 307, 308] {
        let error = read(status, b"<html>moved</html>".to_vec()).unwrap_err();
        assert!(error.to_string().ends_with("redirects are not followed; check the base URL"), "{error}");
        assert!(!error.is_retryable());
    }
}

#[test]
fn a_required_code_that_is_left_unset_is_refused() {
    let core = Core::new(Config::new("key", "secret-of-the-test", "user")).unwrap();
    let refund = Create {
        order_id: "2542285634920880794".into(),
        apply_reason_id: "20021".into(),
        goods_status: ClaimedGoodsStatus::BuyerReceived,
        ..Create::default()
    };
    let error = core.prepare(&refund).unwrap_err();
    let words = "invalid request alibaba.after_sale.create: `disputeRequest`: must not be empty (nothing was sent)";
    assert_eq!(error.to_string(), words);
    let json = r#"{"orderId":"1","disputeRequest":"","applyPayment":"1","applyCarriage":"0","applyReasonId":"20021",
        "description":"no","goodsStatus":"aftersaleBuyerReceived"}"#;
    assert_eq!(core.prepare_json(Create::ENDPOINT, json.as_bytes()).unwrap_err().to_string(), words);
    let json = json.replace("\"disputeRequest\":\"\"", "\"disputeRequest\":\"refund\"");
    core.prepare_json(Create::ENDPOINT, json.as_bytes()).unwrap();
}

#[test]
fn a_write_that_says_nothing_is_refused() {
    let core = Core::new(Config::new("key", "secret-of-the-test", "user")).unwrap();
    let words = "invalid request taobao.order.purchase_pay: `orderId`: is missing or empty, and so are all others: \
                 nothing says what to change (nothing was sent)";
    assert_eq!(core.prepare(&PurchasePay::default()).unwrap_err().to_string(), words);
    for json in [
        "{}",
        r#"{"orderId":null}"#,
        r#"{"orderId":null,"purchaseOrderIdList":null}"#,
        r#"{"orderId":""}"#,
        r#"{"orderId": "", "purchaseOrderIdList": []}"#,
        r#"{"outerPurchaseId":""}"#,
    ] {
        assert_eq!(core.prepare_json(PurchasePay::ENDPOINT, json.as_bytes()).unwrap_err().to_string(), words, "{json}");
    }
    for json in [r#"{"orderId":"1"}"#, r#"{"purchaseOrderIdList":["1"]}"#, r#"{"outerPurchaseId":"1"}"#] {
        core.prepare_json(PurchasePay::ENDPOINT, json.as_bytes()).unwrap();
    }
}

#[test]
fn a_typed_request_is_read_as_the_table_reads_it_where_hosts_write_odd_json() {
    // Half a surrogate pair, which is no character.
    let json = r#"{"subOrderId":"\ud800","goodsStatus":1,"refundType":1}"#;
    let typed: Render = codec::from_json(json, codec::Policy::Request).unwrap();
    assert_eq!(typed.sub_order_id.as_str(), "\u{FFFD}");

    // A further field that stands twice would be sent twice in a query string.
    let core = Core::new(Config::new("key", "secret-of-the-test", "user")).unwrap();
    let json = r#"{"extra":1,"subOrderId":"1","extra":2}"#;
    let by_type = codec::from_json::<Submit>(json, codec::Policy::Request).unwrap_err();
    assert_eq!((by_type.path.as_str(), by_type.reason.as_str()), ("extra", "stands twice"));
    let by_table = core.prepare_json(Submit::ENDPOINT, json.as_bytes()).unwrap_err();
    assert!(by_table.to_string().contains("`extra`: stands twice"), "{by_table}");
    let fields = |count: usize| {
        let fields: Vec<_> = (0..count).map(|number| format!("\"extra{number}\":1")).collect();
        core.prepare_json(Submit::ENDPOINT, format!("{{{}}}", fields.join(",")).as_bytes())
    };
    fields(1000).unwrap();
    assert!(fields(1001).unwrap_err().to_string().contains("`extra1000`: is one of too many"));
}

#[test]
fn strict_reading_makes_a_warning_an_error() {
    let body = br#"{"code":200,"requestId":"r-1","data":{"currency":{}}}"#.to_vec();
    assert_eq!(read(200, body.clone()).unwrap().warnings.len(), 1);
    let mut config = Config::new("key", "secret-of-the-test", "user");
    config.strict = true;
    let response = Response { status: 200, headers: Vec::new(), body };
    let error = Core::new(config).unwrap().read_json(Render::ENDPOINT, response).unwrap_err();
    assert!(matches!(&error, Error::Decode { part, .. } if part.path() == "data.currency"), "{error:?}");
    assert_eq!(error.request_id(), Some("r-1"));
}

#[test]
fn nothing_that_is_shown_holds_the_secret() {
    let core = Core::new(Config::new("key", "secret-of-the-test", "user")).unwrap();
    let call = Render { sub_order_id: "1".into(), goods_status: 1, refund_type: 1 };
    let prepared = core.prepare(&call).unwrap();
    let request = core.sign(&prepared, 1, &xportcn_core::Nonce::from_random([1; 32]));
    let shown = format!("{core:?} {:?} {prepared:?} {request:?}", core.config());
    assert!(shown.contains("***") && !shown.contains("secret-of-the-test"), "{shown}");
    assert!(!shown.contains(request.header("signature").unwrap()), "{shown}");
}

fn read(status: u16, body: Vec<u8>) -> Result<xportcn_core::Reply<String>, Error> {
    let core = Core::new(Config::new("key", "secret-of-the-test", "user")).unwrap();
    core.read_json(Render::ENDPOINT, Response { status, headers: Vec::new(), body })
}

#[test]
fn what_an_envelope_repeats_of_the_secret_or_a_signature_is_not_told() {
    let signature = "0123456789ABCDEF0123456789ABCDEF";
    let echo = format!("{SECRET} {signature}");
    let told = |body: String| read(200, body.into_bytes());
    let reply =
        told(format!(r#"{{"code":200,"msg":"{echo}","requestId":"{echo}","developId":"{SECRET}","data":{{}}}}"#));
    let reply = reply.unwrap();
    assert_eq!(reply.message.as_deref(), Some("*** ***"));
    assert_eq!(reply.request_id.as_deref(), Some("*** ***"));
    assert_eq!(reply.develop_id.unwrap().as_str(), "***");

    let refusal = format!(r#"{{"code":"{SECRET}","msg":"no","sub_msg":"{echo}","requestId":"{echo}"}}"#);
    let error = told(refusal).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(SECRET) && !shown.contains(signature), "{shown}");
    assert_eq!(error.request_id(), Some("*** ***"));
    assert!(shown.contains("no; *** ***"), "{shown}");

    // Ids that repeat neither are told as they are.
    let reply = told(format!(r#"{{"code":200,"requestId":"{REQUEST_ID}","developId":1014533973088404335}}"#)).unwrap();
    assert_eq!(reply.request_id.as_deref(), Some(REQUEST_ID));
    assert_eq!(reply.develop_id.unwrap().as_str(), "1014533973088404335");
}

#[test]
fn a_refusal_keeps_the_head_of_its_body_in_a_small_error() {
    let body = format!(r#"{{"code":7,"msg":{{"zh":"库存不足"}},"trace":"{}"}}"#, "-".repeat(1000));
    let Error::Api { message, body_head, .. } = read(200, body.clone().into_bytes()).unwrap_err() else {
        panic!("no refusal")
    };
    assert_eq!(message, "库存不足");
    assert_eq!(*body_head, body[..body_head.len()]);
    assert_eq!(body_head.len(), 512);
    assert!(size_of::<Error>() < 128, "{}", size_of::<Error>());
}

#[test]
fn words_are_searched_within_bounds() {
    let deep = format!("{}\"too deep\"{}", "{\"error\":".repeat(50), "}".repeat(50));
    let many = vec![r#"{"errorMsg":"word"}"#; 100_000].join(",");
    let long: Vec<String> = (0..1000).map(|at| format!(r#"{{"errorMsg":"word {at} of many"}}"#)).collect();
    for (data, words) in
        [(deep, "no reason given"), (format!("[{many}]"), "no reason given"), (long.join(","), "word 0 of many")]
    {
        let body = format!(r#"{{"code":7,"data":[{}]}}"#, data.trim_matches(['[', ']']));
        let Error::Api { message, .. } = read(200, body.into_bytes()).unwrap_err() else { panic!("no refusal") };
        assert!(message.starts_with(words) && message.len() <= 2048, "{message}");
    }
}
