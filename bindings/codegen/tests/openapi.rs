//! The OpenAPI document: complete, consistent in itself, and true to what the core sends and the sandbox answers.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use xportcn_codegen::model::Model;
use xportcn_codegen::openapi::document;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::codec::{Route, encode};
use xportcn_core::endpoint::{FieldEvidence, Method, PathEvidence};
use xportcn_core::schema::{Kind, Schema};
use xportcn_sandbox::{Facts, sample};

fn generated() -> Value {
    serde_json::from_str(&document(&Model::of_core().unwrap()).unwrap().pretty()).unwrap()
}

fn operation<'d>(document: &'d Value, id: &str) -> &'d Value {
    let row = ENDPOINTS.iter().find(|row| row.id == id).unwrap();
    &document["paths"][row.path][row.method.as_str().to_lowercase()]
}

/// A schema of the document, with the components that it refers to.
fn compiled(document: &Value, schema: &Value) -> Validator {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    jsonschema::draft202012::new(&whole).unwrap()
}

fn assert_fits(document: &Value, schema: &Value, instance: &Value, of: &str) {
    let errors: Vec<String> = compiled(document, schema)
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{of}: {errors:#?}");
}

#[test]
fn every_row_is_an_operation_or_a_webhook_under_its_own_id() {
    let document = generated();
    let ids = |items: &Value| -> BTreeSet<String> {
        let operations = items.as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
        operations.map(|operation| operation["operationId"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(ids(&document["paths"]), ENDPOINTS.iter().map(|row| row.id.to_string()).collect());
    assert_eq!(ids(&document["webhooks"]), PUSHES.iter().map(|row| row.id.to_string()).collect());
    for row in ENDPOINTS {
        let operation = operation(&document, row.id);
        assert_eq!(operation["operationId"], row.id);
        assert_eq!(operation["x-safety"], row.safety.as_str());
        assert_eq!(operation["x-evidence"]["path"], row.evidence.path.as_str());
        let others = row.candidates.iter().map(
            |other| json!({ "method": other.method.as_str(), "path": other.path, "evidence": other.evidence.as_str() }),
        );
        let others: Vec<_> = others.collect();
        assert_eq!(operation.get("x-candidates"), (!others.is_empty()).then_some(json!(others)).as_ref(), "{}", row.id);
    }
}

#[test]
fn what_is_not_published_says_so_where_it_is_read() {
    let document = generated();
    for row in ENDPOINTS {
        let operation = operation(&document, row.id);
        let [summary, description] = ["summary", "description"].map(|key| operation[key].as_str().unwrap());
        let derived = matches!(
            row.evidence.path,
            PathEvidence::Inferred | PathEvidence::OtherReseller | PathEvidence::SisterV2 | PathEvidence::Upstream
        );
        assert_eq!(summary.contains("path not published"), derived, "{}", row.id);
        assert_eq!(description.contains("Path: not published"), derived, "{}", row.id);
        let inferred = |evidence| evidence == FieldEvidence::Inferred;
        assert_eq!(description.contains("Request: not published"), inferred(row.evidence.request), "{}", row.id);
        assert_eq!(description.contains("Reply: not published"), inferred(row.evidence.reply), "{}", row.id);
    }
}

#[test]
fn requests_as_the_core_sends_them_fit_and_misspelt_ones_do_not() {
    let document = generated();
    let mut closed = 0;
    for row in ENDPOINTS.iter().filter(|row| row.method == Method::Post) {
        let body = &operation(&document, row.id)["requestBody"]["content"]["application/json"];
        let route = Route { method: row.method, path: row.path };
        let sent = encode(row.request, route, row.example.as_bytes()).unwrap().body.unwrap();
        let mut sent: Value = serde_json::from_slice(&sent).unwrap();
        assert_eq!(body["example"], sent, "{}", row.id);
        assert_fits(&document, &body["schema"], &sent, row.id);

        sent["noSuchField"] = json!(1);
        let fits = compiled(&document, &body["schema"]).is_valid(&sent);
        assert_eq!(fits, row.request.extra, "{}", row.id);
        closed += usize::from(!fits);
    }
    assert!(closed > 20, "{closed}");
}

#[test]
fn json_in_text_fits_the_schema_of_its_content() {
    let document = generated();
    let mut checked = 0;
    for row in ENDPOINTS.iter().filter(|row| row.method == Method::Post) {
        let body = &operation(&document, row.id)["requestBody"]["content"]["application/json"];
        let component = body["schema"]["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
        let fields = document.pointer(component).unwrap()["properties"].as_object().unwrap();
        for (name, field) in fields.iter().filter(|(_, field)| field.get("contentSchema").is_some()) {
            let Some(text) = body["example"][name].as_str() else { continue };
            assert_eq!(field["contentMediaType"], "application/json");
            let inner = serde_json::from_str(text).unwrap();
            assert_fits(&document, &field["contentSchema"], &inner, &format!("{}.{name}", row.id));
            checked += 1;
        }
    }
    assert!(checked >= 5, "{checked}");
}

#[test]
fn the_parameters_of_every_get_and_path_are_those_of_the_table() {
    let document = generated();
    for row in ENDPOINTS {
        let operation = operation(&document, row.id);
        let named = |place: &str| -> BTreeSet<&str> {
            let all = operation["parameters"].as_array().into_iter().flatten();
            all.filter(|one| one["in"] == place).map(|one| one["name"].as_str().unwrap()).collect()
        };
        let in_path: BTreeSet<&str> =
            row.path.split('/').filter_map(|step| step.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(named("path"), in_path, "{}", row.id);
        let mut in_query = BTreeSet::new();
        if row.method == Method::Get {
            in_query =
                row.request.fields.iter().map(|field| field.wire()).filter(|name| !in_path.contains(name)).collect();
        }
        assert_eq!(named("query"), in_query, "{}", row.id);
    }
}

/// What carries a request's signature: the places and names that the schemes of an operation lead to.
fn signed_by(document: &Value, operation: &Value) -> BTreeSet<String> {
    let security = operation.get("security").unwrap_or(&document["security"]).as_array().unwrap();
    assert_eq!(security.len(), 1, "one way, for tools take the first");
    let schemes = security[0].as_object().unwrap().keys();
    let schemes = schemes.map(|name| &document["components"]["securitySchemes"][name]);
    schemes.map(|scheme| format!("{} {}", scheme["in"], scheme["name"]).replace('"', "")).collect()
}

#[test]
fn every_call_is_signed_in_headers_and_where_the_page_shows_so_in_the_query() {
    let document = generated();
    let usual = ["header access-key", "header nonce-str", "header signature", "header timestamp", "header user-id"]
        .map(String::from);
    // As the vendor's pages of these rows have it.
    let in_query =
        ["header access-key", "header nonce-str", "header user-id", "query sign", "query timestamp"].map(String::from);
    for row in ENDPOINTS {
        let expected = if row.signed_query { &in_query } else { &usual };
        assert_eq!(
            signed_by(&document, operation(&document, row.id)),
            expected.iter().cloned().collect(),
            "{}",
            row.id
        );
    }
}

#[test]
fn the_rule_of_signing_gives_the_signature_of_the_vectors() {
    let document = generated();
    let rule = &document["x-signing"];
    let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors/signing.json")).unwrap();
    let case = &vectors["cases"][0];
    let named = [
        ("access-key", "access_key"),
        ("access-secret", "access_secret"),
        ("timestamp", "timestamp"),
        ("nonce-str", "nonce"),
        ("signature", "signature"),
    ];
    for (name, of_the_vector) in named {
        assert_eq!(rule["example"][name], case[of_the_vector], "{name}");
    }
    assert_eq!(rule["hash"].as_str().unwrap().to_lowercase(), case["method"]);
    assert_eq!(rule["inputs"], json!(["access-key", "timestamp", "nonce-str", "access-secret"]));
    let signature = case["signature"].as_str().unwrap();
    assert_eq!(signature, signature.to_uppercase());
    assert_eq!((&rule["encoding"], &rule["case"]), (&json!("hex"), &json!("upper")));
}

#[test]
fn values_that_are_written_in_more_than_one_way_have_a_component_and_no_list_of_types() {
    fn walk(value: &Value, place: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, place)),
            Value::Object(fields) => {
                let types: Vec<&Value> = fields.get("type").and_then(Value::as_array).into_iter().flatten().collect();
                assert!(types.len() < 2 || (types.len() == 2 && types[1] == "null"), "{place}: {types:?}");
                fields.iter().for_each(|(key, inner)| walk(inner, &format!("{place}/{key}")));
            }
            _ => {}
        }
    }
    let document = generated();
    walk(&document, "");
    let schemas = &document["components"]["schemas"];
    for name in ["Id", "NumericId", "Moment", "WholeNumber"] {
        assert_eq!(schemas[name]["oneOf"][0]["type"], "string", "{name}");
        assert_eq!(schemas[name]["oneOf"][1], json!({"type": "integer", "format": "int64"}), "{name}");
    }
    assert_eq!(schemas["Amount"]["oneOf"], json!([{"type": "string"}, {"type": "number", "format": "double"}]));
}

#[test]
fn a_reply_is_one_open_object_with_a_name_of_its_own() {
    let document = generated();
    let mut names = BTreeSet::new();
    for row in ENDPOINTS {
        let schema = &operation(&document, row.id)["responses"]["200"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().unwrap();
        let reply = document.pointer(&name[1..]).unwrap();
        assert_eq!(reply["type"], "object", "{name}");
        assert_eq!(reply["additionalProperties"], true, "{name}");
        assert_eq!(reply["required"], json!(["code"]), "{name}");
        assert!(names.insert(name.to_string()), "{name}: of two rows");
    }
    assert_eq!(names.len(), ENDPOINTS.len());
}

#[test]
fn whatever_else_is_answered_has_a_refusal_as_its_example() {
    let document = generated();
    for row in ENDPOINTS {
        let responses = &operation(&document, row.id)["responses"];
        for status in ["4XX", "default"] {
            assert_eq!(responses[status]["$ref"], "#/components/responses/Refused", "{}", row.id);
        }
    }
    let content = &document["components"]["responses"]["Refused"]["content"]["application/json"];
    assert_fits(&document, &content["schema"], &content["example"], "Refused");
    assert!(![json!(200), json!(0)].contains(&content["example"]["code"]));
    assert_eq!(content["example"]["data"], Value::Null);
}

#[test]
fn replies_of_the_sandbox_fit_whole_and_as_examples() {
    let document = generated();
    for row in ENDPOINTS {
        let reply = &operation(&document, row.id)["responses"]["200"]["content"]["application/json"];
        assert_fits(&document, &reply["schema"], &reply["example"], row.id);

        let fields = serde_json::from_str(row.example).unwrap();
        let data: Value = serde_json::from_str(sample(row, &Facts::of_request(row, &fields)).get()).unwrap();
        assert_fits(&document, &reply["schema"], &json!({"code": 200, "msg": "成功", "data": data}), row.id);
        assert_fits(&document, &reply["schema"], &json!({"code": 500, "data": null, "developId": null}), row.id);
        assert!(!compiled(&document, &reply["schema"]).is_valid(&json!({"data": null})), "{}: without a code", row.id);
    }
}

#[test]
fn a_reply_with_a_value_of_another_type_does_not_fit() {
    let document = generated();
    let mut refused = 0;
    for row in ENDPOINTS {
        let Kind::Object(schema) = row.reply else { continue };
        let reply = compiled(
            &document,
            &operation(&document, row.id)["responses"]["200"]["content"]["application/json"]["schema"],
        );
        for field in schema.fields.iter().filter(|field| !matches!(field.kind, Kind::Any)) {
            let wrong = if matches!(field.kind, Kind::Bool) { json!("true") } else { json!(true) };
            let body = json!({"code": 200, "data": {field.wire(): wrong}});
            assert!(!reply.is_valid(&body), "{}: {}", row.id, field.wire());
            refused += 1;
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn messages_fit_as_objects_and_as_text() {
    let document = generated();
    for row in PUSHES {
        let body = &document["webhooks"][row.id]["post"]["requestBody"]["content"]["application/json"];
        let mut message: Value = serde_json::from_str(row.example).unwrap();
        assert_fits(&document, &body["schema"], &message, row.id);
        if let Some(content) = message.get("messageBody").map(Value::to_string) {
            message["messageBody"] = json!(content);
            assert_fits(&document, &body["schema"], &message, row.id);
            message.as_object_mut().unwrap().remove("messageType");
            assert!(!compiled(&document, &body["schema"]).is_valid(&message), "{}: without a type", row.id);
        }
    }
}

#[test]
fn objects_are_open_where_they_are_received_and_as_the_tables_say_where_they_are_sent() {
    let document = generated();
    let model = Model::of_core().unwrap();
    for object in &model.objects {
        let received = &document["components"]["schemas"][&object.name];
        if object.is_received() {
            assert_eq!(received["additionalProperties"], true, "{}", object.name);
        } else if received.is_object() {
            assert_eq!(received["additionalProperties"], object.schema.extra, "{}", object.name);
        }
        if received.is_object() {
            assert_eq!(
                names(received),
                object.schema.fields.iter().map(|field| field.wire()).collect(),
                "{}",
                object.name
            );
        }
    }
}

fn names(schema: &Value) -> BTreeSet<&str> {
    schema["properties"].as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_referred_to() {
    let document = generated();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    for reference in &references {
        assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
    let components = document["components"]["schemas"].as_object().unwrap();
    for name in components.keys() {
        assert!(references.contains(&format!("#/components/schemas/{name}")), "{name} is not used");
    }
    assert!(components.len() > 150, "{}", components.len());
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                references.insert(reference.to_string());
            }
            fields.values().for_each(|field| collect(field, references));
        }
        _ => {}
    }
}

#[test]
fn required_fields_are_those_of_the_tables() {
    let document = generated();
    for row in ENDPOINTS.iter().filter(|row| row.method == Method::Post) {
        let reference = &operation(&document, row.id)["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let component = document.pointer(&reference.as_str().unwrap()[1..]).unwrap();
        let required: BTreeSet<&str> =
            component["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(required, required_of(row.request), "{}", row.id);
    }
}

fn required_of(schema: &'static Schema) -> BTreeSet<&'static str> {
    schema.fields.iter().filter(|field| field.required).map(|field| field.wire()).collect()
}
