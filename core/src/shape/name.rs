//! Which names may be shown.

use crate::search::position;
use alloc::string::String;

/// Characters of a name; its digits, and those that stand together, as in `pickupRate24h30d`.
const LONGEST: usize = 40;
const MOST_DIGITS: usize = 4;
const LONGEST_NUMBER: usize = 2;

/// A shorter part of the account is no secret: it would hide names that happen to hold it.
const LEAST_PRIVATE: usize = 4;

/// Whether a name that no table has looks like a field's: a small letter first, then letters, `_` and few digits, nothing
/// of what is private, and no value of the reply it stands in.
pub(super) fn is_shown(name: &str, private: &[&str], text: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let mut numbers = name.split(|c: char| !c.is_ascii_digit());
    // Two digits at the end are none too many; elsewhere there are more letters than in a code.
    let is_numbered = digits <= LONGEST_NUMBER && name.ends_with(|c: char| c.is_ascii_digit());
    let is_name = name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && numbers.all(|number| number.len() <= LONGEST_NUMBER)
        && digits <= MOST_DIGITS
        && (is_numbered || digits * 4 <= name.len());
    is_name && !private.iter().any(|private| holds(name, private)) && !is_value(name, text)
}

/// Whether one is part of the other, in whatever case.
fn holds(name: &str, private: &str) -> bool {
    let (name, private) = (name.to_ascii_lowercase(), private.to_ascii_lowercase());
    let (short, long) = if name.len() < private.len() { (name, private) } else { (private, name) };
    short.len() >= LEAST_PRIVATE && position(&long, &short).is_some()
}

/// Whether the name stands in the text as more than a key.
fn is_value(name: &str, text: &str) -> bool {
    let mut quoted = String::from("\"");
    quoted.push_str(name);
    quoted.push('"');
    let mut rest = text;
    while let Some(start) = position(rest, &quoted) {
        rest = rest.get(start + quoted.len()..).unwrap_or_default();
        if !rest.trim_ascii_start().starts_with(':') {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_field_is_shown() {
        for name in ["orderId", "order_id", "_id", "line2", "address10", "x", "x12", "pickupRate24h30d", "sales7d"] {
            assert!(is_shown(name, &["key-of-the-tests"], r#"{"orderId":"orderIdentity"}"#), "{name}");
        }
    }

    #[test]
    fn what_may_be_data_is_not() {
        let private = ["accesskeyofmine", "Hidden-Secret", "no"];
        let long = "a".repeat(41);
        for name in [
            "",
            "13812345678",
            "line123",
            "a1b",
            "user@example.com",
            "Zhang Wei",
            "ZhangWei",
            "张伟",
            "x-y",
            "a.b",
            "a:b",
            "hidden",
            "accessKeyOfMine",
            "myaccesskeyofmine",
            "zhangwei",
            &long,
        ] {
            assert!(!is_shown(name, &private, r#"{"zhangwei":1,"name": "zhangwei"}"#), "{name}");
        }
        assert!(is_shown("note", &private, r#"{"note" : 1, "text": "a note"}"#));
    }
}
