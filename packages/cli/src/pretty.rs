//! Lays JSON out over several lines. Values are shown as they are written, so that no digit and no order changes.

use crate::output::json;
use xportcn_core::codec::{elements, members};

const INDENT: &str = "  ";

/// The JSON text, laid out; it must be valid JSON. Characters that a terminal would obey are escaped.
pub fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    value(json.trim(), 0, &mut out);
    out
}

/// The core's reader bounds the depth: what is nested deeper stays on its line.
fn value(json: &str, depth: usize, out: &mut String) {
    if let Some(members) = members(json) {
        parts(['{', '}'], members, depth, out, |(name, json), out| {
            text(&serde_json::Value::from(name).to_string(), out);
            out.push_str(": ");
            value(json, depth + 1, out);
        });
    } else if let Some(elements) = elements(json) {
        parts(['[', ']'], elements, depth, out, |json, out| value(json, depth + 1, out));
    } else {
        text(json, out);
    }
}

fn parts<T>([open, close]: [char; 2], parts: Vec<T>, depth: usize, out: &mut String, write: impl Fn(T, &mut String)) {
    out.push(open);
    let is_empty = parts.is_empty();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        new_line(depth + 1, out);
        write(part, out);
    }
    if !is_empty {
        new_line(depth, out);
    }
    out.push(close);
}

fn text(text: &str, out: &mut String) {
    out.push_str(&json(text));
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.push_str(&INDENT.repeat(depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_its_values_stay() {
        let json =
            r#"{"id":"1034499579120189839","n":1.50,"list":[1,{"a":null}],"empty":[],"none":{},"t":"a:{\"b\",\\"}"#;
        let expected = r#"{
  "id": "1034499579120189839",
  "n": 1.50,
  "list": [
    1,
    {
      "a": null
    }
  ],
  "empty": [],
  "none": {},
  "t": "a:{\"b\",\\"
}"#;
        assert_eq!(pretty(json), expected);
        assert_eq!(pretty(&pretty(json)), expected);
    }

    #[test]
    fn scalars_stay_as_they_are() {
        for json in ["null", "12", "\"a b\"", "[]", "{}"] {
            assert_eq!(pretty(json), json);
        }
    }

    #[test]
    fn control_characters_that_json_allows_are_escaped() {
        assert_eq!(pretty("\"a\u{7f}\u{9b}31m\""), r#""a\u007f\u009b31m""#);
        assert_eq!(pretty("{\"\u{202e}a\":\"\u{2066}b\"}"), "{\n  \"\\u202ea\": \"\\u2066b\"\n}");
    }

    #[test]
    fn names_keep_their_meaning_and_what_is_nested_too_deeply_its_line() {
        assert_eq!(pretty(r#"{"a\"\u0007":1}"#), "{\n  \"a\\\"\\u0007\": 1\n}");
        let deep = format!("{}1{}", "[".repeat(2000), "]".repeat(2000));
        assert_eq!(pretty(&deep).replace(['\n', ' '], ""), deep);
    }
}
