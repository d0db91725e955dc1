//! Names and types as Python writes them.

use crate::model::Model;
use xportcn_core::schema::Kind;

/// Words that cannot be names.
const KEYWORDS: [&str; 13] =
    ["and", "as", "async", "class", "def", "del", "for", "from", "global", "import", "in", "is", "lambda"];

/// A name in camelCase in snake_case.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before_is_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && before_is_lower {
            out.push('_');
        }
        before_is_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    safe(&out)
}

/// A name that is no keyword.
pub(super) fn safe(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_string() }
}

/// A name of words with underscores, in UpperCamelCase.
pub(super) fn upper(name: &str) -> String {
    let words = name.split(['.', '_']).filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| first.to_uppercase() + rest).collect()
}

/// The group in whose module an object stands.
pub(super) fn group_of(model: &Model, name: &str) -> &'static str {
    let object = model.objects.iter().find(|object| object.name == name);
    let row = object.and_then(|object| object.uses.first()).map_or("", |place| place.row);
    row.split('.').next().unwrap_or(row)
}

/// The type of a value; `prefix` ends the name of the modules that hold objects, and is empty within them.
pub(super) fn annotation(model: &Model, kind: &Kind, is_sent: bool, prefix: &str) -> String {
    match kind {
        Kind::Amount if is_sent => "Union[Decimal, int, str]".to_string(),
        Kind::Amount => "Decimal".to_string(),
        Kind::Bool => "bool".to_string(),
        Kind::Code(codes) if codes.numeric => "Union[int, str]".to_string(),
        Kind::Code(_) | Kind::Id | Kind::Text => "str".to_string(),
        Kind::Float => "float".to_string(),
        Kind::Int => "int".to_string(),
        Kind::List(element) if is_sent => format!("Sequence[{}]", annotation(model, element, is_sent, prefix)),
        Kind::List(element) => {
            // A list holds null where an element did not fit.
            format!("List[Optional[{}]]", annotation(model, element, is_sent, prefix))
        }
        Kind::Object(schema) => {
            let name = &model.object(schema).name;
            if prefix.is_empty() { name.clone() } else { format!("{}_{prefix}.{name}", group_of(model, name)) }
        }
        Kind::Time => "datetime".to_string(),
        _ => "Any".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_before_capitals_and_capitals_together_stay_together() {
        for (camel, expected) in [
            ("subOrderId", "sub_order_id"),
            ("orderIDs", "order_ids"),
            ("from", "from_"),
            ("sku2Id", "sku2_id"),
            ("URL", "url"),
        ] {
            assert_eq!(snake(camel), expected);
        }
        assert_eq!(upper("taobao.after_sale"), "TaobaoAfterSale");
    }
}
