//! JSON in ASCII, for hosts that read it many times quicker than other text.

use super::source::word;
use alloc::string::String;

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Characters whose escapes are written at once.
const BATCH: usize = 16;

/// The same JSON with an escape for each character beyond ASCII.
pub fn ascii(json: String) -> String {
    if ascii_head(json.as_bytes()) == json.len() {
        return json;
    }
    let mut out = String::with_capacity(json.len() + beyond_ascii(&json));
    push_ascii(&mut out, &json);
    out
}

/// Writes part of a JSON document, with an escape for each character beyond ASCII.
#[inline(never)]
pub(super) fn push_ascii(out: &mut String, json: &str) {
    let mut rest = json;
    while let Some((kept, beyond)) = rest.split_at_checked(ascii_head(rest.as_bytes())) {
        out.push_str(kept);
        if beyond.is_empty() {
            return;
        }
        rest = push_escapes(out, beyond);
    }
}

/// Writes escapes for the characters beyond ASCII with which the text begins, for such characters stand beside each other;
/// gives what follows them.
fn push_escapes<'a>(out: &mut String, text: &'a str) -> &'a str {
    let mut chars = text.chars();
    loop {
        let mut batch = [0; 6 * BATCH];
        let mut rest = batch.as_chunks_mut::<6>().0.iter_mut();
        let mut written = 0;
        // A character may take two.
        while rest.len() > 1 {
            let before = chars.as_str();
            let Some(char) = chars.next().filter(|char| !char.is_ascii()) else {
                out.push_str(escapes(&batch, written));
                return before;
            };
            for (unit, place) in char.encode_utf16(&mut [0; 2]).iter().zip(&mut rest) {
                *place = escape(*unit);
                written += 6;
            }
        }
        out.push_str(escapes(&batch, written));
    }
}

fn escapes(batch: &[u8], written: usize) -> &str {
    batch.get(..written).and_then(|bytes| ::core::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// How many bytes longer the text becomes by its escapes, if its characters are Chinese: they take three bytes, and six in
/// an escape. The last bytes are left out: what is asked is how much memory to take.
pub(crate) fn beyond_ascii(text: &str) -> usize {
    let (words, _) = text.as_bytes().as_chunks::<8>();
    words.iter().map(|word| (u64::from_le_bytes(*word) & HIGH).count_ones() as usize).sum()
}

/// How many bytes of ASCII the text begins with.
fn ascii_head(bytes: &[u8]) -> usize {
    let mut at = 0;
    let all = |at| Some(word(bytes, at)? | word(bytes, at + 8)? | word(bytes, at + 16)? | word(bytes, at + 24)?);
    while all(at).is_some_and(|bits| bits & HIGH == 0) {
        at += 32;
    }
    while word(bytes, at).is_some_and(|bits| bits & HIGH == 0) {
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| !byte.is_ascii()).map_or(bytes.len(), |found| at + found)
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
        fn it_is_ascii_and_means_the_same(text in "[a-z\"\\\\鞋é😀\u{ffff}\u{10ffff}\n]{0,80}", key in "[a鞋]{0,40}") {
            let value = serde_json::json!({ key: [text] });
            let json = ascii(value.to_string());
            prop_assert!(json.is_ascii(), "{}", json);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), value);
        }

        #[test]
        fn what_chinese_text_grows_by_is_known(text in "[a-z鞋子]{0,80}") {
            let known = text.len() + beyond_ascii(&text);
            let longer = ascii(text.clone()).len() - known;
            prop_assert!(longer < 8, "{} bytes longer than {}: {}", longer, known, text);
        }
    }

    #[test]
    fn what_is_ascii_stays_as_it_is() {
        assert_eq!(ascii(r#"{"a":"\n\u978b","b":12345678}"#.to_string()), r#"{"a":"\n\u978b","b":12345678}"#);
        assert_eq!(ascii("\"鞋😀é\"".to_string()), r#""\u978b\ud83d\ude00\u00e9""#);
    }
}
