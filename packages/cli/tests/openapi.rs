//! `xportcn openapi`.

mod program;

use program::xportcn;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_document_has_every_known_row_under_its_path_and_method() {
    let known: Value = serde_json::from_str(include_str!("../../../tests/catalogue.json")).unwrap();
    let document = xportcn(["openapi"]).run().exits(0).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));

    let operations = |part: &str| {
        let paths = document[part].as_object().unwrap().iter();
        let operations =
            paths.flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |found| (path, found)));
        operations.map(|(path, (method, it))| format!("{} {method} {path}", it["operationId"])).collect::<Vec<_>>()
    };
    let found: BTreeSet<String> = operations("paths").into_iter().chain(operations("webhooks")).collect();
    let expected: BTreeSet<String> = known["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| match row["path"].as_str() {
            Some(path) => format!("{} {} {path}", row["id"], row["method"].as_str().unwrap().to_lowercase()),
            None => format!("{} post {}", row["id"], row["id"].as_str().unwrap()),
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn without_webhooks_it_has_all_calls_and_nothing_that_only_messages_need() {
    let whole = xportcn(["openapi"]).run().exits(0).json();
    let document = xportcn(["openapi", "--no-webhooks"]).run().exits(0).json();
    assert_eq!(document.get("webhooks"), None);
    assert_eq!(document["paths"], whole["paths"]);
    assert_eq!(document["openapi"], whole["openapi"]);
    assert!(document["components"]["securitySchemes"].get("pushSignature").is_none());
    assert!(document["components"]["schemas"].get("BigMajorPackageInbound").is_none());
    assert!(document["tags"].as_array().unwrap().iter().all(|tag| tag["name"] != "big_major.push"));
    is_closed(&document);
}

#[test]
fn for_generators_it_is_openapi_3_0_with_the_same_calls_and_fields() {
    let whole = xportcn(["openapi", "--no-webhooks"]).run().exits(0).json();
    let document = xportcn(["openapi", "--profile", "generators"]).run().exits(0).json();
    assert_eq!(document["openapi"], "3.0.3");
    is_closed(&document);
    is_of_3_0(&document["paths"], "paths");
    is_of_3_0(&document["components"], "components");
    let calls = |document: &Value| -> Vec<String> {
        let items = document["paths"].as_object().unwrap().iter();
        items.flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |it| format!("{it} {path}"))).collect()
    };
    assert_eq!(calls(&document), calls(&whole));
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert!(schemas.len() > 250, "{}", schemas.len());
    for (name, schema) in schemas {
        let fields = |schema: &Value| schema.get("properties").map(|fields| fields.as_object().unwrap().len());
        assert_eq!(fields(schema), fields(&whole["components"]["schemas"][name]), "{name}");
    }
    let status = &document["components"]["schemas"]["TaobaoRefundStatus"];
    assert_eq!(status["type"], "integer", "a set of codes stays open");
    assert!(status.get("enum").is_none() && status["x-extensible-enum"].as_array().unwrap().len() > 3);
}

/// Every reference leads somewhere, and every component is referred to.
fn is_closed(document: &Value) {
    let mut references = BTreeSet::new();
    collect(document, &mut references);
    for reference in &references {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(references.contains(&format!("#/components/schemas/{name}")), "{name} is not used");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_string));
            fields.values().for_each(|field| collect(field, references));
        }
        _ => {}
    }
}

/// No words that only OpenAPI 3.1 has.
fn is_of_3_0(value: &Value, place: &str) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| is_of_3_0(item, place)),
        Value::Object(fields) => {
            assert!(!fields.get("type").is_some_and(|kind| kind.is_array() || kind == "null"), "{place}");
            assert!(!fields.contains_key("$ref") || fields.len() == 1, "{place}: beside a reference");
            for word in ["contentMediaType", "contentSchema", "4XX"] {
                assert!(!fields.contains_key(word), "{place}: {word}");
            }
            // Examples and names of fields are nobody's words.
            for (key, inner) in fields.iter().filter(|(key, _)| *key != "example") {
                match inner.as_object().filter(|_| key == "properties") {
                    Some(named) => named.iter().for_each(|(name, field)| is_of_3_0(field, &format!("{place}/{name}"))),
                    None => is_of_3_0(inner, &format!("{place}/{key}")),
                }
            }
        }
        _ => {}
    }
}
