//! The call in TypeScript, which is JavaScript too.

use super::layout::{list, quoted};
use super::typed::Typed;
use super::{Call, camel};
use serde_json::Value;

pub(super) fn write(call: &Call<'_>) -> String {
    let environment = call.environment;
    let path: Vec<String> = call.parts().map(camel).collect();
    let mut members: Vec<String> =
        call.fields.iter().map(|(field, value)| format!("{}: {}", field.name, self::value(value, 2))).collect();
    // Fields that are not listed stand among the others.
    let unlisted = call.params.iter().filter(|(name, _)| call.unlisted.contains(&name.as_str()));
    members.extend(unlisted.map(|(name, value)| format!("{}: {}", name_of(name), json(value, 2))));
    let arguments = if members.is_empty() { String::new() } else { object(&members, 0) };
    format!(
        "import {{ Xportcn }} from \"xportcn\";\n\n// {environment}\nconst client = new Xportcn();\nconst data = await \
         client.{}({arguments});\nconsole.log(data);\n",
        path.join("."),
    )
}

fn value(value: &Typed<'_>, indent: usize) -> String {
    match value {
        // Numbers of JavaScript are not exact.
        Typed::Text(digits) | Typed::Amount(digits) | Typed::Time(digits) => text(digits),
        Typed::Int(number) => number.to_string(),
        Typed::Bool(is_true) => is_true.to_string(),
        Typed::Code(codes, wire) if codes.numeric && wire.parse::<i64>().is_ok() => wire.clone(),
        Typed::Code(_, wire) => text(wire),
        Typed::List(values) => {
            let elements: Vec<String> = values.iter().map(|value| self::value(value, indent + STEP)).collect();
            list("[", &elements, "]", indent, STEP, true)
        }
        Typed::Object(_, fields) => {
            let members =
                fields.iter().map(|(field, value)| format!("{}: {}", field.name, self::value(value, indent + STEP)));
            object(&members.collect::<Vec<_>>(), indent)
        }
        Typed::Any(value) => json(value, indent),
    }
}

const STEP: usize = 2;

fn object(members: &[String], indent: usize) -> String {
    list("{", members, "}", indent, STEP, true)
}

fn json(value: &Value, indent: usize) -> String {
    match value {
        Value::String(text) => self::text(text),
        Value::Array(values) => {
            let elements: Vec<String> = values.iter().map(|value| json(value, indent + STEP)).collect();
            list("[", &elements, "]", indent, STEP, true)
        }
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}: {}", name_of(name), json(value, indent + STEP)));
            object(&members.collect::<Vec<_>>(), indent)
        }
        other => other.to_string(),
    }
}

fn name_of(name: &str) -> String {
    let is_plain = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain { name.to_string() } else { text(name) }
}

fn text(text: &str) -> String {
    quoted(text, &[], |unit| format!("\\u{unit:04x}"))
}
