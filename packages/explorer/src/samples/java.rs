//! The call in Java.

use super::layout::{STEP, list, quoted};
use super::typed::Typed;
use super::{Call, camel};
use crate::tables::Field;
use std::collections::BTreeSet;

pub(super) fn write(call: &Call<'_>) -> String {
    let environment = call.environment;
    let mut used = BTreeSet::from(["io.github.xportcn.java.JavaClient".to_string()]);
    let path: String = call.parts().map(|part| format!(".{}()", camel(part))).collect();
    let setters = setters(&call.fields, 16, &mut used);
    format!(
        "{}\npublic final class Example {{\n    // {environment}\n    public static void main(String[] arguments) {{\n        try (JavaClient client = JavaClient.fromEnv()) \
         {{\n{}            var reply = client{path}{setters}\n                .execute();\n            \
         System.out.println(reply.getData());\n        }}\n    }}\n}}\n",
        used.iter().map(|path| format!("import {path};\n")).collect::<String>(),
        call.left_out("            //"),
    )
}

/// A setter a line.
fn setters(fields: &[(&Field, Typed<'_>)], indent: usize, used: &mut BTreeSet<String>) -> String {
    let space = " ".repeat(indent);
    let mut out = String::new();
    for (field, value) in fields {
        out += &format!("\n{space}.{}({})", field.name, self::value(value, indent, used));
    }
    out
}

fn value(value: &Typed<'_>, indent: usize, used: &mut BTreeSet<String>) -> String {
    match value {
        Typed::Text(text) => self::text(text),
        Typed::Int(number) => format!("{number}L"),
        Typed::Amount(digits) => {
            used.insert("java.math.BigDecimal".to_string());
            format!("new BigDecimal(\"{digits}\")")
        }
        Typed::Bool(is_true) => is_true.to_string(),
        Typed::Time(time) => {
            used.insert("java.time.OffsetDateTime".to_string());
            format!("OffsetDateTime.parse({})", text(time))
        }
        Typed::Code(codes, wire) => {
            used.insert(format!("io.github.xportcn.models.{}", codes.name));
            format!("new {}({})", codes.name, text(wire))
        }
        Typed::List(values) => {
            used.insert("java.util.List".to_string());
            let elements: Vec<String> = values.iter().map(|value| self::value(value, indent + 4, used)).collect();
            list("List.of(", &elements, ")", indent, STEP, false)
        }
        Typed::Object(known, fields) => {
            used.insert(format!("io.github.xportcn.models.{}", known.name));
            format!(
                "new {}.Builder(){}\n{}.build()",
                known.name,
                setters(fields, indent + 4, used),
                " ".repeat(indent + 4)
            )
        }
        Typed::Any(json) => {
            used.insert("kotlinx.serialization.json.Json".to_string());
            format!("Json.Default.parseToJsonElement({})", text(&json.to_string()))
        }
    }
}

fn text(text: &str) -> String {
    quoted(text, &[], |unit| format!("\\u{unit:04x}"))
}
