//! JSON in ASCII, for hosts that read it many times quicker than other text.

use super::source::word;
use alloc::string::String;
use alloc::vec::Vec;

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The same JSON with an escape for each character beyond ASCII.
pub fn ascii(json: String) -> String {
    let Some(mut at) = beyond(json.as_bytes(), 0) else { return json };
    let mut out = Vec::with_capacity(json.len() + json.len() / 4);
    let mut copied = 0;
    while let Some(rest) = json.get(at..).filter(|rest| !rest.is_empty()) {
        out.extend_from_slice(&json.as_bytes()[copied..at]);
        copied = at;
        // Such characters stand beside each other.
        for char in rest.chars().take_while(|char| !char.is_ascii()) {
            for unit in char.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(&escape(*unit));
            }
            copied += char.len_utf8();
        }
        at = beyond(json.as_bytes(), copied).unwrap_or(json.len());
    }
    out.extend_from_slice(&json.as_bytes()[copied..]);
    String::from_utf8(out).unwrap_or(json)
}

/// The place of the next byte beyond ASCII.
fn beyond(bytes: &[u8], mut at: usize) -> Option<usize> {
    let all = |at| Some(word(bytes, at)? | word(bytes, at + 8)? | word(bytes, at + 16)? | word(bytes, at + 24)?);
    while all(at).is_some_and(|bits| bits & HIGH == 0) {
        at += 32;
    }
    while word(bytes, at).is_some_and(|bits| bits & HIGH == 0) {
        at += 8;
    }
    bytes.get(at..)?.iter().position(|byte| !byte.is_ascii()).map(|found| at + found)
}

fn escape(unit: u16) -> [u8; 6] {
    let digit = |shift: u32| b"0123456789abcdef"[usize::from(unit >> shift & 15)];
    [b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_ascii_and_means_the_same(text in "[a-z\"\\\\鞋é😀\u{ffff}\u{10ffff}\n]{0,40}", key in "[a鞋]{0,9}") {
            let value = serde_json::json!({ key: [text] });
            let json = ascii(value.to_string());
            prop_assert!(json.is_ascii(), "{}", json);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), value);
        }
    }

    #[test]
    fn what_is_ascii_stays_as_it_is() {
        assert_eq!(ascii(r#"{"a":"\n\u978b","b":12345678}"#.to_string()), r#"{"a":"\n\u978b","b":12345678}"#);
        assert_eq!(ascii("\"鞋😀é\"".to_string()), r#""\u978b\ud83d\ude00\u00e9""#);
    }
}
