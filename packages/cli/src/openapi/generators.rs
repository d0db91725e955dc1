//! The document as OpenAPI 3.0, for generators that know no later version: the same calls, fields and names.

use serde_json::{Map, Value, json};

/// The version that nearly every generator reads.
const VERSION: &str = "3.0.3";

/// Rewrites a document without webhooks.
pub fn rewrite(document: &mut Value) {
    document["openapi"] = VERSION.into();
    if let Some(info) = document["info"].as_object_mut() {
        info.remove("summary");
        info.insert("license".to_string(), json!({"name": "MIT"}));
    }
    for_each_operation(document, |operation| {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            // The default says the same, and every tool knows it.
            responses.remove("4XX");
        }
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
        parameters.filter_map(|parameter| parameter.get_mut("schema")).for_each(schema);
        for body in ["/requestBody", "/responses/200"] {
            let place = format!("{body}/content/application~1json/schema");
            operation.pointer_mut(&place).into_iter().for_each(schema);
        }
    });
    let schemas = document["components"]["schemas"].as_object_mut().into_iter().flatten();
    schemas.for_each(|(_, component)| schema(component));
}

fn for_each_operation(document: &mut Value, mut change: impl FnMut(&mut Value)) {
    let items = document["paths"].as_object_mut().into_iter().flatten();
    for (_, item) in items {
        let operations = item.as_object_mut().into_iter().flatten();
        operations.for_each(|(_, operation)| change(operation));
    }
}

/// Rewrites a schema and those within it.
fn schema(value: &mut Value) {
    let Some(fields) = value.as_object_mut() else { return };
    for key in ["contentMediaType", "contentSchema"] {
        fields.remove(key);
    }
    nullable_type(fields);
    open_codes(fields);
    for key in ["anyOf", "oneOf"] {
        for inner in fields.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
            schema(inner);
        }
    }
    nullable_choice(fields);
    reference_alone(fields);
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = fields.get_mut(key) {
            schema(inner);
        }
    }
    for (_, inner) in fields.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        schema(inner);
    }
}

/// A type or null is a nullable type.
fn nullable_type(fields: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = fields.get("type") else { return };
    let Some(first) = types.first().cloned() else { return };
    fields.insert("type".to_string(), first);
    fields.insert("nullable".to_string(), true.into());
}

/// Known values beside a type of which they are: the type alone, with the known values as a word of our own.
fn open_codes(fields: &mut Map<String, Value>) {
    let Some(Value::Array(forms)) = fields.get("anyOf") else { return };
    let [known, open] = forms.as_slice() else { return };
    let (Some(values), Some(kind)) = (known.get("enum").cloned(), open.get("type").cloned()) else { return };
    fields.remove("anyOf");
    fields.insert("type".to_string(), kind);
    fields.insert("x-extensible-enum".to_string(), values);
}

/// A choice that has null.
fn nullable_choice(fields: &mut Map<String, Value>) {
    let Some(Value::Array(forms)) = fields.get_mut("anyOf") else { return };
    let null = json!({"type": "null"});
    let before = forms.len();
    forms.retain(|form| *form != null);
    // Readers of several forms take null as well. If it is said, oapi-codegen writes Go that does not compile.
    if forms.len() == 1
        && forms.len() < before
        && let Some(forms) = fields.remove("anyOf")
    {
        fields.insert("allOf".to_string(), forms);
        fields.insert("nullable".to_string(), true.into());
    }
}

/// Nothing may stand beside a reference.
fn reference_alone(fields: &mut Map<String, Value>) {
    if fields.len() > 1
        && let Some(reference) = fields.remove("$ref")
    {
        fields.insert("allOf".to_string(), json!([{"$ref": reference}]));
    }
}
