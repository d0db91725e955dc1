//! For the package's tests: every call of the facade by its id, with parameters as JSON.

use super::names::{call_type, identifier};
use crate::model::{Group, Model, item};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::Endpoint;
use xportcn_core::schema::Field;

/// The types of all calls.
pub(super) fn types(model: &Model) -> String {
    let rows = model.sections().flat_map(|section| &section.calls);
    let types: String = rows.map(|row| format!("    {}.self,\n", call_type(row.id))).collect();
    format!("import Xportcn\n\n/// The types of all calls.\nlet callTypes: [any XportcnCall.Type] = [\n{types}]\n")
}

/// Functions that choose a row's own function.
pub(super) fn dispatch(model: &Model) -> String {
    let mut out = String::from("import Xportcn\n");
    for (kind, what, result) in
        [("call", "reply", "Answered?"), ("items", "items", "Collected?"), ("pages", "pages", "Paged?")]
    {
        out += &format!("\n/// The {what} of a row by its own function.\n");
        out += &format!(
            "func {kind}(_ client: XportcnClient, _ id: String, _ given: Given) async throws -> {result} {{\n"
        );
        out += "    switch id.prefix(while: { $0 != \".\" }) {\n";
        for group in &model.groups {
            out +=
                &format!("    case \"{}\": try await {kind}{}(client, id, given)\n", group.id, upper_camel(group.id));
        }
        out += "    default: nil\n    }\n}\n";
    }
    for group in &model.groups {
        out += &choice(group, "call", "Answered?", |row| {
            format!("try await Answered({}({}))", path(row, ""), arguments(row))
        });
        out += &choice(group, "items", "Collected?", |row| {
            item(row).map_or(String::new(), |_| {
                format!("try await Collected({}({}), given.atMost)", path(row, "Items"), arguments(row))
            })
        });
        out += &choice(group, "pages", "Paged?", |row| {
            item(row).map_or(String::new(), |_| format!("try await Paged({}({}))", path(row, "Pages"), arguments(row)))
        });
    }
    out
}

fn choice(group: &Group, kind: &str, result: &str, call: impl Fn(&'static Endpoint) -> String) -> String {
    let mut cases = String::new();
    for row in group.called().flat_map(|section| &section.calls) {
        let call = call(row);
        if !call.is_empty() {
            let read = if row.request.fields.is_empty() && !row.request.extra {
                String::new()
            } else {
                format!("        let given = try given.read({}.self)\n", call_type(row.id))
                    .replace("let given", "let call")
            };
            cases += &format!("    case \"{}\":\n{read}        return {call}\n", row.id);
        }
    }
    let name = format!("{kind}{}", upper_camel(group.id));
    let mut out = format!(
        "\nprivate func {name}(_ client: XportcnClient, _ id: String, _ given: Given) async throws -> {result} {{\n"
    );
    if cases.is_empty() {
        return out + "    nil\n}\n";
    }
    out += "    switch id {\n";
    out += &cases;
    out + "    default: return nil\n    }\n}\n"
}

/// The function, from the client.
fn path(row: &Endpoint, suffix: &str) -> String {
    let mut words: Vec<String> = row.id.split('.').map(lower_camel).collect();
    if let Some(last) = words.last_mut() {
        last.push_str(suffix);
        *last = identifier(last);
    }
    format!("client.{}", words.join("."))
}

fn arguments(row: &'static Endpoint) -> String {
    let mut fields: Vec<&Field> = row.request.fields.iter().collect();
    fields.sort_by_key(|field| !field.required);
    let mut out: Vec<String> = fields.iter().map(|field| format!("{0}: call.{0}", identifier(field.name()))).collect();
    if row.request.extra {
        out.push("extra: call.extra".to_string());
    }
    out.join(", ")
}
