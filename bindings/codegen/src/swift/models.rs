//! Objects as structs, and published codes as open enumerations.

use super::comment;
use super::names::{code_name, constant, identifier, object_name, reader, value_type, writer};
use crate::model::{CodeSet, Model, Object, Place, paragraphs};
use std::collections::BTreeMap;
use xportcn_core::schema::Field;

/// The types that each folder of the core declares.
pub(super) fn by_folder(model: &Model) -> BTreeMap<&Place, String> {
    let mut folders: BTreeMap<&Place, String> = BTreeMap::new();
    for codes in &model.codes {
        *folders.entry(&codes.place).or_default() += &code_set(codes);
    }
    for object in model.objects.iter().filter(|object| !object.is_request()) {
        *folders.entry(&object.place).or_default() += &structure(model, object);
    }
    folders
}

fn code_set(codes: &CodeSet) -> String {
    let protocol = if codes.codes.numeric { "XportcnNumericCode" } else { "XportcnCode" };
    let about = paragraphs(codes.codes.doc) + "\n\nThe published values; others occur.";
    let written = if codes.is_sent() { ", JSONWritable" } else { "" };
    let mut out = format!("\n{}    public struct {}: {protocol}{written} {{\n", comment(&about, 4), code_name(codes));
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
    let written = if object.is_sent() { ", JSONWritable" } else { "" };
    let name = object_name(object);
    let mut out =
        format!("\n{}    public struct {name}: Codable, Equatable, Sendable{written} {{\n", comment(&about, 4));
    for field in &fields {
        out += &property(model, field, only_sent && field.required, 8);
    }
    if object.is_sent() {
        out += &initializer(model, &fields, only_sent, false, 8);
    } else {
        out += "        /// An object of which no field is set.\n        public init() {}\n";
    }
    out += &coders(&fields, only_sent, false, 8);
    if object.is_sent() {
        out += &json_writer(&fields, false, 8);
    }
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
    has_extra: bool,
    indent: usize,
) -> String {
    let space = " ".repeat(indent);
    let arguments = parameters(model, fields, has_required, has_extra);
    let mut out = format!("{space}/// With these fields.\n{space}public init({}) {{\n", arguments.join(", "));
    let mut names: Vec<String> = fields.iter().map(|field| identifier(field.name())).collect();
    if has_extra {
        names.push("extra".to_string());
    }
    for name in names {
        out += &format!("{space}    self.{name} = {name}\n");
    }
    out + &format!("{space}}}\n")
}

/// The parameters of a function: those that are required, then the others.
pub(super) fn parameters(model: &Model, fields: &[&Field], has_required: bool, has_extra: bool) -> Vec<String> {
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
    if has_extra {
        out.push("extra: [String: JSONValue]? = nil".to_string());
    }
    out
}

/// What reads and writes an object.
pub(super) fn coders(fields: &[&Field], has_required: bool, has_extra: bool, indent: usize) -> String {
    let space = " ".repeat(indent);
    if fields.is_empty() && !has_extra {
        return String::new();
    }
    let mut read = Vec::new();
    let mut write = vec!["var values = encoder.fields()".to_string()];
    for field in fields {
        let (name, key) = (identifier(field.name()), field.name());
        let value = format!("values.{}(\"{key}\")", reader(&field.kind));
        read.push(if has_required && field.required {
            format!("{name} = try values.required(\"{key}\", {value})")
        } else {
            format!("{name} = try {value}")
        });
        write.push(format!("try values.{}({name}, \"{key}\")", writer(&field.kind)));
    }
    if !fields.is_empty() {
        read.insert(0, "let values = try decoder.fields()".to_string());
    }
    if has_extra {
        read.push(format!("extra = try decoder.extra(besides: [{}])", names(fields)));
        write.push("try values.encode(extra: extra)".to_string());
    }
    let body = |lines: &[String]| lines.iter().map(|line| format!("{space}    {line}\n")).collect::<String>();
    format!(
        "\n{space}/// Reads canonical JSON.\n{space}public init(from decoder: any Decoder) throws {{\n{}{space}}}\n\n\
         {space}/// Writes canonical JSON.\n{space}public func encode(to encoder: any Encoder) throws {{\n{}{space}}}\n",
        body(&read),
        body(&write)
    )
}

/// What writes a request or a part of one without an encoder.
pub(super) fn json_writer(fields: &[&Field], has_extra: bool, indent: usize) -> String {
    let space = " ".repeat(indent);
    let mut members: Vec<String> =
        fields.iter().map(|field| format!("$0.member({:?}, {})", field.name(), identifier(field.name()))).collect();
    if has_extra {
        members.push(format!("$0.extra(extra, besides: [{}])", names(fields)));
    }
    let body = members.iter().map(|member| format!("\n{space}        {member}")).collect::<String>();
    let body = if body.is_empty() { "_ in".to_string() } else { format!("{body}\n{space}    ") };
    format!("\n{space}func write(to json: inout JSONWriter) {{\n{space}    json.object {{{body}}}\n{space}}}\n")
}

/// The names of fields, each in quotes.
fn names(fields: &[&Field]) -> String {
    fields.iter().map(|field| format!("{:?}", field.name())).collect::<Vec<_>>().join(", ")
}
