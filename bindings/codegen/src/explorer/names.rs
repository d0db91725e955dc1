//! Names in the languages of the explorer's samples, by the rules with which those languages' own files are written.

use crate::json::Json;
use crate::model::{CodeSet, Object};
use crate::{kotlin, object, python, swift, words};
use xportcn_core::schema::Field;

/// What an object's type is called. In TypeScript, Kotlin and Java it has its name in the model.
pub(super) fn of_object(object: &Object) -> Json {
    let rust = format!("{}::{}", object.place.folder.replace('.', "::"), object.schema.name);
    object! { "rust" => rust, "swift" => swift::type_of_object(object), "group" => object.group() }
}

/// What a set of codes is called.
pub(super) fn of_codes(set: &CodeSet) -> Json {
    let rust = format!("{}::{}", set.place.folder.replace('.', "::"), set.codes.name);
    object! { "rust" => rust, "swift" => swift::type_of_codes(set), "group" => set.group() }
}

/// What a field is called where that is not its name: in snake_case, and with what makes a name of a keyword.
pub(super) fn of_field(field: &Field) -> Option<Json> {
    let name = field.name();
    let snake = words::snake(name);
    let names = [
        ("rust", rust(&snake)),
        ("python", python::name(name)),
        ("kotlin", kotlin::name(name)),
        ("swift", swift::name(name)),
    ];
    let other: Vec<_> = names.into_iter().filter(|(_, other)| other != name).collect();
    (!other.is_empty())
        .then(|| Json::Object(other.into_iter().map(|(host, name)| (host.to_string(), name.into())).collect()))
}

/// A keyword is a name behind `r#`.
fn rust(name: &str) -> String {
    const KEYWORDS: [&str; 8] = ["in", "for", "match", "mod", "ref", "self", "type", "use"];
    if KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_string() }
}
