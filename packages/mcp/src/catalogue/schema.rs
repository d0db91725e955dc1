//! JSON Schema of requests and replies, from the tables.

use serde_json::{Map, Value, json};
use xportcn_core::schema::{Codes, Field, Kind, Schema};

/// How deep schemas go: some objects hold others of their own kind.
const DEEPEST: u32 = 8;

/// The schema of a call's parameters.
pub fn of_request(schema: &'static Schema) -> Value {
    object(schema, true, DEEPEST)
}

/// The schema of a reply's data. Any part of it may be absent or null.
pub fn of_kind(kind: &'static Kind) -> Value {
    of(kind, false, DEEPEST)
}

fn object(schema: &'static Schema, is_request: bool, depth: u32) -> Value {
    let fields = schema.fields.iter();
    let properties: Map<String, Value> =
        fields.map(|field| (field.name().to_string(), of_field(field, is_request, depth))).collect();
    let mut out = json!({"type": "object", "properties": properties});
    if is_request {
        let required = schema.fields.iter().filter(|field| field.required).map(Field::name);
        let required: Vec<_> = required.collect();
        if !required.is_empty() {
            out["required"] = json!(required);
        }
        out["additionalProperties"] = json!(schema.extra);
    }
    out
}

fn of_field(field: &'static Field, is_request: bool, depth: u32) -> Value {
    let mut out = of(&field.kind, is_request, depth);
    let known = match &field.kind {
        Kind::Code(codes) | Kind::List(Kind::Code(codes)) => known(codes),
        _ => String::new(),
    };
    let words = [field.doc.trim(), known.as_str()];
    let words: Vec<_> = words.into_iter().filter(|words| !words.is_empty()).collect();
    if !words.is_empty() {
        out["description"] = json!(words.join(" "));
    }
    out
}

fn of(kind: &'static Kind, is_request: bool, depth: u32) -> Value {
    match kind {
        Kind::Amount => json!({"type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$"}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::Code(codes) if codes.numeric => json!({"type": ["integer", "string"]}),
        Kind::Code(_) | Kind::Id | Kind::Text => json!({"type": "string"}),
        Kind::Float => json!({"type": "number"}),
        Kind::Int => json!({"type": "integer"}),
        Kind::List(element) if depth > 0 => json!({"type": "array", "items": of(element, is_request, depth - 1)}),
        Kind::List(_) => json!({"type": "array"}),
        Kind::Object(schema) if depth > 0 => object(schema, is_request, depth - 1),
        Kind::Object(_) => json!({"type": "object"}),
        Kind::Time => json!({"type": "string", "format": "date-time"}),
        _ => json!({}),
    }
}

/// The values of a set that are published; others occur.
fn known(codes: &Codes) -> String {
    if codes.values.is_empty() {
        return String::new();
    }
    let values = codes.values.iter().map(|value| match value.doc.trim().trim_end_matches('.') {
        "" => format!("{} ({})", value.wire, value.name),
        doc => format!("{} ({doc})", value.wire),
    });
    format!("Known values: {}.", values.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use xportcn_core::catalogue::ENDPOINTS;

    #[test]
    fn a_request_has_its_fields_and_says_which_are_needed() {
        let schema = of_request(xportcn::endpoint("taobao.order.purchase_create").unwrap().request);
        assert_eq!(schema["required"], json!(["orderLineList", "purchaseAmount", "receiver"]));
        let line = &schema["properties"]["orderLineList"]["items"];
        assert_eq!(line["properties"]["quantity"]["type"], "integer");
        assert_eq!(line["properties"]["skuId"]["type"], "string");
        assert!(schema["properties"]["purchaseAmount"]["description"].as_str().unwrap().contains("fen"));
    }

    #[test]
    fn every_example_has_only_fields_of_its_schema_or_may_have_more() {
        for row in ENDPOINTS {
            let schema = of_request(row.request);
            let example: Map<String, Value> = serde_json::from_str(row.example).unwrap();
            for required in schema["required"].as_array().into_iter().flatten() {
                assert!(example.contains_key(required.as_str().unwrap()), "{}: {required}", row.id);
            }
            for name in example.keys() {
                let is_known = row.request.field(name).is_some() || schema["additionalProperties"] == json!(true);
                assert!(is_known, "{}: {name}", row.id);
            }
        }
    }
}
