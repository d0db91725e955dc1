//! Replies: the first byte names the endpoint, the rest is the body.

use crate::rows::Row;
use crate::shape::data;
use serde_json::Value as Json;
use xportcn_core::{Warning, codec};

/// Both drivers read the same; what the table writes is JSON that every host holds, and reads as itself.
pub fn check(input: &[u8]) {
    let Some((row, body)) = Row::of_input(input) else { return };
    check_row(row, body);
}

/// As [`check`], and tells whether the body could be read.
pub(crate) fn check_row(row: &Row, body: &[u8]) -> bool {
    let kind = &row.endpoint.reply;
    let id = row.endpoint.id;
    let (table, typed) = match (codec::decode(kind, body), (row.decode)(body)) {
        (Ok(table), Ok(typed)) => (table, typed),
        (table, typed) => {
            assert_eq!(table.map(drop), typed.map(drop), "{id}: the drivers do not agree whether it can be read");
            return false;
        }
    };
    assert_eq!(table.envelope, typed.envelope, "{id}: the envelopes differ");
    let canonical: Json = serde_json::from_str(&table.data).expect("canonical data is JSON that hosts can hold");
    assert!(table.data.len() <= 4 * body.len() + 64, "{id}: {} bytes of {}", table.data.len(), body.len());
    check_numbers(&canonical);
    if let Some(typed_data) = typed.data {
        assert_eq!(noted(&table.warnings), noted(&typed.warnings), "{id}: the warnings differ");
        assert_eq!(data(canonical, kind), data(typed_data, kind), "{id}: the data differ");
    }

    let again = format!(r#"{{"code":200,"data":{}}}"#, table.data);
    let again = codec::decode(kind, again.as_bytes()).expect("canonical data can be read");
    assert_eq!(again.data, table.data, "{id}: canonical data are not read as themselves");
    true
}

/// The warnings that both readers give. Types that keep no further fields do not see how deep those are; and where a number
/// is out of serde_json's range, the types are read again with the numbers as text.
fn noted(warnings: &[Warning]) -> Vec<Warning> {
    let seen = warnings.iter().filter(|warning| warning.expected != "at most 100 levels").cloned();
    seen.map(|warning| Warning { found: if warning.found == "text" { "a number" } else { warning.found }, ..warning })
        .collect()
}

/// No host rounds an integer.
fn check_numbers(value: &Json) {
    match value {
        Json::Number(number) => {
            let whole = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
            assert!(whole.is_none_or(|whole| whole <= (1 << 53) - 1), "{number} is no exact integer in every host");
        }
        Json::Array(list) => list.iter().for_each(check_numbers),
        Json::Object(map) => map.values().for_each(check_numbers),
        Json::Null | Json::Bool(_) | Json::String(_) => {}
    }
}
