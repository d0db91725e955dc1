//! What the explorer's page knows of the tables: rows, objects and codes with their documentation and their names in every
//! language. The program embeds it, so that no documentation stands in the core at run time.

mod names;

use crate::json::Json;
use crate::model::{
    FIELD_EVIDENCE, Model, PATH_EVIDENCE, about, field_evidence_meaning, item, paragraphs, path_evidence_meaning,
};
use crate::openapi::Error;
use crate::{Output, STAMP, list, object};
use std::fs;
use std::path::Path;
use xportcn_core::Endpoint;
use xportcn_core::effect::Action;
use xportcn_core::endpoint::Safety;
use xportcn_core::schema::{Field, Form, Kind};

/// The files of the page: tables, and the scenarios of `tests/scenarios`.
///
/// # Errors
/// Passes on what is wrong with an example or a scenario.
pub fn files(model: &Model) -> Result<[Output; 2], Box<dyn std::error::Error>> {
    Ok([tables(model)?, scenarios()?])
}

fn scenarios() -> Result<Output, Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut scenarios = Vec::new();
    for path in paths {
        scenarios.push(Json::parse(&fs::read_to_string(path)?)?);
    }
    let file = object! { "about" => STAMP, "scenarios" => scenarios };
    Ok(Output { path: "packages/explorer/assets/scenarios.json".to_string(), text: lines(&file) })
}

fn tables(model: &Model) -> Result<Output, Error> {
    let tables = object! {
        "about" => STAMP,
        "groups" => groups(model),
        "rows" => rows(model)?,
        "objects" => model.objects.iter().map(|object| self::object(model, object)).collect::<Vec<_>>(),
        "codes" => model.codes.iter().map(codes).collect::<Vec<_>>(),
        "evidence" => object! {
            "path" => Json::Object(
                PATH_EVIDENCE.iter().map(|one| (one.as_str().to_string(), path_evidence_meaning(*one).into())).collect(),
            ),
            "fields" => Json::Object(
                FIELD_EVIDENCE.iter().map(|one| (one.as_str().to_string(), field_evidence_meaning(*one).into())).collect(),
            ),
        },
    };
    // A line for each row, object and set of codes: changes of one show as changes of one.
    Ok(Output { path: "packages/explorer/assets/tables.json".to_string(), text: lines(&tables) })
}

fn lines(tables: &Json) -> String {
    let Json::Object(members) = tables else { return tables.compact() + "\n" };
    let shown = members.iter().map(|(name, value)| match value {
        Json::List(items) => {
            let items: Vec<String> = items.iter().map(Json::compact).collect();
            format!("\"{name}\":[\n{}\n]", items.join(",\n"))
        }
        other => format!("\"{name}\":{}", other.compact()),
    });
    format!("{{\n{}\n}}\n", shown.collect::<Vec<_>>().join(",\n"))
}

fn groups(model: &Model) -> Vec<Json> {
    let called = model.groups.iter().filter(|group| group.called().next().is_some());
    called.map(|group| object! { "id" => group.id, "title" => group.title, "about" => group.about }).collect()
}

fn rows(model: &Model) -> Result<Vec<Json>, Error> {
    let calls = model.groups.iter().flat_map(|group| group.called()).flat_map(|section| &section.calls);
    calls.map(|row| self::row(model, row)).collect()
}

fn row(model: &Model, row: &'static Endpoint) -> Result<Json, Error> {
    let shown = object! {
        "id" => row.id,
        "title" => row.title(),
        "about" => about(row.doc),
        "method" => row.method.as_str(),
        "path" => row.path,
        "writes" => row.safety == Safety::Write,
        "evidence" => list![row.evidence.path.as_str(), row.evidence.request.as_str(), row.evidence.reply.as_str()],
        "request" => index(model, row.request),
        "reply" => kind(model, &row.reply),
        "example" => Json::parse(row.example)?,
    };
    let shown = shown.with_some("effect", row.effect.map(|effect| action(effect.action)));
    let shown = shown.with_some("pages", item(row).map(|_| true));
    Ok(shown.with_some("signedQuery", row.signed_query.then_some(true)))
}

fn action(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Change => "change",
        Action::Pay => "pay",
        Action::Cancel => "cancel",
        Action::Message => "message",
        Action::Upload => "upload",
    }
}

fn object(model: &Model, object: &crate::model::Object) -> Json {
    let fields: Vec<Json> = object.schema.fields.iter().map(|field| self::field(model, field)).collect();
    let shown = object! { "name" => object.name.as_str(), "fields" => fields };
    let shown = shown.with_some("about", Some(paragraphs(object.schema.doc)).filter(|about| !about.is_empty()));
    // What is only received is written by nobody.
    let shown = shown.with_some("names", object.is_sent().then(|| names::of_object(object)));
    shown.with_some("extra", object.schema.extra.then_some(true))
}

fn field(model: &Model, field: &'static Field) -> Json {
    let doc = paragraphs(field.doc);
    let shown = object! { "name" => field.name(), "kind" => kind(model, &field.kind) };
    let shown = shown.with_some("wire", Some(field.wire()).filter(|wire| *wire != field.name()));
    let shown = shown.with_some("required", field.required.then_some(true));
    let shown = shown.with_some("unit", unit(field, &doc));
    let shown = shown.with_some("form", form(field));
    let shown = shown.with_some("names", names::of_field(field));
    shown.with_some("doc", Some(doc).filter(|doc| !doc.is_empty()))
}

/// The unit of an amount, where its documentation tells.
fn unit(field: &Field, doc: &str) -> Option<&'static str> {
    if !matches!(field.kind, Kind::Amount | Kind::Int) {
        return None;
    }
    let has = |word: &str| doc.split(|c: char| !c.is_alphanumeric()).any(|one| one == word);
    match (has("fen"), has("yuan")) {
        (true, false) => Some("fen"),
        (false, true) => Some("yuan"),
        _ => None,
    }
}

/// How the wire writes a field, where its kind does not tell.
fn form(field: &Field) -> Option<&'static str> {
    match field.form {
        Form::Embedded => Some("embedded"),
        Form::Number => Some("number"),
        Form::Text => Some("text"),
        _ => None,
    }
}

/// A word, or `[kind]` for a list, and a number for an object or a set of codes: its place in their lists.
fn kind(model: &Model, kind: &'static Kind) -> Json {
    match kind {
        Kind::Amount => "amount".into(),
        Kind::Bool => "bool".into(),
        Kind::Code(codes) => {
            let name = &model.code_set(codes).name;
            let at = model.codes.iter().position(|set| set.name == *name).unwrap_or_default();
            object! { "code" => i64::try_from(at).unwrap_or_default() }
        }
        Kind::Float => "float".into(),
        Kind::Id => "id".into(),
        Kind::Int => "int".into(),
        Kind::List(element) => object! { "list" => self::kind(model, element) },
        Kind::Object(schema) => object! { "object" => index(model, schema) },
        Kind::Text => "text".into(),
        Kind::Time => "time".into(),
        _ => "any".into(),
    }
}

fn index(model: &Model, schema: &'static xportcn_core::schema::Schema) -> i64 {
    let name = &model.object(schema).name;
    let at = model.objects.iter().position(|object| object.name == *name).unwrap_or_default();
    i64::try_from(at).unwrap_or_default()
}

fn codes(set: &crate::model::CodeSet) -> Json {
    let values = set.codes.values.iter().map(|value| list![value.wire, paragraphs(value.doc), value.name]);
    let shown = object! { "name" => set.name.as_str(), "values" => values.collect::<Vec<_>>() };
    let shown = shown.with_some("numeric", set.codes.numeric.then_some(true));
    shown.with("names", names::of_codes(set))
}
