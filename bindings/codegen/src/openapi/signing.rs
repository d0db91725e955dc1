//! How requests and pushed messages are signed: as security schemes, and as `x-signing` for programs.

use crate::json::Json;
use crate::{list, object};

/// A header of every request, its scheme's name, and what it holds.
const HEADERS: [[&str; 3]; 5] = [
    ["access-key", "accessKey", "The developer's access key."],
    [
        "timestamp",
        "timestamp",
        "When the request is sent: seconds since 1970, as working clients send, or milliseconds; at most 600 seconds \
         off.",
    ],
    ["nonce-str", "nonceStr", "32 random letters and digits, new for every request."],
    ["user-id", "userId", "The sub-account to act for."],
    [
        "signature",
        "signature",
        "Upper-case hex of MD5 over access key, timestamp, nonce-str and access secret, written one after the other. \
         The inputs are published, the formula is what working clients send. It does not cover the body. There may be \
         gateways that ask for HMAC-SHA256 over access key, timestamp and nonce-str, keyed with the access secret.",
    ],
];

/// Query parameters of some rows, in the place of headers: their schemes have names of their own, for tools drop one of
/// two parameters that have the same name.
const IN_QUERY: [[&str; 4]; 2] = [
    ["timestamp", "timestamp", "queryTimestamp", "The header timestamp, which may stand in the query string instead."],
    [
        "signature",
        "sign",
        "querySign",
        "The header signature, which may stand in the query string instead, as `sign`. What it covers is not published.",
    ],
];

/// The scheme of a pushed message's header.
pub(super) const PUSH_SCHEME: &str = "pushSignature";

/// What requests need.
pub(super) fn in_headers() -> Json {
    all(HEADERS.iter().map(|[_, scheme, _]| *scheme))
}

/// What requests need whose page shows the signature in the query string.
pub(super) fn in_query() -> Json {
    let scheme = |header: &str, usual: &'static str| {
        IN_QUERY.iter().find(|[replaced, ..]| *replaced == header).map_or(usual, |[_, _, scheme, _]| *scheme)
    };
    all(HEADERS.iter().map(|[header, usual, _]| scheme(header, usual)))
}

fn all(schemes: impl Iterator<Item = &'static str>) -> Json {
    list![Json::Object(schemes.map(|scheme| (scheme.to_string(), list![])).collect())]
}

/// All schemes by name.
pub(super) fn schemes() -> Json {
    let key = |name: &str, place: &str, about: &str| {
        object! { "type" => "apiKey", "in" => place, "name" => name, "description" => about }
    };
    let headers = HEADERS.iter().map(|[header, scheme, about]| (scheme.to_string(), key(header, "header", about)));
    let query = IN_QUERY.iter().map(|[_, name, scheme, about]| (scheme.to_string(), key(name, "query", about)));
    let push = key(
        "Authorization",
        "header",
        "Lower-case hex of HMAC-SHA256 over access key and raw body, keyed with the access secret. Header, algorithm \
         and key are published; what is signed is that of the same push service elsewhere.",
    );
    Json::Object(headers.chain(query).chain([(PUSH_SCHEME.to_string(), push)]).collect())
}

/// The rule for programs that sign by themselves, with an example to test them by.
pub(super) fn rule() -> Json {
    let signed = list!["access-key", "timestamp", "nonce-str"];
    let instead = IN_QUERY.iter().map(|[header, name, ..]| (header.to_string(), Json::from(*name)));
    object! {
        "header" => "signature",
        "inputs" => list!["access-key", "timestamp", "nonce-str", "access-secret"],
        "separator" => "",
        "hash" => "MD5",
        "encoding" => "hex",
        "case" => "upper",
        "timestamp" => object! { "unit" => "seconds", "epoch" => 1970, "window" => 600 },
        "nonce" => object! { "length" => 32, "pattern" => "^[0-9A-Za-z]{32}$", "use" => "once" },
        "in-query-instead" => Json::Object(instead.collect()),
        "alternatives" => list![object! {
            "inputs" => signed, "key" => "access-secret", "hash" => "HMAC-SHA256", "encoding" => "hex", "case" => "upper",
        }],
        "example" => object! {
            "access-key" => "sandbox-key",
            "timestamp" => "1722484800",
            "nonce-str" => "0123456789abcdefghijklmnopqrstuv",
            "access-secret" => "sandbox-secret",
            "signature" => "408BC09385C263D1A6E117BD0AC5ECC2",
        },
    }
}
