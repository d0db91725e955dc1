//! The call in Kotlin.

use super::layout::{STEP, list, quoted};
use super::typed::Typed;
use super::{Call, camel};
use std::collections::BTreeSet;

pub(super) fn write(call: &Call<'_>) -> String {
    let environment = call.environment;
    let mut used = BTreeSet::from(["io.github.xportcn.XportcnClient".to_string()]);
    let mut arguments = Vec::new();
    for (field, value) in &call.fields {
        arguments.push(format!("{} = {}", field.name_in("kotlin"), self::value(value, 12, &mut used)));
    }
    let path: Vec<String> = call.parts().map(camel).collect();
    let written = list(&format!("client.{}(", path.join(".")), &arguments, ")", 8, STEP, true);
    format!(
        "{}\n// {environment}\nsuspend fun main() \
         {{\n    XportcnClient.fromEnv().use {{ client ->\n{}        val reply = {written}\n        println(reply.data)\n    }}\n}}\n",
        used.iter().map(|path| format!("import {path}\n")).collect::<String>(),
        call.left_out("        //"),
    )
}

fn value(value: &Typed<'_>, indent: usize, used: &mut BTreeSet<String>) -> String {
    match value {
        Typed::Text(text) => self::text(text),
        Typed::Int(number) => number.to_string(),
        Typed::Amount(digits) => {
            used.insert("java.math.BigDecimal".to_string());
            format!("BigDecimal(\"{digits}\")")
        }
        Typed::Bool(is_true) => is_true.to_string(),
        Typed::Time(time) => {
            used.insert("java.time.OffsetDateTime".to_string());
            format!("OffsetDateTime.parse({})", text(time))
        }
        Typed::Code(codes, wire) => {
            used.insert(format!("io.github.xportcn.models.{}", codes.name));
            format!("{}({})", codes.name, text(wire))
        }
        Typed::List(values) => {
            let elements: Vec<String> = values.iter().map(|value| self::value(value, indent + 4, used)).collect();
            list("listOf(", &elements, ")", indent, STEP, true)
        }
        Typed::Object(known, fields) => {
            used.insert(format!("io.github.xportcn.models.{}", known.name));
            let space = " ".repeat(indent + 4);
            let mut out = format!("{} {{\n", known.name);
            for (field, value) in fields {
                out += &format!("{space}{} = {}\n", field.name_in("kotlin"), self::value(value, indent + 4, used));
            }
            format!("{out}{}}}", " ".repeat(indent))
        }
        Typed::Any(json) => {
            used.insert("kotlinx.serialization.json.Json".to_string());
            format!("Json.parseToJsonElement({})", text(&json.to_string()))
        }
    }
}

/// A dollar sign begins a template.
fn text(text: &str) -> String {
    quoted(text, &[('$', "\\$")], |unit| format!("\\u{unit:04x}"))
}
