//! How a language writes the names of settings and fields.

use crate::error::{Error, ReplyPart};
use alloc::string::String;

/// How a language writes the names of settings and fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As `baseUrl`.
    Camel,
    /// As `base_url`.
    Snake,
}

impl Case {
    /// Writes the names that an error has in this case.
    pub(super) fn spell(self, error: &mut Error) {
        match (self, error) {
            (_, Error::AmbiguousWrite { cause, .. }) => self.spell(cause),
            (Self::Camel, Error::Config { field, .. }) => *field = camel(field),
            (Self::Camel, Error::UnknownSetting { nearest: Some(nearest), .. }) => *nearest = camel(nearest),
            (Self::Snake, Error::Decode { part: ReplyPart::Value(path), .. } | Error::InvalidRequest { path, .. }) => {
                *path = snake(path);
            }
            _ => {}
        }
    }
}

/// A name or path in snake_case in camelCase.
pub fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut after = false;
    for c in name.chars() {
        let is_first = ::core::mem::replace(&mut after, c == '_');
        if c != '_' {
            out.push(if is_first { c.to_ascii_uppercase() } else { c });
        }
    }
    out
}

/// A name or path in camelCase in snake_case; capitals that stand together stay together.
fn snake(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    let mut before_is_lower = false;
    for c in path.chars() {
        if c.is_ascii_uppercase() && before_is_lower {
            out.push('_');
        }
        before_is_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_the_case_of_the_language() {
        for (in_snake, in_camel) in [
            ("base_url", "baseUrl"),
            ("limit.per_second", "limit.perSecond"),
            ("order_line_list[0].item_id", "orderLineList[0].itemId"),
            ("strict", "strict"),
        ] {
            assert_eq!(camel(in_snake), in_camel);
            assert_eq!(snake(in_camel), in_snake);
        }
        assert_eq!(snake("orderIDs"), "order_ids");
    }
}
