//! Requests: the first byte names the endpoint, the rest is the parameters.

use crate::rows::Row;
use crate::shape::{same, wire_object};
use serde_json::Value as Json;
use xportcn_core::codec;
use xportcn_core::schema::Kind;

/// What is encoded stays on its path, is what the platform reads, and what the types write.
pub fn check(input: &[u8]) {
    let Some((row, params)) = Row::of_input(input) else { return };
    let (endpoint, id) = (row.endpoint, row.endpoint.id);
    let Ok(routed) = codec::encode(endpoint.request, row.route(), params) else { return };
    let steps = |path: &str| path.split('/').count();
    assert_eq!(steps(&routed.path), steps(endpoint.path), "{id}: {} leaves its path", routed.path);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'?'));
    assert!(plain(&routed.path) && plain(&routed.query), "{id}: {} {}", routed.path, routed.query);

    let wire = wire_object(endpoint, &routed);
    let canonical = codec::check(endpoint.request, &wire)
        .unwrap_or_else(|fault| panic!("{id}: the platform would refuse {wire}: {fault:?}"));
    // Numbers that hosts would round are text in canonical form and in types that hold any JSON, and then on the wire.
    if holds_long_number(&wire) {
        return;
    }
    let again = codec::encode(endpoint.request, row.route(), canonical.as_bytes())
        .unwrap_or_else(|fault| panic!("{id}: {canonical} is refused: {fault:?}"));
    assert_eq!(same(&again), same(&routed), "{id}: the second encoding differs");

    let params = std::str::from_utf8(params).expect("parameters that were taken are text");
    if let Ok(typed) = (row.encode)(params) {
        // Types keep further numbers as numbers, not as digits: 1.50 becomes 1.5.
        let canonical = serde_json::from_str(&canonical).expect("canonical JSON");
        if has_further(&canonical, &Kind::Object(endpoint.request)) {
            return;
        }
        assert_eq!(same(&typed), same(&routed), "{id}: the drivers differ");
    }
}

/// Whether there are fields in it that the table does not list.
fn has_further(value: &Json, kind: &Kind) -> bool {
    match (kind, value) {
        (Kind::Object(schema), Json::Object(map)) => {
            map.iter().any(|(name, value)| schema.field(name).is_none_or(|field| has_further(value, &field.kind)))
        }
        (Kind::List(element), Json::Array(list)) => list.iter().any(|value| has_further(value, element)),
        (Kind::Any, value) => value.is_number() || value.is_array() || value.is_object(),
        _ => false,
    }
}

/// Whether there may be a number in it that binary floating point does not give back digit by digit.
fn holds_long_number(json: &str) -> bool {
    let mut parts = json.split(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E'));
    parts.any(|part| part.len() >= 15 || (part.contains(['e', 'E']) && part.bytes().any(|byte| byte.is_ascii_digit())))
}
