//! Names and types as Kotlin writes them.

use crate::model::Model;
use crate::words::{lower_first, snake};
use xportcn_core::schema::Kind;

/// Words that are names only between backticks.
const KEYWORDS: [&str; 28] = [
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];

/// A name that is no keyword.
pub(super) fn safe(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("`{name}`") } else { name.to_string() }
}

/// The name of a constant.
pub(super) fn constant(name: &str) -> String {
    snake(&lower_first(name)).to_uppercase()
}

/// The type of a value that is there. Lists that are received hold null where an element did not fit.
pub(super) fn r#type(model: &Model, kind: &Kind, is_sent: bool) -> String {
    match kind {
        Kind::Amount => "BigDecimal".to_string(),
        Kind::Bool => "Boolean".to_string(),
        Kind::Code(codes) => model.code_set(codes).name.clone(),
        Kind::Float => "Double".to_string(),
        Kind::Id | Kind::Text => "String".to_string(),
        Kind::Int => "Long".to_string(),
        Kind::List(element) => {
            let mark = if is_sent { "" } else { "?" };
            format!("List<{}{mark}>", r#type(model, element, is_sent))
        }
        Kind::Object(schema) => model.object(schema).name.clone(),
        Kind::Time => "OffsetDateTime".to_string(),
        _ => "JsonElement".to_string(),
    }
}

/// What reads and writes a value that is there.
pub(super) fn serializer(model: &Model, kind: &Kind, is_sent: bool) -> String {
    match kind {
        Kind::Amount => "AmountSerializer".to_string(),
        Kind::List(element) => {
            let mark = if is_sent { "" } else { ".nullable" };
            format!("ListSerializer({}{mark})", serializer(model, element, is_sent))
        }
        Kind::Time => "TimeSerializer".to_string(),
        _ => format!("{}.serializer()", r#type(model, kind, is_sent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_becomes_a_name_between_backticks() {
        assert_eq!(safe("object"), "`object`");
        assert_eq!(safe("from"), "from");
    }

    #[test]
    fn constants_are_in_capitals() {
        assert_eq!(constant("WaitBuyerPay"), "WAIT_BUYER_PAY");
    }
}
