//! The calls: an interface for each section, and the list that the client is made of at run time.

use super::comment;
use super::names::{Imports, annotation, note, statements};
use crate::model::{Group, Model, Section, WAITS, about, item, known_by, paragraphs, states};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::Endpoint;
use xportcn_core::goal::Goal;
use xportcn_core::schema::Kind;

/// The interfaces of one group: its sections, and the group of them.
pub(super) fn interfaces(model: &Model, group: &Group) -> String {
    let mut out = String::new();
    for section in group.called() {
        out += &comment(&format!("{}. {}", section.title, section.about), 0);
        out += &format!("export interface {}Calls {{\n", upper_camel(&section.id));
        for row in &section.calls {
            out += &call(model, row, group.id);
        }
        out += &wait(section.goals());
        out += "}\n\n";
    }
    if group.called().any(|section| section.id != group.id) {
        out += &comment(&format!("{}. {}", group.title, group.about), 0);
        out += &format!("export interface {}Calls {{\n", upper_camel(group.id));
        for section in group.called() {
            out += &comment(section.about, 2);
            out += &format!("  readonly {}: {}Calls;\n", lower_camel(part(section)), upper_camel(&section.id));
        }
        out += "}\n\n";
    }
    out.trim_end().to_string() + "\n"
}

/// The interface of all groups, and the list.
pub(super) fn list(model: &Model) -> String {
    let groups: Vec<&Group> = model.groups.iter().filter(|group| group.called().next().is_some()).collect();
    let mut out = String::new();
    for group in &groups {
        out += &format!("import type {{ {}Calls }} from \"./{}.js\";\n", upper_camel(group.id), group.id);
    }
    out += "\n/** The calls of all groups. */\nexport interface Groups {\n";
    for group in &groups {
        out += &comment(&format!("{}. {}", group.title, group.about), 2);
        out += &format!("  readonly {}: {}Calls;\n", lower_camel(group.id), upper_camel(group.id));
    }
    out += "}\n\n";
    out += &comment(
        "The names of the calls of each section. Behind a name stand `+` and the field that holds a page's items, where \
         there are pages; `[]` where the data is a list, and `?` where it may be null; `!` where it is no call, but waits for \
         a state.",
        0,
    );
    out += "export const CALLS: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {\n";
    for group in groups {
        let name = lower_camel(group.id);
        let mut sections = String::new();
        for section in group.called() {
            let mut names = section.calls.iter().map(|row| marked(row)).collect::<Vec<_>>().join(" ");
            if !section.goals().is_empty() {
                names += " waitUntil!";
            }
            if section.id == group.id {
                out += &format!("  {name}: \"{names}\",\n");
            } else {
                sections += &format!("    {}: \"{names}\",\n", lower_camel(part(section)));
            }
        }
        if !sections.is_empty() {
            out += &format!("  {name}: {{\n{sections}  }},\n");
        }
    }
    out + "};\n"
}

fn call(model: &Model, row: &'static Endpoint, group: &str) -> String {
    let mut imports = Imports::new();
    let data = data(model, row, group, &mut imports);
    let request = &model.object(row.request).name;
    let params = if requires(row) { "" } else { " | void" };
    let r#type = match item(row) {
        Some(kind) => {
            let item = annotation(model, kind, false, group, &mut imports);
            format!("PagedCall<{request}{params}, {data}, {item}>")
        }
        None => format!("PlainCall<{request}{params}, {data}>"),
    };
    let mut doc = format!("{}.\n", row.title());
    let about = about(row.doc);
    if !about.is_empty() {
        doc += &format!("\n{}\n", paragraphs(&about));
    }
    doc += &format!("\n{}", known_by(row));
    comment(&doc, 2) + &format!("  readonly {}: {type};\n", lower_camel(name(row)))
}

/// What every call sends and answers, by its id.
pub(super) fn endpoints(model: &Model) -> String {
    let mut imports = Imports::new();
    let mut members = String::new();
    for row in rows(model) {
        let data = data(model, row, "", &mut imports);
        let object = model.object(row.request);
        note(&mut imports, &format!("./{}", object.group()), &object.name);
        let params = if requires(row) { "params: " } else { "params?: " };
        members += &format!("  \"{}\": {{ send: [{params}{}]; data: {data} }};\n", row.id, object.name);
    }
    statements(&imports)
        + &comment("What every call sends, and the data that answers it, by the id of its endpoint.", 0)
        + &format!("export interface Endpoints {{\n{members}}}\n")
}

/// The ids of all calls.
pub(super) fn ids(model: &Model) -> String {
    let ids: String = rows(model).map(|row| format!("\n  | \"{}\"", row.id)).collect();
    comment("The id of an endpoint that can be called.", 0) + &format!("export type EndpointId ={ids};\n")
}

fn rows(model: &Model) -> impl Iterator<Item = &'static Endpoint> {
    model.sections().flat_map(|section| section.calls.iter().copied())
}

/// The type of a call's data.
fn data(model: &Model, row: &'static Endpoint, group: &str, imports: &mut Imports) -> String {
    let data = annotation(model, &row.reply, false, group, imports);
    if is_empty_where_null(&row.reply) { data } else { format!("{data} | null") }
}

fn requires(row: &Endpoint) -> bool {
    row.request.fields.iter().any(|field| field.required)
}

/// The function that waits for a state.
fn wait(goals: &[Goal]) -> String {
    let Some(first) = goals.first() else { return String::new() };
    let names: Vec<String> = goals.iter().map(|goal| format!("\"{}\"", goal.name)).collect();
    comment(&format!("{WAITS}\n\n{}", states(goals)), 2)
        + &format!(
            "  waitUntil(state: {}, params: {{ readonly {}: IdLike }}, options?: CallOptions): Promise<Waited>;\n",
            names.join(" | "),
            first.id
        )
}

fn marked(row: &'static Endpoint) -> String {
    let items = row.paging.map(|paging| format!("+{}", paging.items)).unwrap_or_default();
    let empty = match row.reply {
        Kind::List(_) => "[]",
        _ if is_empty_where_null(&row.reply) => "",
        _ => "?",
    };
    lower_camel(name(row)) + &items + empty
}

/// Whether the data is an object or a list, which is there even where the platform sends null.
fn is_empty_where_null(kind: &Kind) -> bool {
    matches!(kind, Kind::Object(_) | Kind::List(_))
}

fn part(section: &Section) -> &str {
    section.id.split_once('.').map_or(&section.id, |(_, part)| part)
}

fn name(row: &Endpoint) -> &'static str {
    row.id.rsplit_once('.').map_or(row.id, |(_, name)| name)
}
