//! What escapes in JSON text stand for.

use alloc::borrow::Cow;
use alloc::string::String;

/// The text that escaped content stands for. Halves of surrogate pairs become U+FFFD.
pub(crate) fn unescape(content: &str) -> Cow<'_, str> {
    let Some(mut at) = memchr::memchr(b'\\', content.as_bytes()) else { return Cow::Borrowed(content) };
    let mut out = String::with_capacity(content.len());
    let mut copied = 0;
    let bytes = content.as_bytes();
    loop {
        out.push_str(&content[copied..at]);
        let (char, length) = match bytes.get(at + 1) {
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => escaped(content, at),
            Some(other) => (char::from(*other), 2),
            None => (char::REPLACEMENT_CHARACTER, 1),
        };
        out.push(char);
        copied = at + length;
        match content.as_bytes().get(copied..).and_then(|rest| memchr::memchr(b'\\', rest)) {
            Some(next) => at = copied + next,
            None => {
                out.push_str(content.get(copied..).unwrap_or_default());
                return Cow::Owned(out);
            }
        }
    }
}

/// The character that `\u....` at `at` stands for, and how long its escape is.
fn escaped(content: &str, at: usize) -> (char, usize) {
    let unit = |at: usize| {
        let escape = content.get(at..at + 6)?;
        u32::from_str_radix(escape.strip_prefix("\\u")?, 16).ok()
    };
    let pair = |high: u32| {
        let low = unit(at + 6).filter(|low| (0xDC00..0xE000).contains(low))?;
        char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    };
    match unit(at) {
        Some(high @ 0xD800..0xDC00) => pair(high).map_or((char::REPLACEMENT_CHARACTER, 6), |char| (char, 12)),
        Some(code) => (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
        None => (char::REPLACEMENT_CHARACTER, content.len() - at),
    }
}
