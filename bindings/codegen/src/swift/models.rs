//! Objects as structs, and published codes as open enumerations.

use super::names::{code_name, coding, constant, identifier, object_name, value_type};
use super::{comment, is_in};
use crate::model::{CodeSet, Model, Object, Section, paragraphs};
use xportcn_core::schema::{Field, Kind};

/// The types of one section: those that its rows lead to first.
pub(super) fn section(model: &Model, section: &Section) -> String {
    let mut out = String::new();
    for codes in &model.codes {
        if codes.uses.first().is_some_and(|place| is_in(place.row, section)) {
            out += &code_set(codes);
        }
    }
    for object in model.objects.iter().filter(|object| !object.is_request()) {
        if object.uses.first().is_some_and(|place| is_in(place.row, section)) {
            out += &structure(model, object);
        }
    }
    out
}

fn code_set(codes: &CodeSet) -> String {
    let protocol = if codes.codes.numeric { "XportcnNumericCode" } else { "XportcnCode" };
    let about = paragraphs(codes.codes.doc) + "\n\nThe published values; others occur.";
    let mut out = format!("\n{}    public struct {}: {protocol} {{\n", comment(&about, 4), code_name(codes));
    for value in codes.codes.values {
        out += &comment(&paragraphs(value.doc), 8);
        out += &format!("        public static let {} = Self(rawValue: {:?})\n\n", constant(value.name), value.wire);
    }
    out += "        /// The code as the platform writes it.\n        public let rawValue: String\n\n";
    out +=
        "        /// The code, whatever it is.\n        public init(rawValue: String) { self.rawValue = rawValue }\n";
    out + "    }\n"
}

fn structure(model: &Model, object: &Object) -> String {
    let mut about = paragraphs(object.schema.doc);
    if about.is_empty() {
        about = "An object.".to_string();
    }
    if !object.is_published() {
        about += "\n\nIts fields are not published; they are named after their neighbours.";
    }
    let fields: Vec<&Field> = object.schema.fields.iter().collect();
    let only_sent = object.is_sent() && !object.is_received();
    let mut out =
        format!("\n{}    public struct {}: Codable, Equatable, Sendable {{\n", comment(&about, 4), object_name(object));
    for field in &fields {
        out += &property(model, field, only_sent && field.required, 8);
    }
    if object.is_sent() {
        out += &initializer(model, &fields, only_sent, false, 8);
    } else {
        out += "        /// An object of which no field is set.\n        public init() {}\n";
    }
    out += &coders(&fields, only_sent, false, 8);
    out + "    }\n"
}

/// A field, with its documentation.
pub(super) fn property(model: &Model, field: &Field, required: bool, indent: usize) -> String {
    let space = " ".repeat(indent);
    let optional = if required { "" } else { "?" };
    let r#type = value_type(model, &field.kind);
    let doc = comment(&paragraphs(field.doc), indent);
    format!("{doc}{space}public var {}: {type}{optional}\n\n", identifier(field.name()))
}

/// What makes an object of its fields.
pub(super) fn initializer(
    model: &Model,
    fields: &[&Field],
    has_required: bool,
    has_further: bool,
    indent: usize,
) -> String {
    let space = " ".repeat(indent);
    let arguments = parameters(model, fields, has_required, has_further);
    let mut out = format!("{space}/// With these fields.\n{space}public init({}) {{\n", arguments.join(", "));
    let mut names: Vec<String> = fields.iter().map(|field| identifier(field.name())).collect();
    if has_further {
        names.push("further".to_string());
    }
    for name in names {
        out += &format!("{space}    self.{name} = {name}\n");
    }
    out + &format!("{space}}}\n")
}

/// The parameters of a function: those that are required, then the others.
pub(super) fn parameters(model: &Model, fields: &[&Field], has_required: bool, has_further: bool) -> Vec<String> {
    let mut sorted = fields.to_vec();
    sorted.sort_by_key(|field| !(has_required && field.required));
    let mut out: Vec<String> = sorted
        .iter()
        .map(|field| {
            let r#type = value_type(model, &field.kind);
            let optional = if has_required && field.required { "" } else { "? = nil" };
            format!("{}: {type}{optional}", identifier(field.name()))
        })
        .collect();
    if has_further {
        out.push("further: [String: JSONValue]? = nil".to_string());
    }
    out
}

/// What reads and writes an object.
pub(super) fn coders(fields: &[&Field], has_required: bool, has_further: bool, indent: usize) -> String {
    let space = " ".repeat(indent);
    if fields.is_empty() {
        return empty_coders(has_further, &space);
    }
    let mut out = format!("\n{space}private enum CodingKeys: String, CodingKey {{\n");
    for field in fields {
        out += &format!("{space}    case {}\n", identifier(field.name()));
    }
    out += &format!("{space}}}\n\n{space}/// Reads canonical JSON.\n");
    out += &format!("{space}public init(from decoder: any Decoder) throws {{\n");
    out += &format!("{space}    let values = try decoder.container(keyedBy: CodingKeys.self)\n");
    for field in fields {
        let (name, key) = (identifier(field.name()), field.name());
        let function = coding(&field.kind);
        out += &if has_required && field.required {
            format!("{space}    {name} = try values.required(.{key}, values.{function}(.{key}))\n")
        } else {
            format!("{space}    {name} = try values.{function}(.{key})\n")
        };
    }
    if has_further {
        out += &format!("{space}    further = try decoder.further(besides: CodingKeys.self)\n");
    }
    out += &format!("{space}}}\n\n{space}/// Writes canonical JSON.\n");
    out += &format!("{space}public func encode(to encoder: any Encoder) throws {{\n");
    out += &format!("{space}    var values = encoder.container(keyedBy: CodingKeys.self)\n");
    for field in fields {
        let function = if matches!(field.kind, Kind::Int) { "plain" } else { coding(&field.kind) };
        out += &format!("{space}    try values.{function}({}, .{})\n", identifier(field.name()), field.name());
    }
    if has_further {
        out += &format!("{space}    try encoder.encode(further: further)\n");
    }
    out + &format!("{space}}}\n")
}

fn empty_coders(has_further: bool, space: &str) -> String {
    if !has_further {
        return String::new();
    }
    let head = format!("\n{space}/// Reads canonical JSON.\n{space}public init(from decoder: any Decoder) throws {{\n");
    let read = format!("{space}    further = try decoder.further(besides: NoName.self)\n{space}}}\n");
    let write =
        format!("\n{space}/// Writes canonical JSON.\n{space}public func encode(to encoder: any Encoder) throws {{\n");
    let body = format!("{space}    _ = encoder.container(keyedBy: AnyName.self)\n");
    head + &read + &write + &body + &format!("{space}    try encoder.encode(further: further)\n{space}}}\n")
}
