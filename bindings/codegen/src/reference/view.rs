//! What the templates show: the model's rows, objects and codes as plain text.

use super::links::{self, Pages};
use crate::json::Json;
use crate::model::{Model, Use, field_evidence_meaning, paragraphs};
use crate::openapi::Error;
use serde::Serialize;
use xportcn_core::endpoint::FieldEvidence;
use xportcn_core::schema::{Codes, Field, Form, Kind, Schema};

/// Makes views of a model.
pub(super) struct Viewer<'m> {
    pub(super) model: &'m Model,
    pub(super) pages: Pages,
}

/// A mark and what it means.
#[derive(Serialize)]
pub(super) struct Mark {
    pub(super) word: &'static str,
    pub(super) meaning: &'static str,
}

/// A field of an object.
#[derive(Serialize)]
pub(super) struct FieldView {
    name: &'static str,
    wire: Option<&'static str>,
    r#type: String,
    required: bool,
    meaning: String,
}

/// Fields under a heading, and whether they are published.
#[derive(Serialize)]
pub(super) struct FieldsView {
    pub(super) evidence: Mark,
    pub(super) inferred: bool,
    /// What it is, if it is no object that is shown here.
    pub(super) r#type: Option<String>,
    pub(super) fields: Vec<FieldView>,
    pub(super) extra: bool,
}

/// An object that several rows share, or that stands within others.
#[derive(Serialize)]
pub(super) struct ObjectView {
    name: String,
    about: String,
    fields: Vec<FieldView>,
    is_sent: bool,
    is_published: bool,
    extra: bool,
    places: Vec<PlaceView>,
}

/// Where an object occurs.
#[derive(Serialize)]
struct PlaceView {
    row: &'static str,
    page: &'static str,
    side: &'static str,
    evidence: &'static str,
}

/// A set of codes.
#[derive(Serialize)]
pub(super) struct CodesView {
    name: String,
    about: String,
    numeric: bool,
    values: Vec<ValueView>,
}

#[derive(Serialize)]
struct ValueView {
    wire: &'static str,
    name: &'static str,
    meaning: String,
}

impl<'m> Viewer<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self { model, pages: Pages::new(model) }
    }

    /// The objects that are shown below the rows of a page.
    pub(super) fn objects(&self, page: &str) -> Vec<ObjectView> {
        let here = self.model.objects.iter().filter(|object| !links::is_inline(object));
        here.filter(|object| self.pages.of(&object.name) == page && !object.is_request())
            .map(|object| ObjectView {
                name: object.name.clone(),
                about: paragraphs(object.schema.doc),
                fields: self.fields(object.schema, page),
                is_sent: object.is_sent(),
                is_published: object.is_published(),
                places: object.uses.iter().map(place).collect(),
                extra: object.schema.extra,
            })
            .collect()
    }

    /// The sets of codes of a page.
    pub(super) fn codes(&self, page: &str) -> Vec<CodesView> {
        let here = self.model.codes.iter().filter(|set| self.pages.of(&set.name) == page);
        here.map(|set| CodesView {
            name: set.name.clone(),
            about: paragraphs(set.codes.doc),
            numeric: set.codes.numeric,
            values: values(set.codes),
        })
        .collect()
    }

    /// The fields of a request.
    pub(super) fn request(&self, schema: &'static Schema, evidence: FieldEvidence, page: &str) -> FieldsView {
        FieldsView {
            evidence: field_mark(evidence),
            inferred: evidence == FieldEvidence::Inferred,
            r#type: None,
            fields: self.fields(schema, page),
            extra: schema.extra,
        }
    }

    /// The data of a reply, or the content of a message.
    pub(super) fn received(&self, kind: &'static Kind, evidence: FieldEvidence, page: &str) -> FieldsView {
        let inline = match kind {
            Kind::Object(schema) => Some(*schema).filter(|schema| links::is_inline(self.model.object(schema))),
            _ => None,
        };
        FieldsView {
            evidence: field_mark(evidence),
            inferred: evidence == FieldEvidence::Inferred,
            r#type: inline.is_none().then(|| self.kind(kind, page)),
            fields: inline.map_or_else(Vec::new, |schema| self.fields(schema, page)),
            extra: true,
        }
    }

    fn fields(&self, schema: &'static Schema, page: &str) -> Vec<FieldView> {
        schema.fields.iter().map(|field| self.field(field, page)).collect()
    }

    fn field(&self, field: &'static Field, page: &str) -> FieldView {
        let aliases: Vec<String> = field.aliases().map(|alias| format!("`{alias}`")).collect();
        let mut meaning = paragraphs(field.doc);
        if !aliases.is_empty() {
            meaning += &format!(" Replies also call it {}.", aliases.join(", "));
        }
        FieldView {
            name: field.name(),
            wire: (field.wire() != field.name()).then(|| field.wire()),
            r#type: self.kind(&field.kind, page) + form(field),
            required: field.required,
            meaning,
        }
    }

    fn kind(&self, kind: &'static Kind, page: &str) -> String {
        match kind {
            Kind::Amount => "amount".to_string(),
            Kind::Bool => "true or false".to_string(),
            Kind::Code(codes) => format!("code {}", self.pages.link(&self.model.code_set(codes).name, page)),
            Kind::Float => "number".to_string(),
            Kind::Id => "id".to_string(),
            Kind::Int => "whole number".to_string(),
            Kind::List(element) => format!("list of {}", self.kind(element, page)),
            Kind::Object(schema) => self.pages.link(&self.model.object(schema).name, page),
            Kind::Text => "text".to_string(),
            Kind::Time => "time".to_string(),
            _ => "any JSON".to_string(),
        }
    }
}

fn place(place: &Use) -> PlaceView {
    let page = links::page_of(place.row);
    PlaceView { row: place.row, page, side: place.side.as_str(), evidence: place.evidence.as_str() }
}

fn values(codes: &'static Codes) -> Vec<ValueView> {
    let values = codes.values.iter();
    values.map(|value| ValueView { wire: value.wire, name: value.name, meaning: paragraphs(value.doc) }).collect()
}

/// How the wire writes a field, where its kind does not tell.
fn form(field: &Field) -> &'static str {
    match field.form {
        Form::Embedded => ", as JSON text on the wire",
        Form::Number => ", as a number on the wire",
        Form::Text => ", as text on the wire",
        _ => "",
    }
}

/// Where fields come from.
pub(super) fn field_mark(evidence: FieldEvidence) -> Mark {
    Mark { word: evidence.as_str(), meaning: field_evidence_meaning(evidence) }
}

/// JSON text on many lines.
pub(super) fn pretty(text: &str) -> Result<String, Error> {
    Ok(Json::parse(text)?.pretty())
}
