//! Writes the parts of JSON text.

use alloc::string::String;

/// Writes a field's name, after a comma where it is not the first.
pub(crate) fn write_key(name: &str, first: bool, out: &mut String) {
    if !first {
        out.push(',');
    }
    write_text(name, out);
    out.push(':');
}

/// As [`write_key`], for a name from a table, which needs no escape.
pub(crate) fn write_plain_key(name: &str, first: bool, out: &mut String) {
    out.push_str(if first { "\"" } else { ",\"" });
    out.push_str(name);
    out.push_str("\":");
}

/// Turns the JSON from `start` on into a string that holds it.
pub(crate) fn embed(out: &mut String, start: usize) {
    let json = out.split_off(start);
    write_text(&json, out);
}

/// Writes content that is already escaped, or needs no escape.
pub(crate) fn write_quoted(content: &str, out: &mut String) {
    out.push('"');
    out.push_str(content);
    out.push('"');
}

/// Writes text as a JSON string.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            0x08 => "\\b",
            0x0c => "\\f",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..b' ' => "\\u00",
            _ => continue,
        };
        out.push_str(text.get(copied..at).unwrap_or_default());
        out.push_str(short);
        if short == "\\u00" {
            let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or('0');
            out.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        copied = at + 1;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_as_serde_json_escapes_it() {
        let all: String = (0..0x300).filter_map(char::from_u32).chain("鞋😀\"\\".chars()).collect();
        for text in ["", "plain", &all] {
            let mut out = String::new();
            write_text(text, &mut out);
            assert_eq!(out, serde_json::to_string(text).unwrap());
        }
    }
}
