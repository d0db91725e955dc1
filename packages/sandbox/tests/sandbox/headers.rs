//! The five headers: which requests are genuine.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use reqwest::header::HeaderValue;
use xportcn_core::{Endpoint, catalogue};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Reason, Sandbox, USER_ID};

/// Sends the reference page's body with these headers.
async fn code(host: &Host, headers: &Headers) -> u64 {
    let answer = host.post(RENDER, headers, RENDER_BODY).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.code()
}

/// The text with its character at `index` replaced by another one of its kind.
fn changed(text: &str, index: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[index] = match bytes[index] {
        b'0'..=b'8' | b'a'..=b'y' | b'A'..=b'E' => bytes[index] + 1,
        b'9' => b'0',
        _ => b'A',
    };
    String::from_utf8(bytes).unwrap()
}

fn number(reason: Reason) -> u64 {
    u64::from(reason.code())
}

#[tokio::test]
async fn both_ways_of_signing_are_accepted() {
    let host = Host::start().await;
    assert_eq!(code(&host, &Headers::genuine()).await, 200);
    assert_eq!(code(&host, &Headers::genuine().signed_with_hmac()).await, 200);
}

#[tokio::test]
async fn by_default_the_machines_clock_counts() {
    let host = Host::start_with(Sandbox::builder()).await;
    assert_eq!(code(&host, &Headers::by_the_machines_clock()).await, 200);
    assert_eq!(code(&host, &Headers::at("1722484800")).await, number(Reason::TimestampOff));
}

#[tokio::test]
async fn a_missing_or_empty_header_is_named() {
    let host = Host::start().await;
    for name in ["access-key", "timestamp", "nonce-str", "user-id", "signature"] {
        for empty in [false, true] {
            let mut request = host.request("POST", RENDER, &Headers::genuine()).body(RENDER_BODY).build().unwrap();
            match empty {
                true => drop(request.headers_mut().insert(name, HeaderValue::from_static(""))),
                false => drop(request.headers_mut().remove(name)),
            }
            let answer = host.execute(request).await;
            assert_eq!((answer.status, answer.code()), (200, number(Reason::MissingHeader)));
            assert!(answer.message().contains(name), "{}", answer.message());
        }
    }
}

#[tokio::test]
async fn a_header_that_stands_twice_or_is_not_ascii_is_named() {
    let host = Host::start().await;
    for name in ["access-key", "timestamp", "nonce-str", "user-id", "signature"] {
        for value in [&b"second"[..], "密钥".as_bytes(), b"\xFF", b"with space"] {
            let mut request = host.request("POST", RENDER, &Headers::genuine()).body(RENDER_BODY).build().unwrap();
            let value = HeaderValue::from_bytes(value).unwrap();
            match value == "second" {
                true => drop(request.headers_mut().append(name, value)),
                false => drop(request.headers_mut().insert(name, value)),
            }
            let answer = host.execute(request).await;
            assert_eq!((answer.status, answer.code()), (200, number(Reason::MalformedHeader)));
            assert!(answer.message().contains(name), "{}", answer.message());
        }
    }
}

#[tokio::test]
async fn any_changed_character_of_the_signature_is_refused() {
    let host = Host::start().await;
    for signed in [Headers::genuine(), Headers::genuine().signed_with_hmac()] {
        for index in 0..signed.signature.len() {
            let signature = changed(&signed.signature, index);
            let headers = Headers { signature, ..signed.clone() };
            assert_eq!(code(&host, &headers).await, number(Reason::WrongSignature), "{headers:?}");
        }
        let shorter = signed.signature[1..].to_string();
        let longer = format!("{}0", signed.signature);
        let lower = signed.signature.to_ascii_lowercase();
        for signature in [shorter, longer, lower] {
            let headers = Headers { signature, ..signed.clone() };
            assert_eq!(code(&host, &headers).await, number(Reason::WrongSignature), "{headers:?}");
        }
        // None of these used the nonce up.
        assert_eq!(code(&host, &signed).await, 200);
    }
}

#[tokio::test]
async fn a_changed_character_of_what_is_signed_is_refused() {
    let host = Host::start().await;
    let signed = Headers::genuine();
    for index in 0..signed.access_key.len() {
        let headers = Headers { access_key: changed(&signed.access_key, index), ..signed.clone() };
        assert_eq!(code(&host, &headers).await, number(Reason::UnknownAccessKey), "{headers:?}");
    }
    for index in 0..signed.nonce.len() {
        let headers = Headers { nonce: changed(&signed.nonce, index), ..signed.clone() };
        assert_eq!(code(&host, &headers).await, number(Reason::WrongSignature), "{headers:?}");
    }
    for index in 0..signed.timestamp.len() {
        let timestamp = changed(&signed.timestamp, index);
        let off = timestamp.parse::<u64>().unwrap().abs_diff(NOW_MS / 1000);
        let expected = if off > 600 { Reason::TimestampOff } else { Reason::WrongSignature };
        let headers = Headers { timestamp, ..signed.clone() };
        assert_eq!(code(&host, &headers).await, number(expected), "{headers:?}");
    }
    for index in 0..signed.user_id.len() {
        let headers = Headers { user_id: changed(&signed.user_id, index), ..signed.clone() };
        assert_eq!(code(&host, &headers).await, number(Reason::UnknownUser), "{headers:?}");
    }
    assert_eq!(code(&host, &signed).await, 200);
}

#[tokio::test]
async fn a_timestamp_may_be_600_seconds_off_in_either_unit() {
    let host = Host::start().await;
    let now = NOW_MS / 1000;
    for seconds in [now - 599, now - 600, now, now + 599, now + 600] {
        for timestamp in [seconds.to_string(), (seconds * 1000).to_string()] {
            assert_eq!(code(&host, &Headers::at(timestamp)).await, 200, "{seconds}");
        }
    }
    for seconds in [0, 1, now - 3600, now - 601, now + 601, now + 3600] {
        assert_eq!(code(&host, &Headers::at(seconds.to_string())).await, number(Reason::TimestampOff), "{seconds}");
    }
    for millis in [NOW_MS - 601_000, NOW_MS - 600_001, NOW_MS + 600_001, NOW_MS + 601_000, u64::MAX] {
        assert_eq!(code(&host, &Headers::at(millis.to_string())).await, number(Reason::TimestampOff), "{millis}");
    }
}

#[tokio::test]
async fn a_timestamp_that_is_no_number_is_refused() {
    let host = Host::start().await;
    for timestamp in [
        "now",
        "2024-08-01T12:00:00Z",
        "+1722484800",
        "-1722484800",
        "1722484800.0",
        "1e9",
        "0x66AB",
        "99999999999999999999",
    ] {
        assert_eq!(code(&host, &Headers::at(timestamp)).await, number(Reason::MalformedTimestamp), "{timestamp}");
    }
}

#[tokio::test]
async fn a_nonce_is_32_letters_and_digits() {
    let host = Host::start().await;
    let right = "0123456789abcdefghijABCDEFGHIJ01";
    for nonce in ["x", &right[1..], &format!("{right}0"), &right.replace('a', "-"), &right.replace('a', "_")] {
        let headers = Headers { nonce: nonce.into(), ..Headers::genuine() }.signed();
        assert_eq!(code(&host, &headers).await, number(Reason::MalformedNonce), "{nonce}");
    }
    let headers = Headers { nonce: right.into(), ..Headers::genuine() }.signed();
    assert_eq!(code(&host, &headers).await, 200);
}

#[tokio::test]
async fn a_nonce_is_accepted_once_whatever_comes_with_it() {
    let host = Host::start().await;
    let first = Headers::genuine();
    assert_eq!(code(&host, &first).await, 200);
    assert_eq!(code(&host, &first).await, number(Reason::ReusedNonce));
    let later = Headers { timestamp: (NOW_MS / 1000 + 5).to_string(), ..first.clone() }.signed();
    assert_eq!(code(&host, &later).await, number(Reason::ReusedNonce));
    assert_eq!(code(&host, &first.signed_with_hmac()).await, number(Reason::ReusedNonce));
}

#[tokio::test]
async fn a_nonce_may_come_again_when_its_window_has_passed_and_for_another_access_key() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    let clock = Arc::new(AtomicU64::new(NOW_MS));
    let hands = clock.clone();
    let builder = Sandbox::builder()
        .account(ACCESS_KEY, ACCESS_SECRET, USER_ID)
        .account("other-key", ACCESS_SECRET, USER_ID)
        .clock(move || hands.load(Ordering::Relaxed));
    let host = Host::start_with(builder).await;
    let first = Headers::genuine();
    assert_eq!(code(&host, &first).await, 200);
    let other = Headers { access_key: "other-key".into(), ..first.clone() }.signed();
    assert_eq!(code(&host, &other).await, 200);

    clock.store(NOW_MS + 600_000, Ordering::Relaxed);
    assert_eq!(code(&host, &first).await, number(Reason::ReusedNonce));
    clock.store(NOW_MS + 601_000, Ordering::Relaxed);
    let again = Headers { timestamp: (NOW_MS / 1000 + 601).to_string(), ..first }.signed();
    assert_eq!(code(&host, &again).await, 200);
}

#[tokio::test]
async fn a_genuine_request_uses_its_nonce_even_if_its_fields_are_wrong() {
    let host = Host::start().await;
    let headers = Headers::genuine();
    assert_eq!(host.post(RENDER, &headers, "{}").await.code(), number(Reason::InvalidField));
    assert_eq!(code(&host, &headers).await, number(Reason::ReusedNonce));
}

#[tokio::test]
async fn an_account_is_its_key_secret_and_users() {
    let builder =
        Sandbox::builder().clock(|| NOW_MS).account("k1", ACCESS_SECRET, "u1").account("k1", ACCESS_SECRET, "u2");
    let host = Host::start_with(builder.account("k2", "another-secret", "u3")).await;
    let with =
        |key: &str, user: &str| Headers { access_key: key.into(), user_id: user.into(), ..Headers::genuine() }.signed();
    assert_eq!(code(&host, &with("k1", "u1")).await, 200);
    assert_eq!(code(&host, &with("k1", "u2")).await, 200);
    assert_eq!(code(&host, &with("k1", "u3")).await, number(Reason::UnknownUser));
    assert_eq!(code(&host, &with("k2", "u3")).await, number(Reason::WrongSignature));
    // The default account gives way to those that are set.
    assert_eq!(code(&host, &Headers::genuine()).await, number(Reason::UnknownAccessKey));
}

#[tokio::test]
async fn rows_with_a_signed_query_are_verified_there_too() {
    let host = Host::start().await;
    let endpoint =
        catalogue::ENDPOINTS.iter().find(|endpoint| endpoint.signed_query).expect("a row with a signed query");
    let wire = crate::replies::wire_body(endpoint, endpoint.example);
    let send = async |query: &dyn Fn(&Headers) -> String| {
        let headers = Headers::genuine();
        host.post(&format!("{}{}", endpoint.path, query(&headers)), &headers, wire.clone()).await
    };
    let wrong = number(Reason::WrongQuerySignature);
    let right = |headers: &Headers| format!("?timestamp={}&sign={}", headers.timestamp, headers.signature);
    assert_eq!(send(&right).await.code(), 200);
    assert_eq!(send(&|_| String::new()).await.code(), 200);
    assert_eq!(send(&|headers| format!("?timestamp={}", headers.timestamp)).await.code(), wrong);
    assert_eq!(send(&|headers| format!("?sign={}", headers.signature)).await.code(), wrong);
    let changed_sign = |h: &Headers| format!("?timestamp={}&sign={}", h.timestamp, changed(&h.signature, 7));
    assert_eq!(send(&changed_sign).await.code(), wrong);
    let changed_time = |h: &Headers| format!("?timestamp={}&sign={}", changed(&h.timestamp, 9), h.signature);
    assert_eq!(send(&changed_time).await.code(), wrong);
}

#[tokio::test]
async fn rows_with_a_signed_query_take_it_in_the_place_of_headers_and_others_do_not() {
    let host = Host::start().await;
    let row = catalogue::ENDPOINTS.iter().find(|row| row.signed_query).expect("a row with a signed query");
    let other = catalogue::find("taobao.order.pay").expect("a row without one");
    // As the vendor's page has it: neither timestamp nor signature is a header.
    let send = async |row: &'static Endpoint, query: &dyn Fn(&Headers) -> String| {
        let genuine = Headers::genuine();
        let body = crate::replies::wire_body(row, row.example);
        let path = format!("{}{}", row.path, query(&genuine));
        let request = host.request("POST", &path, &genuine).header("content-type", "application/json");
        let mut request = request.body(body).build().unwrap();
        for name in ["timestamp", "signature"] {
            request.headers_mut().remove(name);
        }
        host.execute(request).await.code()
    };
    let right = |headers: &Headers| format!("?timestamp={}&sign={}", headers.timestamp, headers.signature);
    assert_eq!(send(row, &right).await, 200);
    assert_eq!(send(other, &right).await, number(Reason::MissingHeader));
    let changed_sign = |h: &Headers| format!("?timestamp={}&sign={}", h.timestamp, changed(&h.signature, 7));
    assert_eq!(send(row, &changed_sign).await, number(Reason::WrongSignature));
    let unsigned = |headers: &Headers| format!("?timestamp={}", headers.timestamp);
    assert_eq!(send(row, &unsigned).await, number(Reason::MissingHeader));
}
