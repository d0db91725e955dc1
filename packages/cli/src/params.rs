//! The parameters of a call: a JSON object, and fields that win over it.

use crate::failure::{Failure, USAGE};
use crate::text;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::io::{self, IsTerminal, Read};
use xportcn_core::Config;
use xportcn_core::codec::from_pairs;
use xportcn_core::schema::Schema;

/// A field of the command line.
#[derive(Clone, Debug)]
pub struct Field {
    name: String,
    value: Given,
}

#[derive(Clone, Debug)]
enum Given {
    /// JSON, to be sent as it is.
    Json(String),
    /// Text, of which the field's kind makes what it wants.
    Text(String),
}

/// Reads `name=text` or `name:=JSON`.
pub fn field(word: &str) -> Result<Field, String> {
    let wrong = || "write it as name=value, or as name:=JSON".to_string();
    let (name, value) = word.split_once('=').ok_or_else(wrong)?;
    let (name, value) = match name.strip_suffix(':') {
        None => (name, Given::Text(value.to_string())),
        Some(name) => {
            let json: &RawValue = serde_json::from_str(value).map_err(|error| {
                format!(
                    "behind := stands no JSON: {error}; text has quotes, as {name}:='\"text\"', or goes by {name}=text"
                )
            })?;
            (name, Given::Json(json.get().to_string()))
        }
    };
    if name.is_empty() { Err(wrong()) } else { Ok(Field { name: name.to_string(), value }) }
}

/// The text that `--json` gives, names or leaves to stdin.
pub fn source(json: &str) -> Result<String, Failure> {
    let (name, bytes) = match (json, json.strip_prefix('@')) {
        ("-", _) => ("stdin".to_string(), stdin("the request as a JSON object", USAGE)?),
        (_, Some(file)) => {
            let unread = |error| Failure::usage(format!("the file {file} cannot be read: {error}"));
            (format!("the file {file}"), std::fs::read(file).map_err(unread)?)
        }
        _ => ("the text of --json".to_string(), json.into()),
    };
    text::utf8(bytes).map_err(|reason| Failure::usage(format!("{name} {reason}")))
}

/// All of stdin, up to the size of the largest reply; tells a person at a terminal what it waits for. What is larger
/// ends the program with the code `too_large`.
pub fn stdin(what: &str, too_large: u8) -> Result<Vec<u8>, Failure> {
    if io::stdin().is_terminal() {
        crate::output::note(&format!("waiting for {what} on stdin; end it with Ctrl-D"));
    }
    let mut bytes = Vec::new();
    let limit = Config::MAX_REPLY_BYTES;
    let mut bounded = io::stdin().take(limit as u64 + 1);
    bounded.read_to_end(&mut bytes).map_err(|error| Failure::usage(format!("stdin cannot be read: {error}")))?;
    if bytes.len() > limit {
        return Err(Failure::new(too_large, format!("{what} is larger than {limit} bytes")));
    }
    Ok(bytes)
}

/// One JSON object of both.
pub fn merge(schema: &'static Schema, json: Option<String>, fields: &[Field]) -> Result<String, Failure> {
    let given = members_of(schema, fields);
    let Some(base) = json else { return Ok(given) };
    if fields.is_empty() {
        return Ok(base);
    }
    let base = members(&base).map_err(|error| Failure::usage(format!("--json must be a JSON object: {error}")))?;
    let overridden = |key: &str| fields.iter().any(|field| same_field(schema, key, &field.name));
    let mut merged = String::from("{");
    for (key, value) in base.iter().filter(|(key, _)| !overridden(key)) {
        // Text is always valid JSON text when quoted.
        merged.push_str(&serde_json::to_string(key).unwrap_or_default());
        merged.push(':');
        merged.push_str(value.get());
        merged.push(',');
    }
    // At least one field follows, so the comma is right.
    merged.push_str(&given[1..]);
    Ok(merged)
}

/// The fields as a JSON object.
fn members_of(schema: &'static Schema, fields: &[Field]) -> String {
    let texts = fields.iter().filter_map(|field| match &field.value {
        Given::Text(text) => Some((field.name.as_str(), text.as_str())),
        Given::Json(_) => None,
    });
    let mut object = from_pairs(schema, texts);
    for field in fields {
        let Given::Json(json) = &field.value else { continue };
        object.pop();
        object.push_str(if object.len() > 1 { "," } else { "" });
        object.push_str(&serde_json::to_string(&field.name).unwrap_or_default());
        object.push(':');
        object.push_str(json);
        object.push('}');
    }
    object
}

/// Whether two keys are spellings of one field.
fn same_field(schema: &'static Schema, one: &str, other: &str) -> bool {
    let wire = |key| schema.field(key).map(|field| field.wire());
    one == other || (wire(one).is_some() && wire(one) == wire(other))
}

/// The members of a JSON object, in order, with their values as they are written.
fn members(json: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let members = deserializer.deserialize_map(Members)?;
    deserializer.end()?;
    Ok(members)
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(json: Option<&str>, fields: &[(&str, &str)]) -> Option<String> {
        let schema = xportcn::endpoint("taobao.after_sale.render").ok()?.request;
        let fields: Vec<_> = fields.iter().map(|(name, value)| field(&format!("{name}={value}")).unwrap()).collect();
        merge(schema, json.map(String::from), &fields).ok()
    }

    #[test]
    fn fields_win_and_the_rest_stays_as_it_is_written() {
        for (json, fields, expected) in [
            (None, vec![], "{}"),
            (None, vec![("subOrderId", "12"), ("goodsStatus", "1")], r#"{"subOrderId":"12","goodsStatus":1}"#),
            (Some("[ 1 ]"), vec![], "[ 1 ]"),
            (
                Some(r#"{"subOrderId": 1034499579120189839, "goodsStatus": 1}"#),
                vec![("goodsStatus", "2"), ("refundType", "3")],
                r#"{"subOrderId":1034499579120189839,"goodsStatus":2,"refundType":3}"#,
            ),
            (Some("{}"), vec![("goodsStatus", "2")], r#"{"goodsStatus":2}"#),
            (
                None,
                vec![("x:", "[1, null]"), ("goodsStatus", "1"), ("y:", "true")],
                r#"{"goodsStatus":1,"x":[1, null],"y":true}"#,
            ),
            (Some(r#"{"x":1,"y":2}"#), vec![("x:", "{}")], r#"{"y":2,"x":{}}"#),
            (Some(r#"{"a\"b":[1]}"#), vec![("x", "y")], r#"{"a\"b":[1],"x":"y"}"#),
        ] {
            assert_eq!(merged(json, &fields).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_field_that_is_none_is_refused() {
        for (word, expected) in
            [("x", "name:=JSON"), ("=1", "name:=JSON"), (":=1", "name:=JSON"), ("x:=abc", "x=abc"), ("x:=", "x=text")]
        {
            let reason = field(word).unwrap_err();
            assert!(reason.contains(&expected.replace("abc", "text")), "{word}: {reason}");
        }
    }

    #[test]
    fn fields_cannot_be_added_to_what_is_no_object() {
        for json in ["[]", "1", "", "{", r#"{"a":1} x"#] {
            assert_eq!(merged(Some(json), &[("goodsStatus", "2")]), None, "{json}");
        }
    }
}
