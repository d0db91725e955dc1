//! Values of a request, with what the tables say of their types.

use crate::tables::{Codes, Field, Kind, Object, TABLES};
use serde_json::{Map, Value};

/// A value of a known type.
pub(super) enum Typed<'a> {
    Text(String),
    Int(i64),
    /// Digits, with a point where there is a fraction.
    Amount(String),
    Bool(bool),
    /// As RFC 3339 has it.
    Time(String),
    Code(&'a Codes, String),
    List(Vec<Typed<'a>>),
    Object(&'a Object, Vec<(&'a Field, Typed<'a>)>),
    /// JSON of unknown shape, and what does not fit its type.
    Any(&'a Value),
}

/// The fields of an object that are given, in the order of the tables.
pub(super) fn object<'a>(object: &'a Object, given: &'a Map<String, Value>) -> Vec<(&'a Field, Typed<'a>)> {
    let given = |field: &'a Field| given.get(&field.name).filter(|value| !value.is_null());
    object.fields.iter().filter_map(|field| Some((field, typed(&field.kind, given(field)?)))).collect()
}

/// As [`object`], those first that are required: where a language has arguments in a fixed order.
pub(super) fn required_first<'v, 'a>(fields: &'v [(&'a Field, Typed<'a>)]) -> Vec<&'v (&'a Field, Typed<'a>)> {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_by_key(|(field, _)| !field.required);
    sorted
}

fn typed<'a>(kind: &'a Kind, value: &'a Value) -> Typed<'a> {
    let scalar = || match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let found = match kind {
        Kind::Text | Kind::Id => scalar().map(Typed::Text),
        Kind::Int => scalar().and_then(|text| text.parse().ok()).map(Typed::Int),
        Kind::Amount | Kind::Float => scalar().filter(|text| is_decimal(text)).map(Typed::Amount),
        Kind::Bool => value.as_bool().map(Typed::Bool),
        Kind::Time => value.as_str().map(|text| Typed::Time(text.to_string())),
        Kind::Code(at) => TABLES.codes(*at).and_then(|codes| Some(Typed::Code(codes, scalar()?))),
        Kind::List(kind) => {
            value.as_array().map(|values| Typed::List(values.iter().map(|value| typed(kind, value)).collect()))
        }
        Kind::Object(at) => {
            let known = TABLES.object(*at).zip(value.as_object());
            known.map(|(known, given)| Typed::Object(known, object(known, given)))
        }
        Kind::Any => None,
    };
    found.unwrap_or(Typed::Any(value))
}

/// Whether text is a plain decimal number, as all languages read it.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        && (whole == "0" || !whole.starts_with('0'))
}

/// Whether an amount is whole.
pub(super) fn is_whole(amount: &str) -> bool {
    !amount.contains('.')
}
