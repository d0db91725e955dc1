//! What escapes in JSON text stand for.
//!
//! Text is cut by `get`, here as in all of the core: a cut that could panic brings the printing of text and of all its
//! characters into WebAssembly, 2 KB.

use alloc::borrow::Cow;
use alloc::string::String;
use memchr::memchr;

/// The text that escaped content stands for. Halves of surrogate pairs become U+FFFD.
pub(crate) fn unescape(content: &str) -> Cow<'_, str> {
    let Some(mut at) = memchr(b'\\', content.as_bytes()) else { return Cow::Borrowed(content) };
    let mut out = String::with_capacity(content.len());
    let mut copied = 0;
    let bytes = content.as_bytes();
    loop {
        out.push_str(content.get(copied..at).unwrap_or_default());
        let (char, length) = match bytes.get(at + 1) {
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => escaped(bytes, at),
            Some(other) => (char::from(*other), 2),
            None => (char::REPLACEMENT_CHARACTER, 1),
        };
        out.push(char);
        copied = at + length;
        match bytes.get(copied..).and_then(|rest| memchr(b'\\', rest)) {
            Some(next) => at = copied + next,
            None => {
                out.push_str(content.get(copied..).unwrap_or_default());
                return Cow::Owned(out);
            }
        }
    }
}

/// A part of a JSON document in which escaped halves of surrogate pairs, which are no characters and which no host's
/// text can hold, are U+FFFD. It must not begin or end within an escape.
pub(crate) fn replace_lone_surrogates(json: &str) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let mut replaced = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr(b'\\', rest)) {
        at += next;
        match unit(bytes, at) {
            Some(0xD800..=0xDBFF) if matches!(unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                replaced.push_str(json.get(copied..at).unwrap_or_default());
                replaced.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            Some(_) => at += 6,
            None => at += 2,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    replaced.push_str(json.get(copied..).unwrap_or_default());
    Cow::Owned(replaced)
}

/// The character that `\u....` at `at` stands for, and how long its escape is.
fn escaped(bytes: &[u8], at: usize) -> (char, usize) {
    match (unit(bytes, at), unit(bytes, at + 6)) {
        (Some(high @ 0xD800..=0xDBFF), Some(low @ 0xDC00..=0xDFFF)) => {
            let code = 0x1_0000 + ((u32::from(high) - 0xD800) << 10) + (u32::from(low) - 0xDC00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        (Some(code), _) => (char::from_u32(code.into()).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
        (None, _) => (char::REPLACEMENT_CHARACTER, bytes.len() - at),
    }
}

/// The UTF-16 unit that an escape at `at` stands for, if one stands there.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let escape = bytes.get(at..at + 6)?;
    let digits = ::core::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_surrogate_pairs_are_replaced_and_pairs_are_kept() {
        for (content, expected) in [
            ("plain", "plain"),
            (r"\ud83d\ude00", r"\ud83d\ude00"),
            (r"\ud83d", r"\ufffd"),
            (r"a\ude00b", r"a\ufffdb"),
            (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\ud83dx\n", r"\ufffdx\n"),
        ] {
            assert_eq!(replace_lone_surrogates(content), expected, "{content}");
        }
        assert_eq!(unescape(r"\ud83d\ude00\ufffd!"), "😀\u{fffd}!");
    }
}
