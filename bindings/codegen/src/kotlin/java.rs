//! A file of calls for Java: a class for each row, whose fields are given by name, with forms that wait and forms that do not.

use super::calls::{data, document, put_with, read, state_type};
use super::kdoc;
use super::names::{safe, r#type};
use crate::model::{Group, Model, Section, WAITS, item, paragraphs};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::Endpoint;
use xportcn_core::goal::Goal;
use xportcn_core::schema::Field;

/// What gives the groups.
pub(super) fn index(model: &Model) -> String {
    let mut out = String::from("package io.github.xportcn.java\n\nimport io.github.xportcn.Caller\n\n");
    out += "/** The groups of calls. */\npublic abstract class JavaGroups internal constructor(private val caller: Caller) {\n";
    for group in model.groups.iter().filter(|group| group.called().next().is_some()) {
        out += &part(group.id, group.id, group.about);
    }
    out.truncate(out.trim_end().len());
    out + "\n}\n"
}

/// The calls of one group.
pub(super) fn file(model: &Model, group: &Group) -> String {
    let mut out = String::from(
        "package io.github.xportcn.java\n\nimport io.github.xportcn.AmountSerializer\nimport io.github.xportcn.Caller\n\
         import io.github.xportcn.TimeSerializer\nimport io.github.xportcn.Waited\nimport io.github.xportcn.calls.*\n\
         import io.github.xportcn.models.*\nimport java.math.BigDecimal\nimport java.time.OffsetDateTime\n\
         import java.util.concurrent.CompletableFuture\nimport kotlinx.serialization.builtins.ListSerializer\n\
         import kotlinx.serialization.builtins.nullable\nimport kotlinx.serialization.builtins.serializer\n\
         import kotlinx.serialization.json.JsonElement\n",
    );
    let sections: Vec<&Section> = group.called().collect();
    let own = sections.iter().find(|section| section.id == group.id);
    out += &class_head(group.id, group.about);
    for section in sections.iter().filter(|section| section.id != group.id) {
        out += &part(section.id.rsplit('.').next().unwrap_or_default(), &section.id, section.about);
    }
    out += &own.map(|section| methods(section)).unwrap_or_default();
    out.truncate(out.trim_end().len());
    out += "\n}\n";
    for section in sections.iter().filter(|section| section.id != group.id) {
        out += &class_head(&section.id, section.about);
        out += &methods(section);
        out.truncate(out.trim_end().len());
        out += "\n}\n";
    }
    let calls = sections.iter().flat_map(|section| &section.calls);
    out + &calls.map(|row| call(model, row)).collect::<String>()
}

/// What gives a group of calls.
fn part(name: &str, id: &str, about: &str) -> String {
    let class = class_of(id);
    format!("{}    public fun {}(): {class} = {class}(caller)\n\n", kdoc(about, 4), safe(&lower_camel(name)))
}

fn class_of(id: &str) -> String {
    upper_camel(id) + "JavaCalls"
}

fn class_head(id: &str, about: &str) -> String {
    format!("\n{}public class {} internal constructor(private val caller: Caller) {{\n", kdoc(about, 0), class_of(id))
}

/// The name of a row's own class.
fn call_of(row: &Endpoint) -> String {
    upper_camel(row.id) + "Call"
}

fn methods(section: &Section) -> String {
    let mut out = String::new();
    for row in &section.calls {
        let action = lower_camel(row.id.rsplit('.').next().unwrap_or_default());
        let class = call_of(row);
        out += &format!("{}    public fun {}(): {class} = {class}(caller)\n\n", kdoc(row.title(), 4), safe(&action));
    }
    out + &wait(section.goals())
}

/// The functions that wait for a state.
fn wait(goals: &[Goal]) -> String {
    let Some(first) = goals.first() else { return String::new() };
    let doc = format!("{WAITS}\n\n@param state What is waited for.\n@param {} Which one.\n", first.id);
    let arguments = format!("state: {}, {}: String", state_type(first.of), first.id);
    let work = format!("caller.waitUntil(\"{}\", state.wire, {})", first.of, first.id);
    format!(
        "{0}    public fun waitUntil({arguments}): Waited = blocking {{ {work} }}\n\n    \
         /** As [waitUntil], without waiting for it. */\n    \
         public fun waitUntilAsync({arguments}): CompletableFuture<Waited> = later {{ {work} }}\n\n",
        kdoc(&doc, 4)
    )
}

/// A row's own class.
fn call(model: &Model, row: &'static Endpoint) -> String {
    let class = call_of(row);
    let (data, read) = (data(model, row), read(model, row));
    let base = match (item(row), row.paging) {
        (Some(kind), Some(paging)) => format!(
            "JavaItemsCall<{data}, {}, {class}>(caller, \"{}\", {read}, {{ it.{} }})",
            r#type(model, kind, false),
            row.id,
            safe(paging.items)
        ),
        (_, Some(_)) => format!("JavaPagesCall<{data}, {class}>(caller, \"{}\", {read})", row.id),
        _ => format!("JavaCall<{data}, {class}>(caller, \"{}\", {read})", row.id),
    };
    let mut out =
        format!("\n{}public class {class} internal constructor(caller: Caller) :\n    {base} {{\n", about(row));
    for field in row.request.fields {
        out += &setter(model, field, &class);
    }
    if row.request.extra {
        out += &format!(
            "    /** Sets fields that are not known here, by the names that the wire has for them: texts, numbers, lists, maps. */\n    \
             public fun extra(values: Map<String, *>?): {class} = set {{ extra(values) }}\n\n"
        );
    }
    out.truncate(out.trim_end().len());
    if row.request.fields.is_empty() && !row.request.extra {
        out.truncate(out.trim_end_matches(" {").len());
        return out + "\n";
    }
    out + "\n}\n"
}

/// What the row's call does; its fields are documented where they are set.
fn about(row: &'static Endpoint) -> String {
    let text = document(row, &[]);
    kdoc(text.split("\n@").next().unwrap_or_default(), 0)
}

fn setter(model: &Model, field: &Field, class: &str) -> String {
    let doc = paragraphs(field.doc);
    let doc = if doc.is_empty() { String::new() } else { kdoc(&doc, 4) };
    let r#type = r#type(model, &field.kind, true);
    let put = put_with(model, field, "value");
    format!("{doc}    public fun {}(value: {type}?): {class} = set {{ {put} }}\n\n", safe(field.name()))
}
