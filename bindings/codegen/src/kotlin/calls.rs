//! A file of calls: what stands behind `client.taobao.afterSale.render(...)`.

use super::kdoc;
use super::names::{safe, serializer, r#type};
use crate::model::{Group, Model, Section, WAITS, about, item, known_by, paragraphs};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::Endpoint;
use xportcn_core::goal::Goal;
use xportcn_core::schema::{Field, Kind};

/// What gives the groups.
pub(super) fn index(model: &Model) -> String {
    let mut out = String::from("package io.github.xportcn.calls\n\nimport io.github.xportcn.Caller\n\n");
    out += "/** The groups of calls. */\npublic abstract class Groups internal constructor(private val caller: Caller) {\n";
    for group in model.groups.iter().filter(|group| group.called().next().is_some()) {
        let class = class_of(group.id);
        out += &kdoc(group.about, 4);
        out += &format!("    public val {}: {class} get() = {class}(caller)\n\n", lower_camel(group.id));
    }
    out.truncate(out.trim_end().len());
    out + "\n}\n"
}

/// The calls of one group.
pub(super) fn file(model: &Model, group: &Group) -> String {
    let mut out = String::from(
        "package io.github.xportcn.calls\n\nimport io.github.xportcn.AmountSerializer\nimport io.github.xportcn.Caller\n\
         import io.github.xportcn.Params\nimport io.github.xportcn.Reply\nimport io.github.xportcn.TimeSerializer\nimport io.github.xportcn.Waited\n\
         import io.github.xportcn.models.*\nimport java.math.BigDecimal\nimport java.time.OffsetDateTime\n\
         import kotlinx.coroutines.flow.Flow\nimport kotlinx.serialization.builtins.ListSerializer\n\
         import kotlinx.serialization.builtins.nullable\nimport kotlinx.serialization.builtins.serializer\n\
         import kotlinx.serialization.json.JsonElement\n",
    );
    let own = group.called().find(|section| section.id == group.id);
    out += &format!("\n{}{}", kdoc(group.about, 0), class_head(group.id));
    for section in group.called().filter(|section| section.id != group.id) {
        let name = lower_camel(section.id.rsplit('.').next().unwrap_or_default());
        let class = class_of(&section.id);
        out += &kdoc(section.about, 4);
        out += &format!("    public val {}: {class} get() = {class}(caller)\n\n", safe(&name));
    }
    out += &own.map(|section| methods(model, section)).unwrap_or_default();
    out.truncate(out.trim_end().len());
    out += "\n}\n";
    for section in group.called().filter(|section| section.id != group.id) {
        out += &format!("\n{}{}", kdoc(section.about, 0), class_head(&section.id));
        out += &methods(model, section);
        out.truncate(out.trim_end().len());
        out += "\n}\n";
    }
    group.called().for_each(|section| out += &states(section.goals()));
    out
}

fn class_of(id: &str) -> String {
    upper_camel(id) + "Calls"
}

fn class_head(id: &str) -> String {
    format!("public class {} internal constructor(private val caller: Caller) {{\n", class_of(id))
}

fn methods(model: &Model, section: &Section) -> String {
    let mut out = String::new();
    for row in &section.calls {
        out += &method(model, row, Part::Call);
        if row.paging.is_some() {
            out += &method(model, row, Part::Pages);
        }
        if let Some(kind) = item(row) {
            out += &method(model, row, Part::Items(kind));
        }
    }
    out + &wait(section.goals())
}

/// The function that waits for a state.
fn wait(goals: &[Goal]) -> String {
    let Some(first) = goals.first() else { return String::new() };
    let doc = format!(
        "{WAITS}\n\n@param state What is waited for.\n@param {} Which one.\n\
         @throws io.github.xportcn.XportcnException Three looks in a row failed, and it does not help to try again.\n",
        first.id
    );
    kdoc(&doc, 4)
        + &format!(
            "    public suspend fun waitUntil(\n        state: {},\n        {2}: String,\n    ): Waited = \
             caller.waitUntil(\"{1}\", state.wire, {2})\n\n",
            state_type(first.of),
            first.of,
            first.id
        )
}

/// The states that can be waited for, as an enumeration.
fn states(goals: &[Goal]) -> String {
    let Some(first) = goals.first() else { return String::new() };
    let mut out = format!("\n{}", kdoc("A state that can be waited for.", 0));
    out += &format!("public enum class {}(internal val wire: String) {{\n", state_type(first.of));
    for goal in goals {
        out += &format!("{}    {}(\"{}\"),\n\n", kdoc(goal.doc, 4), goal.name.to_uppercase(), goal.name);
    }
    out.truncate(out.trim_end().len());
    out + "\n}\n"
}

pub(super) fn state_type(of: &str) -> String {
    upper_camel(of) + "State"
}

enum Part {
    Call,
    Pages,
    Items(&'static Kind),
}

fn method(model: &Model, row: &'static Endpoint, part: Part) -> String {
    let action = lower_camel(row.id.rsplit('.').next().unwrap_or_default());
    let data = data(model, row);
    let read = read(model, row);
    let (head, result, function) = match &part {
        Part::Call => (format!("suspend fun {}", safe(&action)), format!("Reply<{data}>"), format!("call(ID, {read})")),
        Part::Pages => (format!("fun {action}Pages"), format!("Flow<Reply<{data}>>"), format!("pages(ID, {read})")),
        Part::Items(kind) => {
            let items = row.paging.map_or("", |paging| paging.items);
            let function = format!("items(ID, {read}, {{ it.{} }})", safe(items));
            (format!("fun {action}Items"), format!("Flow<{}>", r#type(model, kind, false)), function)
        }
    };
    let function = function.replace("ID", &format!("\"{}\"", row.id));
    let mut fields: Vec<&Field> = row.request.fields.iter().collect();
    fields.sort_by_key(|field| !field.required);
    let mut out = kdoc(&described(row, &fields, &part), 4);
    out += &format!("    public {head}(");
    for field in &fields {
        let end = if field.required { "" } else { "? = null" };
        out += &format!("\n        {}: {}{end},", safe(field.name()), r#type(model, &field.kind, true));
    }
    if row.request.extra {
        out += "\n        extra: Map<String, JsonElement>? = null,";
    }
    if out.ends_with(',') {
        out += "\n    ";
    }
    out += &format!("): {result} = caller.{function} {{\n");
    for field in &fields {
        out += &format!("        {}\n", put_with(model, field, &safe(field.name())));
    }
    if row.request.extra {
        out += "        extra(extra)\n";
    }
    out + "    }\n\n"
}

/// Puts a value into the parameters, as the field.
pub(super) fn put_with(model: &Model, field: &Field, value: &str) -> String {
    let name = field.name();
    match field.kind {
        Kind::Code(_) | Kind::List(_) | Kind::Object(_) => {
            format!("put(\"{name}\", {}, {value})", serializer(model, &field.kind, true))
        }
        _ => format!("put(\"{name}\", {value})"),
    }
}

/// The type of the data; an object or a list is there even where the platform sends null.
pub(super) fn data(model: &Model, row: &'static Endpoint) -> String {
    let r#type = r#type(model, &row.reply, false);
    if is_there(row) { r#type } else { r#type + "?" }
}

pub(super) fn read(model: &Model, row: &'static Endpoint) -> String {
    let read = serializer(model, &row.reply, false);
    if is_there(row) { read } else { read + ".nullable" }
}

fn is_there(row: &Endpoint) -> bool {
    matches!(row.reply, Kind::Object(_) | Kind::List(_) | Kind::Any)
}

/// What a row's call does, and how that is known.
pub(super) fn document(row: &Endpoint, fields: &[&Field]) -> String {
    described(row, fields, &Part::Call)
}

fn described(row: &Endpoint, fields: &[&Field], part: &Part) -> String {
    let title = row.title();
    let mut out = match part {
        Part::Call => format!("{title}.\n"),
        Part::Pages => format!("{title}: the pages, one after another, as they are asked for.\n"),
        Part::Items(_) => format!("{title}: the items of all pages, one after another, as they are asked for.\n"),
    };
    if matches!(part, Part::Call) {
        let about = about(row.doc);
        if !about.is_empty() {
            out += &format!("\n{about}\n");
        }
    }
    out += &format!("\n{}\n\n", known_by(row));
    for field in fields {
        let meaning = paragraphs(field.doc).replace("\n\n", " ");
        out += &format!("@param {} {meaning}\n", field.name());
    }
    if row.request.extra {
        out += "@param extra Fields that are not known here, by the names that the wire has for them.\n";
    }
    if matches!(part, Part::Call) {
        out += "@throws io.github.xportcn.XportcnException Its class says what went wrong.\n";
    }
    out
}
