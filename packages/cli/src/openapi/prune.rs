//! What a document needs no more.

use serde_json::Value;
use std::collections::BTreeSet;

/// Removes the pushed messages, which no caller needs and few tools know.
pub fn webhooks(document: &mut Value) {
    if let Some(fields) = document.as_object_mut() {
        fields.remove("webhooks");
    }
    // Tags whose operations were all messages.
    let used: BTreeSet<String> = operations(document)
        .filter_map(|operation| operation["tags"].as_array())
        .flatten()
        .filter_map(|tag| tag.as_str().map(str::to_string))
        .collect();
    if let Some(tags) = document["tags"].as_array_mut() {
        tags.retain(|tag| tag["name"].as_str().is_some_and(|name| used.contains(name)));
    }
}

/// Removes the components to which nothing refers.
pub fn components(document: &mut Value) {
    let schemes: BTreeSet<String> = operations(document)
        .map(|operation| &operation["security"])
        .chain([&document["security"]])
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_object)
        .flat_map(|schemes| schemes.keys().cloned())
        .collect();
    let mut needed = BTreeSet::new();
    refer(&document["paths"], document, &mut needed);
    retain(&mut document["components"]["schemas"], |name| needed.contains(&format!("#/components/schemas/{name}")));
    retain(&mut document["components"]["securitySchemes"], |name| schemes.contains(name));
}

fn operations(document: &Value) -> impl Iterator<Item = &Value> {
    document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(_, item)| item.as_object())
        .flat_map(|item| item.values())
}

fn retain(components: &mut Value, keep: impl Fn(&str) -> bool) {
    if let Some(fields) = components.as_object_mut() {
        fields.retain(|name, _| keep(name));
    }
}

/// Gathers what a part of the document refers to, and what that refers to.
fn refer(part: &Value, document: &Value, needed: &mut BTreeSet<String>) {
    match part {
        Value::Array(items) => items.iter().for_each(|item| refer(item, document, needed)),
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref")
                && needed.insert(reference.clone())
                && let Some(target) = document.pointer(reference.trim_start_matches('#'))
            {
                refer(target, document, needed);
            }
            fields.values().for_each(|value| refer(value, document, needed));
        }
        _ => {}
    }
}
