//! Names and types as Python writes them.

use crate::model::Model;
use crate::words;
use xportcn_core::schema::Kind;

/// Words that cannot be names.
const KEYWORDS: [&str; 13] =
    ["and", "as", "async", "class", "def", "del", "for", "from", "global", "import", "in", "is", "lambda"];

/// A name in camelCase in snake_case, made safe.
pub(super) fn snake(name: &str) -> String {
    safe(&words::snake(name))
}

/// A name that is no keyword.
pub(super) fn safe(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_string() }
}

/// What makes modules known to checkers of types, and to those who ask for types at run time, without loading them:
/// those of `(module, name)` that the code names.
pub(super) fn later(modules: impl Iterator<Item = (String, String)>, code: &str) -> String {
    let (mut checked, mut run) = (String::new(), String::new());
    for (module, name) in modules {
        let (package, last) = module.rsplit_once('.').unwrap_or_default();
        let import = super::imports(&[(&format!("    from {package} import {last} as"), &[&name])], code);
        if !import.is_empty() {
            checked += &import;
            run += &format!("    {name} = later(\"{module}\")\n");
        }
    }
    if checked.is_empty() {
        return checked;
    }
    format!("\nif TYPE_CHECKING:\n{checked}else:\n    from xportcn._later import later\n\n{run}")
}

/// The type of a value; `prefix` ends the name of the modules that hold objects, and is empty within them.
pub(super) fn annotation(model: &Model, kind: &Kind, is_sent: bool, prefix: &str) -> String {
    match kind {
        Kind::Amount if is_sent && prefix.is_empty() => "GivenAmount".to_string(),
        Kind::Amount if is_sent => "Union[Decimal, int, str]".to_string(),
        Kind::Amount => "Decimal".to_string(),
        Kind::Bool => "bool".to_string(),
        Kind::Code(codes) => {
            let set = model.code_set(codes);
            let name =
                if prefix.is_empty() { set.name.clone() } else { format!("{}_{prefix}.{}", set.group(), set.name) };
            match (codes.numeric, is_sent) {
                (true, true) if prefix.is_empty() => format!("GivenNumber[{name}]"),
                (false, true) if prefix.is_empty() => format!("GivenText[{name}]"),
                (true, true) => format!("Union[{name}, int, str]"),
                // A number that is too large for JSON, and what is none, stay text.
                (true, false) => format!("Union[{name}, str]"),
                (false, true) => format!("Union[{name}, str]"),
                (false, false) => name,
            }
        }
        Kind::Id | Kind::Text => "str".to_string(),
        Kind::Float => "float".to_string(),
        Kind::Int => "int".to_string(),
        Kind::List(element) if is_sent => format!("Sequence[{}]", annotation(model, element, is_sent, prefix)),
        Kind::List(element) => {
            // A list holds null where an element did not fit.
            format!("List[Optional[{}]]", annotation(model, element, is_sent, prefix))
        }
        Kind::Object(schema) => {
            let object = model.object(schema);
            let name = &object.name;
            if prefix.is_empty() { name.clone() } else { format!("{}_{prefix}.{name}", object.group()) }
        }
        Kind::Time => "datetime".to_string(),
        _ => "Any".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_becomes_a_name_by_an_underscore() {
        assert_eq!(snake("from"), "from_");
        assert_eq!(snake("subOrderId"), "sub_order_id");
    }
}
