//! Groups and sections of calls, each call with its parameters as a struct and as a function.

use super::comment;
use super::models::{coders, initializer, json_writer, parameters, property};
use super::names::{call_type, group_type, identifier, section_type, value_type};
use crate::model::{Model, Section, WAITS, about, item, known_by, paragraphs};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::Endpoint;
use xportcn_core::goal::Goal;
use xportcn_core::schema::{Field, Kind};

/// All groups with their sections, and how a client leads to them.
pub(super) fn groups(model: &Model) -> String {
    let mut out = String::from("extension XportcnClient {");
    for group in &model.groups {
        let (name, r#type) = (lower_camel(group.id), group_type(group.id));
        let doc = comment(group.about, 4);
        out += &format!("\n{doc}    public var {name}: {type} {{ {type}(client: self) }}\n");
    }
    out += "}\n";
    for group in &model.groups {
        out += &format!("\n{}public struct {}: Sendable {{\n", comment(group.about, 0), group_type(group.id));
        out += "    let client: XportcnClient\n";
        for section in group.called().filter(|section| section.id != group.id) {
            let name = section.id.rsplit('.').next().unwrap_or_default();
            let (value, r#type, doc) = (identifier(&lower_camel(name)), upper_camel(name), comment(section.about, 4));
            out += &format!("\n{doc}    public var {value}: {type} {{ {type}(client: client) }}\n");
            out +=
                &format!("\n{doc}    public struct {type}: Sendable {{\n        let client: XportcnClient\n    }}\n");
        }
        out += "}\n";
    }
    out
}

/// The calls of a section.
pub(super) fn section(model: &Model, section: &Section) -> String {
    let mut out = format!("// {}\n\nimport Foundation\n\nextension {} {{\n", section.title, section_type(&section.id));
    let functions: Vec<String> = section.calls.iter().map(|row| functions(model, row)).collect();
    let calls: Vec<String> = section.calls.iter().map(|row| call(model, row)).collect();
    out += &functions.join("\n");
    out += &wait(section.goals());
    out += "\n";
    out += &calls.join("\n");
    out + "}\n"
}

/// The states that can be waited for, and the function that waits.
fn wait(goals: &[Goal]) -> String {
    let Some(first) = goals.first() else { return String::new() };
    let mut out = format!("\n{}", comment("A state that can be waited for.", 4));
    out += "    public enum State: String, Sendable, CaseIterable {\n";
    for goal in goals {
        out += &format!("{}        case {}\n", comment(goal.doc, 8), identifier(goal.name));
    }
    let doc = format!(
        "{WAITS}\n\n- Parameters:\n  - state: What is waited for.\n  - {}: Which one.\n\
         - Throws: ``XportcnError``, where three looks in a row failed and it does not help to try again.",
        first.id
    );
    out += &format!("    }}\n\n{}", comment(&doc, 4));
    out + &format!(
        "    public func waitUntil(_ state: State, {1}: String) async throws -> Waited {{\n        \
         try await client.waitUntil(\"{0}\", state.rawValue, id: {1})\n    }}\n",
        first.of, first.id
    )
}

/// A call with its parameters.
fn call(model: &Model, row: &'static Endpoint) -> String {
    let fields: Vec<&Field> = row.request.fields.iter().collect();
    let protocol = if item(row).is_some() { "XportcnPagedCall" } else { "XportcnCall" };
    let name = upper_camel(row.id.rsplit('.').next().unwrap_or_default());
    let mut out = comment(&format!("{}: a call with its parameters.\n\n{}", row.title(), known_by(row)), 4);
    out += &format!("    public struct {name}: {protocol}, JSONWritable {{\n");
    out += &format!("        public static let id = \"{}\"\n\n", row.id);
    let response = response(model, row);
    out += &format!("        public static var none: {response} {{ {} }}\n\n", none(row, &response));
    if let (Some(kind), Some(paging)) = (item(row), row.paging) {
        let item = value_type(model, kind);
        let field = identifier(paging.items);
        out +=
            &format!("        public static func items(of page: {response}) -> [{item}] {{ page.{field} ?? [] }}\n\n");
    }
    for field in &fields {
        out += &property(model, field, field.required, 8);
    }
    if row.request.extra {
        out += "        public var extra: [String: JSONValue]?\n\n";
    }
    out += &initializer(model, &fields, true, row.request.extra, 8);
    out += &coders(&fields, true, row.request.extra, 8);
    out += &json_writer(&fields, row.request.extra, 8);
    out + "    }\n"
}

/// The type of a call's data.
fn response(model: &Model, row: &Endpoint) -> String {
    let r#type = value_type(model, &row.reply);
    match row.reply {
        Kind::Any | Kind::List(_) | Kind::Object(_) => r#type,
        _ => format!("{type}?"),
    }
}

/// The data where the platform gives none.
fn none(row: &Endpoint, response: &str) -> String {
    match row.reply {
        Kind::Any => ".null".to_string(),
        Kind::List(_) => "[]".to_string(),
        Kind::Object(_) => format!("{response}()"),
        _ => "nil".to_string(),
    }
}

/// A call as a function; where it has pages, also those and their items.
fn functions(model: &Model, row: &'static Endpoint) -> String {
    let name = lower_camel(row.id.rsplit('.').next().unwrap_or_default());
    let reply = format!("Reply<{}>", response(model, row));
    let title = row.title();
    let about = about(row.doc);
    let about = format!("{title}.\n\n{about}\n\n{}", known_by(row));
    let mut out =
        function(model, row, &identifier(&name), &about, &format!("async throws -> {reply}"), "try await client.send");
    if let Some(kind) = item(row) {
        let stream = |element: &str| format!("-> AsyncThrowingStream<{element}, any Error>");
        let pages = format!("{title}: the pages, one after another, each asked for when it is wanted.");
        out += "\n";
        out += &function(model, row, &format!("{name}Pages"), &pages, &stream(&reply), "client.pages");
        let items = format!("{title}: the items of all pages, each page asked for when it is wanted.");
        let item = value_type(model, kind);
        out += "\n";
        out += &function(model, row, &format!("{name}Items"), &items, &stream(&item), "client.items");
    }
    out
}

fn function(model: &Model, row: &'static Endpoint, name: &str, about: &str, result: &str, sender: &str) -> String {
    let fields: Vec<&Field> = row.request.fields.iter().collect();
    let mut doc = about.trim().to_string();
    let mut sorted = fields.clone();
    sorted.sort_by_key(|field| !field.required);
    if !fields.is_empty() || row.request.extra {
        doc += "\n\n- Parameters:";
        for field in &sorted {
            let meaning = paragraphs(field.doc).replace("\n\n", " ");
            doc += &format!("\n  - {}: {meaning}", field.name());
        }
        if row.request.extra {
            doc += "\n  - extra: Fields that are not known here, by the names that the wire has for them.";
        }
    }
    if result.starts_with("async") {
        doc += "\n- Throws: ``XportcnError``";
    }
    let mut given: Vec<String> = sorted.iter().map(|field| format!("{0}: {0}", identifier(field.name()))).collect();
    if row.request.extra {
        given.push("extra: extra".to_string());
    }
    let parameters = parameters(model, &fields, true, row.request.extra);
    let parameters = if parameters.is_empty() {
        String::new()
    } else {
        format!("\n        {}\n    ", parameters.join(",\n        "))
    };
    let mut out = comment(&doc, 4);
    out += &format!("    public func {name}({parameters}) {result} {{\n");
    out + &format!("        {sender}({}({}))\n    }}\n", call_type(row.id), given.join(", "))
}
