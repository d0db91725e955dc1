//! Names and types as Swift writes them.

use crate::model::{CodeSet, Model, Object};
use crate::words::{lower_first, upper_camel};
use xportcn_core::schema::Kind;

/// Words that are names in backticks only.
const KEYWORDS: [&str; 33] = [
    "as",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "default",
    "defer",
    "do",
    "else",
    "enum",
    "extension",
    "false",
    "for",
    "func",
    "if",
    "import",
    "in",
    "init",
    "internal",
    "is",
    "nil",
    "operator",
    "protocol",
    "public",
    "repeat",
    "return",
    "self",
    "struct",
    "switch",
    "true",
    "var",
    "where",
];

/// A name of a value.
pub(super) fn identifier(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("`{name}`") } else { name.to_string() }
}

/// The type that holds a group's calls and objects.
pub(super) fn group_type(group: &str) -> String {
    upper_camel(group)
}

/// The type of a section's calls, with its group's.
pub(super) fn section_type(section: &str) -> String {
    section.split('.').map(upper_camel).collect::<Vec<_>>().join(".")
}

/// The type of a call with its parameters.
pub(super) fn call_type(row: &str) -> String {
    section_type(row)
}

/// An object's name within its group.
pub(super) fn object_name(object: &Object) -> String {
    within(&object.name, object.group())
}

/// The name of a set of codes within its group.
pub(super) fn code_name(codes: &CodeSet) -> String {
    within(&codes.name, codes.group())
}

/// A name without its group's, with which every name begins.
fn within(name: &str, group: &str) -> String {
    name.strip_prefix(&group_type(group)).unwrap_or(name).to_string()
}

/// A constant's name.
pub(super) fn constant(name: &str) -> String {
    identifier(&lower_first(name))
}

/// The type of a value.
pub(super) fn value_type(model: &Model, kind: &Kind) -> String {
    match kind {
        Kind::Amount => "Decimal".to_string(),
        Kind::Bool => "Bool".to_string(),
        Kind::Code(codes) => {
            let codes = model.code_set(codes);
            format!("{}.{}", group_type(codes.group()), code_name(codes))
        }
        Kind::Float => "Double".to_string(),
        Kind::Id | Kind::Text => "String".to_string(),
        Kind::Int => "Int".to_string(),
        Kind::List(element) => format!("[{}]", value_type(model, element)),
        Kind::Object(schema) => {
            let object = model.object(schema);
            format!("{}.{}", group_type(object.group()), object_name(object))
        }
        Kind::Time => "Date".to_string(),
        _ => "JSONValue".to_string(),
    }
}

/// The function of `Coding.swift` that reads a kind.
///
/// # Panics
/// For a list of values that would need a function of their own; there is none.
pub(super) fn reader(kind: &Kind) -> &'static str {
    match kind {
        Kind::Amount => "amount",
        Kind::Bool => "bool",
        Kind::Code(codes) if codes.numeric => "numericCode",
        Kind::Code(_) => "code",
        Kind::Float => "float",
        Kind::Id | Kind::Text => "text",
        Kind::Int => "integer",
        Kind::List(element) => {
            assert!(!matches!(element, Kind::Amount | Kind::Int | Kind::Time), "no list of these can be read yet");
            "value"
        }
        Kind::Time => "time",
        _ => "value",
    }
}

/// The function of `Coding.swift` that writes a kind.
pub(super) fn writer(kind: &Kind) -> &'static str {
    match reader(kind) {
        special @ ("amount" | "text" | "time") => special,
        _ => "value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_repeat_their_group() {
        assert_eq!(within("TaobaoOrderStatus", "taobao"), "OrderStatus");
        assert_eq!(within("AddressEntry", "address"), "Entry");
    }

    #[test]
    fn a_keyword_stands_in_backticks() {
        assert_eq!(identifier("default"), "`default`");
        assert_eq!(identifier("subOrderId"), "subOrderId");
        assert_eq!(constant("WaitBuyerPay"), "waitBuyerPay");
    }

    #[test]
    fn calls_stand_in_their_section() {
        assert_eq!(call_type("taobao.after_sale.render"), "Taobao.AfterSale.Render");
        assert_eq!(call_type("address.list"), "Address.List");
    }
}
