//! `xportcn openapi`.

mod program;

use program::xportcn;
use std::collections::BTreeSet;

#[test]
fn the_document_has_every_known_row_under_its_path_and_method() {
    let known: serde_json::Value = serde_json::from_str(include_str!("../../../tests/catalogue.json")).unwrap();
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
