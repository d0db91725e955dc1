//! Text from files and pipes of people. Some programs begin it with a byte order mark, and some write UTF-16.

use std::fs;
use std::path::Path;
use xportcn_core::codec;

/// The text of a file, or what is wrong with it.
pub fn read(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    utf8(bytes).map_err(String::from)
}

/// The text of these bytes.
pub fn utf8(bytes: Vec<u8>) -> Result<String, &'static str> {
    let bytes = unmarked(bytes)?;
    if bytes.iter().take(4).any(|byte| *byte == 0) {
        return Err("looks like UTF-16 without a byte order mark; save it as UTF-8");
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8; save it as UTF-8")
}

/// Bytes without their byte order mark; as UTF-8, where the mark is one of UTF-16.
pub fn unmarked(mut bytes: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Err("is UTF-32; save it as UTF-8"),
        [0xFF, 0xFE, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => drop(bytes.drain(..bytes.len() - codec::unmarked(&bytes).len())),
    }
    Ok(bytes)
}

fn wide(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<Vec<u8>, &'static str> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() && !text.is_empty() => Ok(text.into_bytes()),
        _ => Err("is UTF-16, but broken or cut off; save it as UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        // As Notepad and PowerShell write `{"a":"鞋🧧"}`, by hand.
        let narrow = b"{\"a\":\"\xE9\x9E\x8B\xF0\x9F\xA7\xA7\"}";
        let little = b"\xFF\xFE{\0\"\0a\0\"\0:\0\"\0\x8B\x97\x3E\xD8\xE7\xDD\"\0}\0";
        let big = b"\xFE\xFF\0{\0\"\0a\0\"\0:\0\"\x97\x8B\xD8\x3E\xDD\xE7\0\"\0}";
        for bytes in [narrow.to_vec(), [b"\xEF\xBB\xBF", narrow.as_slice()].concat(), little.to_vec(), big.to_vec()] {
            assert_eq!(utf8(bytes).as_deref(), Ok("{\"a\":\"鞋🧧\"}"));
        }
        assert_eq!(utf8(Vec::new()).as_deref(), Ok(""));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (bytes, words) in [
            (&b"\xFF\xFE{\0\"\0}"[..], "UTF-16, but broken or cut off"),
            (b"\xFF\xFE", "UTF-16, but broken or cut off"),
            (b"\xFF\xFE\x3E\xD8}\0", "UTF-16, but broken or cut off"),
            (b"\xFF\xFE\0\0{\0\0\0", "UTF-32"),
            (b"\0\0\xFE\xFF\0\0\0{", "UTF-32"),
            (b"{\0}\0", "UTF-16 without a byte order mark"),
            (b"\0{\0}", "UTF-16 without a byte order mark"),
            // GBK.
            (b"{\"a\":\"\xD6\xD0\"}", "not UTF-8"),
        ] {
            assert!(utf8(bytes.to_vec()).unwrap_err().contains(words), "{bytes:?}");
        }
    }
}
