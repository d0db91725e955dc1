//! Types as TypeScript writes them.

use crate::model::Model;
use std::collections::BTreeMap;
use xportcn_core::schema::Kind;

/// The types that a module takes from others, by module.
pub(super) type Imports = BTreeMap<String, Vec<String>>;

/// The type of a value. What it takes from elsewhere than `group` is noted.
pub(super) fn annotation(model: &Model, kind: &Kind, is_sent: bool, group: &str, imports: &mut Imports) -> String {
    let mut scalar = |name: &str| {
        note(imports, "../scalars", name);
        name.to_string()
    };
    match kind {
        Kind::Amount => scalar("Amount"),
        Kind::Bool => "boolean".to_string(),
        Kind::Code(codes) => {
            let set = model.code_set(codes);
            if set.group() != group {
                note(imports, &format!("./{}", set.group()), &set.name);
            }
            set.name.clone()
        }
        Kind::Float => "number".to_string(),
        Kind::Id if is_sent => scalar("IdLike"),
        Kind::Id => scalar("Id"),
        Kind::Int if is_sent => "number".to_string(),
        // Beyond 2^53 it is text.
        Kind::Int => scalar("Int"),
        // A list has no holes: the core leaves out what is null or does not fit.
        Kind::List(element) => {
            let element = in_list(&annotation(model, element, is_sent, group, imports));
            if is_sent { format!("readonly {element}[]") } else { format!("{element}[]") }
        }
        Kind::Object(schema) => {
            let object = model.object(schema);
            if object.group() != group {
                note(imports, &format!("./{}", object.group()), &object.name);
            }
            object.name.clone()
        }
        Kind::Text => "string".to_string(),
        Kind::Time if is_sent => format!("{} | Date", scalar("Time")),
        Kind::Time => scalar("Time"),
        _ if is_sent => "unknown".to_string(),
        // Read without a check, as JSON.parse gives it.
        _ => scalar("Json"),
    }
}

/// The statements that import types.
pub(super) fn statements(imports: &Imports) -> String {
    let lines = imports.iter().map(|(module, names)| {
        let one = format!("import type {{ {} }} from \"{module}.js\";\n", names.join(", "));
        if one.len() <= 121 {
            one
        } else {
            format!("import type {{\n  {},\n}} from \"{module}.js\";\n", names.join(",\n  "))
        }
    });
    lines.collect::<String>() + if imports.is_empty() { "" } else { "\n" }
}

/// Notes that a name of another module is used.
pub(super) fn note(imports: &mut Imports, module: &str, name: &str) {
    let names = imports.entry(module.to_string()).or_default();
    if let Err(at) = names.binary_search_by(|known| known.as_str().cmp(name)) {
        names.insert(at, name.to_string());
    }
}

fn in_list(element: &str) -> String {
    if element.contains(' ') { format!("({element})") } else { element.to_string() }
}
