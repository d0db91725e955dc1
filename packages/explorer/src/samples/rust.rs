//! The call in Rust.

use super::Call;
use super::layout::{STEP, list, quoted};
use super::typed::{Typed, is_whole};
use crate::tables::{Field, Object};
use std::collections::BTreeSet;

pub(super) fn write(call: &Call<'_>) -> String {
    let environment = call.environment;
    let mut used = BTreeSet::new();
    let value = object(call.request, &call.fields, 8, &mut used);
    let mut imports: Vec<String> = used.into_iter().map(|path| format!("use xportcn::{path};\n")).collect();
    imports.push("use xportcn::Client;\n".to_string());
    imports.sort();
    format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    // {environment}\n    let client = Client::from_env()?;\n{}    \
         let reply = client\n        .send({value})\n        .await?;\n    println!(\"{{:?}}\", reply.data);\n    Ok(())\n}}\n",
        imports.concat(),
        call.left_out("    //"),
    )
}

fn object(object: &Object, fields: &[(&Field, Typed<'_>)], indent: usize, used: &mut BTreeSet<String>) -> String {
    let mut elements: Vec<String> = Vec::new();
    for (field, value) in fields {
        let written = self::value(value, indent + 4, used);
        let written = if field.required { written } else { format!("Some({written})") };
        elements.push(format!("{}: {written}", field.name_in("rust")));
    }
    let path = object.names.as_ref().map(|names| names.rust.clone()).unwrap_or_default();
    let name = path.rsplit("::").next().unwrap_or_default().to_string();
    used.insert(path);
    let is_whole = fields.len() == object.fields.len() && !object.extra;
    if !is_whole {
        elements.push("..Default::default()".to_string());
    }
    // Nothing follows a rest.
    list(&format!("{name} {{"), &elements, "}", indent, STEP, is_whole)
}

fn value(value: &Typed<'_>, indent: usize, used: &mut BTreeSet<String>) -> String {
    match value {
        Typed::Text(text) => format!("{}.into()", self::text(text)),
        Typed::Int(number) => number.to_string(),
        Typed::Amount(digits) if is_whole(digits) && digits.len() < 10 => format!("{digits}.into()"),
        Typed::Amount(digits) => {
            used.insert("Amount".to_string());
            let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
            let mantissa = format!("{whole}{fraction}");
            let mantissa = match mantissa.strip_prefix('-') {
                Some(rest) => format!("-{}", rest.trim_start_matches('0')),
                None => mantissa.trim_start_matches('0').to_string(),
            };
            let mantissa = if mantissa.trim_start_matches('-').is_empty() { "0" } else { &mantissa };
            format!("Amount::from_i128_with_scale({mantissa}, {})", fraction.len())
        }
        Typed::Bool(is_true) => is_true.to_string(),
        Typed::Time(time) => format!("{}.parse()?", text(time)),
        Typed::Code(codes, wire) => {
            let path = &codes.names.rust;
            let name = path.rsplit("::").next().unwrap_or_default();
            used.insert(path.clone());
            match codes.variant(wire) {
                Some(variant) => format!("{name}::{variant}"),
                None => format!("{name}::Other({}.into())", text(wire)),
            }
        }
        Typed::List(values) => {
            let elements: Vec<String> = values.iter().map(|value| self::value(value, indent + 4, used)).collect();
            list("vec![", &elements, "]", indent, STEP, true)
        }
        Typed::Object(known, fields) => object(known, fields, indent, used),
        Typed::Any(json) => format!("serde_json::json!({json})"),
    }
}

fn text(text: &str) -> String {
    quoted(text, &[], |unit| format!("\\u{{{unit:x}}}"))
}
