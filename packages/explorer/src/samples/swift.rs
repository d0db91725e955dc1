//! The call in Swift.

use super::layout::{STEP, list, quoted};
use super::typed::{Typed, is_whole, required_first};
use super::{Call, camel};
use crate::tables::Field;

pub(super) fn write(call: &Call<'_>) -> String {
    let environment = call.environment;
    let path: Vec<String> = call.parts().map(camel).collect();
    let written = list(&format!("client.{}(", path.join(".")), &arguments(&call.fields, 0), ")", 0, STEP, false);
    let foundation = if written.contains("Decimal(") || written.contains("ISO8601") || written.contains("JSONDecoder") {
        "import Foundation\n"
    } else {
        ""
    };
    format!(
        "{foundation}import Xportcn\n\n// {environment}\nlet client = try XportcnClient.fromEnv()\n{}let reply = try await {written}\nprint(reply.data)\n",
        call.left_out("//"),
    )
}

fn arguments(fields: &[(&Field, Typed<'_>)], indent: usize) -> Vec<String> {
    // Arguments have the order of their declaration.
    let sorted = required_first(fields);
    sorted
        .iter()
        .map(|(field, value)| format!("{}: {}", field.name_in("swift"), self::value(value, indent + 4)))
        .collect()
}

fn value(value: &Typed<'_>, indent: usize) -> String {
    match value {
        Typed::Text(text) => self::text(text),
        Typed::Int(number) => number.to_string(),
        Typed::Amount(digits) if is_whole(digits) && digits.len() < 16 => digits.clone(),
        Typed::Amount(digits) => format!("Decimal(string: \"{digits}\")!"),
        Typed::Bool(is_true) => is_true.to_string(),
        Typed::Time(time) => format!("ISO8601DateFormatter().date(from: {})!", text(time)),
        Typed::Code(codes, wire) => format!("{}(rawValue: {})", codes.names.swift, text(wire)),
        Typed::List(values) => {
            let elements: Vec<String> = values.iter().map(|value| self::value(value, indent + 4)).collect();
            list("[", &elements, "]", indent, STEP, true)
        }
        Typed::Object(known, fields) => {
            let name = known.names.as_ref().map_or("", |names| names.swift.as_str());
            list(&format!("{name}("), &arguments(fields, indent), ")", indent, STEP, false)
        }
        Typed::Any(json) => {
            format!("try JSONDecoder().decode(JSONValue.self, from: Data({}.utf8))", text(&json.to_string()))
        }
    }
}

fn text(text: &str) -> String {
    quoted(text, &[], |unit| format!("\\u{{{unit:x}}}"))
}
