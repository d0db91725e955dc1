//! JSON schemas of what the wire carries, in either direction.

use super::values::{Named, integer};
use crate::json::Json;
use crate::model::{Model, paragraphs};
use crate::{list, object};
use std::collections::BTreeMap;
use xportcn_core::schema::{Codes, Field, Form, Kind, Schema};

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To the platform: as the tables say, and nothing else.
    Sent,
    /// From the platform: whatever it has been seen to write.
    Received,
}

/// Gathers the schemas of the objects that are referred to.
pub(super) struct Components<'m> {
    model: &'m Model,
    schemas: BTreeMap<String, Json>,
}

/// A reference to a component.
pub(super) fn reference(name: &str) -> Json {
    object! { "$ref" => format!("#/components/schemas/{name}") }
}

impl<'m> Components<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self { model, schemas: BTreeMap::new() }
    }

    /// A reference to a component of this name, which is made unless it is there.
    pub(super) fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.schemas.contains_key(name) {
            // Components that hold themselves find their name taken.
            self.schemas.insert(name.to_string(), Json::Null);
            let made = make(self);
            self.schemas.insert(name.to_string(), made);
        }
        reference(name)
    }

    /// A reference to what replies write in more than one way.
    pub(super) fn value(&mut self, value: Named) -> Json {
        self.named(value.name(), |components| {
            for part in value.parts() {
                components.value(*part);
            }
            value.schema()
        })
    }

    /// The schemas by name.
    pub(super) fn finish(self) -> Vec<(String, Json)> {
        self.schemas.into_iter().collect()
    }

    /// A reference to an object.
    pub(super) fn object(&mut self, schema: &'static Schema, way: Way) -> Json {
        let object = self.model.object(schema);
        // Either way has a schema of its own, whether the other way exists or not: names stay when it comes.
        let is_input = way == Way::Sent && !object.is_request();
        let name = if is_input { format!("{}Input", object.name) } else { object.name.clone() };
        self.named(&name, |components| components.describe_object(schema, way))
    }

    /// A field, with its documentation.
    pub(super) fn field(&mut self, field: &'static Field, way: Way) -> Json {
        let value = match way {
            Way::Sent if field.form == Form::Embedded => self.embedded(field, way),
            Way::Sent => required_content(self.sent(&field.kind, field.form), field),
            Way::Received if field.form == Form::Embedded => nullable(self.embedded(field, way)),
            Way::Received => nullable(self.received(&field.kind, field.form)),
        };
        let value = value
            .with("description", describe(field, way))
            .with_some("x-evidence", field.upstream.then_some("upstream"));
        if field.name() == field.wire() { value } else { value.with("x-canonical-name", field.name()) }
    }

    /// A field that goes into the URL, where ids are text.
    pub(super) fn parameter(&mut self, field: &'static Field) -> Json {
        match field.kind {
            Kind::Id => text()
                .with_some("minLength", field.required.then_some(1))
                .with("x-kind", "id")
                .with("description", describe(field, Way::Sent)),
            _ => self.field(field, Way::Sent),
        }
    }

    fn describe_object(&mut self, schema: &'static Schema, way: Way) -> Json {
        let object = self.model.object(schema);
        let mut about = match object.uses.first() {
            Some(place) if object.is_request() => format!("The request of {}.", place.row),
            _ => paragraphs(schema.doc),
        };
        if !object.is_published() {
            about += " Not published: inferred wherever it is used.";
        }
        let properties = schema.fields.iter().map(|field| (field.wire().to_string(), self.field(field, way)));
        let properties = Json::Object(properties.collect());
        let required: Vec<&str> = schema.fields.iter().filter(|field| field.required).map(Field::wire).collect();
        let required = (way == Way::Sent && !required.is_empty()).then_some(required);
        object! { "type" => "object", "description" => about, "properties" => properties }
            .with_some("required", required)
            .with("additionalProperties", way == Way::Received || schema.extra)
    }

    fn embedded(&mut self, field: &'static Field, way: Way) -> Json {
        let inner = match way {
            Way::Sent => required_content(self.sent(&field.kind, Form::Plain), field),
            Way::Received => self.received(&field.kind, Form::Plain),
        };
        text()
            .with_some("minLength", (way == Way::Sent && field.required).then_some(1))
            .with("contentMediaType", "application/json")
            .with("contentSchema", inner)
    }

    fn sent(&mut self, kind: &'static Kind, form: Form) -> Json {
        let schema = self.sent_type(kind, form);
        // A component says so itself.
        let is_named = schema.field("$ref").is_some();
        schema.with_some("x-kind", meaning(kind).filter(|_| !is_named))
    }

    fn sent_type(&mut self, kind: &'static Kind, form: Form) -> Json {
        match (kind, form) {
            (Kind::Amount, Form::Text) => text().with("pattern", r"^-?[0-9]{1,18}(\.[0-9]{1,10})?$"),
            (Kind::Amount, _) => object! { "type" => "number" },
            (Kind::Bool, _) => object! { "type" => "boolean" },
            (Kind::Code(codes), _) => self.codes(codes),
            (Kind::Float, Form::Text) => text().with("pattern", r"^-?[0-9]{1,18}(\.[0-9]{1,10})?$"),
            (Kind::Float, _) => object! { "type" => "number", "format" => "double" },
            (Kind::Id, Form::Number) => self.value(Named::NumericId),
            (Kind::Int, Form::Text) => text().with("pattern", "^-?[0-9]{1,18}$"),
            (Kind::Int, _) => integer(),
            (Kind::List(element), form) => {
                // Lines of which nothing is published are objects on every page that shows some.
                let items = if matches!(element, Kind::Any) { open_object() } else { self.sent(element, form) };
                object! { "type" => "array", "items" => items }
            }
            (Kind::Object(schema), _) => self.object(schema, Way::Sent),
            // Thirteen digits, which reach from 2001 to 2286.
            (Kind::Time, Form::Number) => {
                integer().with("minimum", 1_000_000_000_000_i64).with("maximum", 9_999_999_999_999_i64)
            }
            (Kind::Id | Kind::Text | Kind::Time, _) => text(),
            _ => object! {},
        }
    }

    /// What replies have been seen to write.
    pub(super) fn received(&mut self, kind: &'static Kind, form: Form) -> Json {
        match kind {
            Kind::Amount => self.value(Named::Amount),
            Kind::Bool if form == Form::Number => self.value(Named::Flag),
            Kind::Bool => object! { "type" => "boolean" },
            Kind::Code(codes) => self.codes(codes),
            Kind::Float => self.value(Named::DecimalNumber),
            Kind::Id => self.value(Named::Id),
            Kind::Int if form == Form::Text => self.value(Named::WholeNumber),
            Kind::Int => integer(),
            Kind::List(element) => object! { "type" => "array", "items" => self.received(element, form) },
            Kind::Object(schema) => self.object(schema, Way::Received),
            Kind::Text => text(),
            Kind::Time => self.value(Named::Moment),
            _ => self.value(Named::Unknown),
        }
    }

    /// A reference to an open set of codes.
    fn codes(&mut self, codes: &'static Codes) -> Json {
        let name = &self.model.code_set(codes).name;
        self.schemas.entry(name.clone()).or_insert_with(|| code_set(codes));
        reference(name)
    }
}

/// What a value is, where its JSON type does not tell.
fn meaning(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Amount => Some("amount"),
        Kind::Id => Some("id"),
        Kind::Time => Some("time"),
        _ => None,
    }
}

/// A set of codes with its known values, and room for others.
fn code_set(codes: &'static Codes) -> Json {
    let lines = codes.values.iter().map(|value| format!("- `{}`: {}", value.wire, paragraphs(value.doc)));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let about = format!("{} Other values occur.\n\n{lines}", paragraphs(codes.doc));
    let (kind, known) = if codes.numeric {
        ("integer", codes.values.iter().map(|value| Json::Number(value.wire.to_string())).collect())
    } else {
        ("string", codes.values.iter().map(|value| Json::from(value.wire)).collect())
    };
    let known = object! { "type" => kind, "enum" => Json::List(known) };
    object! { "description" => about, "anyOf" => list![known, object! { "type" => kind }] }
}

/// Asks for content where the field is required: the empty code, id, list and JSON text count as none.
fn required_content(schema: Json, field: &Field) -> Json {
    match field.kind {
        Kind::Code(codes) if field.required && !codes.numeric => schema.with("minLength", 1),
        Kind::Id if field.required && field.form != Form::Number => schema.with("minLength", 1),
        Kind::List(_) if field.required => schema.with("minItems", 1),
        _ => schema,
    }
}

/// The schema, or null.
pub(super) fn nullable(schema: Json) -> Json {
    match schema {
        Json::Object(mut fields) if fields.first().is_some_and(|(key, _)| key == "type") => {
            let known = match std::mem::replace(&mut fields[0].1, Json::Null) {
                Json::List(types) => types,
                one => vec![one],
            };
            fields[0].1 = Json::List(known.into_iter().chain([Json::from("null")]).collect());
            Json::Object(fields)
        }
        // Whatever it may be, it may be null.
        schema if schema == Named::Unknown.reference() => schema,
        schema => object! { "anyOf" => list![schema, object! { "type" => "null" }] },
    }
}

pub(super) fn open_object() -> Json {
    object! { "type" => "object", "additionalProperties" => true }
}

pub(super) fn text() -> Json {
    object! { "type" => "string" }
}

fn describe(field: &Field, way: Way) -> String {
    let mut about = paragraphs(field.doc);
    let aliases: Vec<String> = field.aliases().map(|alias| format!("`{alias}`")).collect();
    if way == Way::Received && !aliases.is_empty() {
        about += &format!(" Also seen as {}.", aliases.join(", "));
    }
    if matches!(field.kind, Kind::Time) {
        about +=
            " Written as `yyyy-MM-dd HH:mm:ss` in Beijing, as milliseconds since 1970, or as `20240801120000000+0800`.";
    }
    about
}
