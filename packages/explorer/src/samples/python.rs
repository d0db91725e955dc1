//! The call in Python.

use super::Call;
use super::layout::{STEP, list, quoted};
use super::typed::{Typed, is_whole};
use crate::tables::Field;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn write(call: &Call<'_>) -> String {
    let environment = call.environment;
    let mut used = BTreeSet::new();
    let mut arguments = fields(&call.fields, 4, &mut used);
    if !call.unlisted.is_empty() {
        let extra = call.params.iter().filter(|(name, _)| call.unlisted.contains(&name.as_str()));
        let extra: Vec<String> = extra.map(|(name, value)| format!("{}: {}", text(name), json(value, 8))).collect();
        arguments.push(format!("extra={}", list("{", &extra, "}", 8, STEP, true)));
    }
    let path: Vec<&str> = call.parts().collect();
    let call = list(&format!("client.{}(", path.join(".")), &arguments, ")", 4, STEP, true);
    let (groups, modules): (Vec<&str>, Vec<&str>) =
        used.iter().map(String::as_str).partition(|line| !line.contains(' '));
    let mut imports: String = modules.iter().map(|line| format!("{line}\n")).collect();
    if !imports.is_empty() {
        imports.push('\n');
    }
    imports += "from xportcn import Client\n";
    if !groups.is_empty() {
        imports += &format!("from xportcn.models import {}\n", groups.join(", "));
    }
    format!(
        "{imports}\n# {environment}\nwith Client() \
         as client:\n    data = {call}\n    print(data)\n"
    )
}

fn fields(fields: &[(&Field, Typed<'_>)], indent: usize, used: &mut BTreeSet<String>) -> Vec<String> {
    let mut out = Vec::new();
    for (field, value) in fields {
        out.push(format!("{}={}", field.name_in("python"), self::value(value, indent + 4, used)));
    }
    out
}

fn value(value: &Typed<'_>, indent: usize, used: &mut BTreeSet<String>) -> String {
    match value {
        Typed::Text(text) => self::text(text),
        Typed::Int(number) => number.to_string(),
        Typed::Amount(digits) if is_whole(digits) => digits.clone(),
        Typed::Amount(digits) => {
            used.insert("from decimal import Decimal".to_string());
            format!("Decimal(\"{digits}\")")
        }
        Typed::Bool(true) => "True".to_string(),
        Typed::Bool(false) => "False".to_string(),
        Typed::Time(time) => {
            used.insert("from datetime import datetime".to_string());
            format!("datetime.fromisoformat({})", text(time))
        }
        Typed::Code(codes, wire) if codes.numeric && wire.parse::<i64>().is_ok() => wire.clone(),
        Typed::Code(_, wire) => text(wire),
        Typed::List(values) => {
            let elements: Vec<String> = values.iter().map(|value| self::value(value, indent + 4, used)).collect();
            list("[", &elements, "]", indent, STEP, true)
        }
        Typed::Object(known, given) => {
            let group = known.names.as_ref().map(|names| names.group.clone()).unwrap_or_default();
            let open = format!("{group}.{}(", known.name);
            used.insert(group);
            list(&open, &fields(given, indent, used), ")", indent, STEP, true)
        }
        Typed::Any(value) => json(value, indent),
    }
}

/// JSON as Python's own values.
fn json(value: &Value, indent: usize) -> String {
    match value {
        Value::Null => "None".to_string(),
        Value::Bool(true) => "True".to_string(),
        Value::Bool(false) => "False".to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => self::text(text),
        Value::Array(values) => {
            let elements: Vec<String> = values.iter().map(|value| json(value, indent + 4)).collect();
            list("[", &elements, "]", indent, STEP, true)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{}: {}", text(name), json(value, indent + 4)));
            list("{", &members.collect::<Vec<_>>(), "}", indent, STEP, true)
        }
    }
}

fn text(text: &str) -> String {
    quoted(text, &[], |unit| format!("\\u{unit:04x}"))
}
