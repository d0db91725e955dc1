//! The tables hold every known row of the reference, and nothing else.

use serde_json::Value as Json;
use std::collections::BTreeSet;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::effect::{Ask, Effect, FoundBy, Shown, Test};
use xportcn_core::endpoint::{Candidate, Endpoint, Safety};
use xportcn_core::goals::GOALS;
use xportcn_core::schema::{Field, Kind, Schema};

#[test]
fn every_row_of_the_reference_is_there_in_its_order_with_its_path_and_evidence() {
    let text = include_str!("../../tests/catalogue.json");
    let listed: Json = serde_json::from_str(text).unwrap();
    let calls = ENDPOINTS.iter().map(|row| {
        let mut listed = serde_json::json!({
            "id": row.id, "kind": "call", "method": row.method.as_str(), "path": row.path,
            "path_evidence": row.evidence.path.as_str(), "request_evidence": row.evidence.request.as_str(),
            "response_evidence": row.evidence.reply.as_str(),
        });
        if !row.candidates.is_empty() {
            listed["candidates"] = row.candidates.iter().map(candidate).collect();
        }
        if let Some(known) = row.effect {
            listed["effect"] = effect(known);
        }
        listed
    });
    let pushes = PUSHES.iter().map(|row| {
        serde_json::json!({
            "id": row.id, "kind": "push", "method": null, "path": null, "path_evidence": "n/a",
            "request_evidence": row.request.as_str(), "response_evidence": row.reply.as_str(),
        })
    });
    let mut expected: Vec<String> = listed["rows"].as_array().unwrap().iter().map(Json::to_string).collect();
    let mut found: Vec<String> = calls.chain(pushes).map(|row| row.to_string()).collect();
    expected.sort();
    found.sort();
    let difference = difference(&expected, &found);
    assert!(difference.is_empty(), "tests/catalogue.json (-) and the core (+) differ:\n{difference}");

    let order: Vec<&str> = listed["rows"].as_array().unwrap().iter().filter_map(|row| row["id"].as_str()).collect();
    let place = |id: &str| order.iter().position(|known| *known == id);
    assert!(ENDPOINTS.is_sorted_by_key(|row| place(row.id)), "the endpoints are not in the reference's order");
    assert!(PUSHES.is_sorted_by_key(|row| place(row.id)), "the pushes are not in the reference's order");
}

fn effect(effect: &Effect) -> Json {
    let mut rows: Vec<&str> = effect.shown_by.iter().map(|shown| shown.row).collect();
    rows.dedup();
    let mut facts = serde_json::json!({
        "action": effect.action.as_str(), "found_by": effect.found_by.as_str(), "in_background": effect.in_background,
        "absent": effect.absent.as_str(), "unchanged": effect.unchanged.as_str(), "shown_by": rows,
    });
    if let Some(Effect { found_by: FoundBy::Reference { field, .. }, .. }) = effect.better {
        facts["better"] = (*field).into();
    }
    facts
}

fn candidate(candidate: &Candidate) -> Json {
    let Candidate { method, path, evidence } = candidate;
    serde_json::json!({ "method": method.as_str(), "path": path, "evidence": evidence.as_str() })
}

#[test]
fn no_candidate_is_the_call_in_use() {
    for row in ENDPOINTS {
        for candidate in row.candidates {
            assert_ne!((candidate.method, candidate.path), (row.method, row.path), "{}", row.id);
        }
    }
}

#[test]
fn effects_name_rows_that_read_and_fields_that_there_are() {
    for write in ENDPOINTS.iter().filter(|row| row.safety == Safety::Write) {
        let effect = write.effect.unwrap();
        let of_write = |name: &str| {
            assert!(write.request.field(name).is_some(), "{} has no field {name}", write.id);
        };
        if let Some(better) = effect.better {
            let FoundBy::Reference { field, .. } = better.found_by else {
                panic!("{} has no better reference", write.id)
            };
            assert!(write.request.extra || write.request.field(field).is_some(), "{} does not take {field}", write.id);
            for shown in better.shown_by {
                let row = xportcn_core::catalogue::find(shown.row).unwrap_or_else(|| panic!("no row {}", shown.row));
                shown_fields(shown).for_each(|name| known(row, shown, name));
            }
        }
        match effect.found_by {
            FoundBy::Id(fields) => {
                assert!(fields.iter().any(|name| write.request.field(name).is_some()), "{}", write.id)
            }
            FoundBy::Reference { field, .. } => of_write(field),
            FoundBy::Contents | FoundBy::Nothing => {}
        }
        for shown in effect.shown_by {
            let row = xportcn_core::catalogue::find(shown.row).unwrap_or_else(|| panic!("no row {}", shown.row));
            assert_eq!(row.safety, Safety::Read, "{}", shown.row);
            for (field, from) in shown.ask {
                assert!(row.request.field(field).is_some(), "{} has no field {field}", shown.row);
                if let Ask::Field(name) = from {
                    of_write(name);
                }
            }
            let missing = row.request.fields.iter().find(|field| {
                field.required && row.paging.is_none() && !shown.ask.iter().any(|(name, _)| *name == field.name())
            });
            assert!(missing.is_none(), "{} is asked without {:?}", shown.row, missing.map(Field::name));
            shown_fields(shown).for_each(|name| known(row, shown, name));
            written_fields(shown).for_each(of_write);
        }
    }
}

#[test]
fn goals_name_rows_that_read_and_fields_that_there_are() {
    for goal in GOALS.iter().copied().flatten() {
        for shown in goal.shown_by {
            let row = xportcn_core::catalogue::find(shown.row).unwrap_or_else(|| panic!("no row {}", shown.row));
            assert_eq!(row.safety, Safety::Read, "{}", shown.row);
            let is_there = |(field, _): &(&str, Ask)| row.request.field(field).is_some();
            assert!(shown.ask.iter().all(is_there), "{}", shown.row);
            // Other fields than the id are not known.
            assert!(shown.ask.iter().all(|(_, from)| !matches!(from, Ask::Field(_))), "{}", shown.row);
            shown_fields(shown).for_each(|name| known(row, shown, name));
        }
    }
}

/// The fields of the object that a row is looked through for.
fn shown_fields(shown: &'static Shown) -> impl Iterator<Item = String> {
    let signs = [shown.done, shown.pending, shown.never].into_iter().flatten();
    let below = signs.clone().filter_map(|sign| match sign.test {
        Test::Same(fields) => Some(fields.iter().map(|(name, _)| match sign.field {
            "" => name.to_string(),
            field => format!("{field}.{name}"),
        })),
        _ => None,
    });
    let lines = shown
        .lines
        .into_iter()
        .flat_map(|lines| lines.same.iter().map(move |(name, _)| format!("{}.{name}", lines.at)));
    let plain = signs.map(|sign| sign.field).chain([shown.key, shown.created]);
    plain.chain(shown.equal.iter().map(|(name, _)| *name)).map(str::to_string).chain(below.flatten()).chain(lines)
}

fn written_fields(shown: &'static Shown) -> impl Iterator<Item = &'static str> {
    let signs = [shown.done, shown.pending, shown.never].into_iter().flatten();
    let below = signs.flat_map(|sign| match sign.test {
        Test::Same(fields) => fields.iter().map(|(_, name)| *name).collect(),
        Test::Says(name) => vec![name],
        _ => vec![],
    });
    shown.equal.iter().map(|(_, name)| *name).chain(below).chain(shown.lines.map(|lines| lines.written))
}

/// Follows a path through the row's reply; where the reply's form is not known, there is nothing to hold it to.
fn known(row: &Endpoint, shown: &Shown, name: String) {
    for at in shown.at.iter().filter(|at| **at != "**") {
        let path = [*at, name.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
        let mut kind = row.reply;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let field = step.strip_suffix("[]").unwrap_or(step);
            kind = match kind {
                Kind::Any => return,
                Kind::Object(schema) => {
                    let found = schema.fields.iter().find(|known| known.name() == field);
                    found.unwrap_or_else(|| panic!("{}: {path}: no field {field}", row.id)).kind
                }
                Kind::List(_) if field.is_empty() => kind,
                other => panic!("{}: {path}: {field} in {other:?}", row.id),
            };
            if step.ends_with("[]") {
                let Kind::List(element) = kind else { panic!("{}: {path}: {field} is no list", row.id) };
                kind = *element;
            }
        }
        assert!(!matches!(kind, Kind::List(_)), "{}: {path} ends in a list", row.id);
    }
}

#[test]
fn every_name_in_a_path_is_a_required_field() {
    for endpoint in ENDPOINTS {
        for name in endpoint.path.split('/').filter_map(|step| step.strip_prefix('{')?.strip_suffix('}')) {
            let field = endpoint.request.fields.iter().find(|field| field.wire() == name);
            assert!(field.is_some_and(|field| field.required), "{}: {name}", endpoint.id);
        }
    }
}

#[test]
fn paging_names_fields_that_there_are() {
    for endpoint in ENDPOINTS {
        let Some(paging) = endpoint.paging else { continue };
        for name in [paging.page, paging.size] {
            let field = endpoint.request.field(name).unwrap_or_else(|| panic!("{}: {name}", endpoint.id));
            assert!(matches!(field.kind, Kind::Int), "{}: {name}", endpoint.id);
        }
        let Kind::Object(reply) = endpoint.reply else { panic!("{} pages without an object", endpoint.id) };
        let items = reply.field(paging.items).unwrap_or_else(|| panic!("{}: {}", endpoint.id, paging.items));
        assert!(matches!(items.kind, Kind::List(_)), "{}: {}", endpoint.id, paging.items);
    }
}

#[test]
fn no_two_fields_of_an_object_share_a_spelling() {
    for schema in schemas() {
        let mut spellings = BTreeSet::new();
        for field in schema.fields {
            let own: BTreeSet<&str> = [field.name(), field.wire()].into_iter().chain(field.aliases()).collect();
            for spelling in own {
                assert!(spellings.insert(spelling), "{spelling} in {:?}", schema.fields.first().map(Field::name));
            }
        }
    }
}

#[test]
fn what_creates_pays_or_cancels_is_never_taken_for_reading() {
    let changes = ["create", "pay", "cancel", "submit", "save", "add", "delete", "edit", "modify", "update", "upload"];
    for endpoint in ENDPOINTS {
        let action = endpoint.id.rsplit('.').next().unwrap();
        if changes.iter().any(|word| action.split('_').any(|part| part == *word)) {
            assert_eq!(endpoint.safety.as_str(), "write", "{}", endpoint.id);
        }
    }
}

#[cfg(feature = "docs")]
#[test]
fn every_row_is_documented_and_its_example_can_be_sent() {
    use xportcn_core::codec::{self, Route};
    for endpoint in ENDPOINTS {
        assert!(!endpoint.title().is_empty(), "{}", endpoint.id);
        let route = Route { method: endpoint.method, path: endpoint.path };
        if let Err(fault) = codec::encode(endpoint.request, route, endpoint.example.as_bytes()) {
            panic!("{}: {} {}", endpoint.id, fault.path, fault.reason);
        }
    }
    for push in PUSHES {
        let message = xportcn_core::push::parse(push.example.as_bytes()).unwrap();
        assert_eq!(message.push.map(|row| row.id), Some(push.id));
        assert_eq!(message.warnings, [], "{}", push.id);
    }
    for schema in schemas() {
        for field in schema.fields {
            assert!(!field.doc.is_empty(), "{}.{}", schema.name, field.name());
        }
    }
}

/// The lines that only one of two sorted lists has, or that it has more than once.
fn difference(expected: &[String], found: &[String]) -> String {
    let times = |list: &[String], line: &String| list.iter().filter(|known| *known == line).count();
    let missing = expected.iter().filter(|line| times(found, line) != times(expected, line));
    let more = found.iter().filter(|line| times(found, line) != times(expected, line));
    let mut lines: Vec<String> =
        missing.map(|line| format!("- {line}")).chain(more.map(|line| format!("+ {line}"))).collect();
    // The two lines of a row stand together: the id comes first.
    lines.sort_by_key(|line| line[2..].split(',').next().map(String::from));
    lines.join("\n")
}

/// Every object that a request, a reply or a message holds.
fn schemas() -> Vec<&'static Schema> {
    let mut found: Vec<&'static Schema> = Vec::new();
    let of_rows = ENDPOINTS.iter().flat_map(|row: &&Endpoint| [Kind::Object(row.request), row.reply]);
    for kind in of_rows.chain(PUSHES.iter().map(|push| push.body)) {
        collect(kind, &mut found);
    }
    assert!(found.len() > 100, "{}", found.len());
    found
}

fn collect(kind: Kind, found: &mut Vec<&'static Schema>) {
    match kind {
        Kind::List(element) => collect(*element, found),
        Kind::Object(schema) if !found.iter().any(|known| std::ptr::eq(*known, schema)) => {
            found.push(schema);
            schema.fields.iter().for_each(|field| collect(field.kind, found));
        }
        _ => {}
    }
}
