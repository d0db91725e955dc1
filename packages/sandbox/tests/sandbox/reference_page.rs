//! The vendor's one public page: its request, signed by Python, is accepted, and the reply has its fields.

use serde_json::Value;
use std::collections::BTreeSet;
use tokio::process::Command;
use xportcn_sandbox::{Reason, Sandbox};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference_page.py");
const REPLY: &str = include_str!("../reference_page/reply.json");

/// Runs the script, which fails loudly where there is no Python.
async fn send(url: &str, method: &str, spoilt: Option<&str>) -> Value {
    let output = Command::new("python3").args([SCRIPT, url, method]).args(spoilt).output().await;
    let output = output.expect("python3 must be installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}

/// The names of all fields, each with those that lead to it; `[]` stands for the elements of a list.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = format!("{path}.{name}");
                fields(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(elements) => {
            assert!(!elements.is_empty(), "{path} is empty");
            elements.iter().for_each(|element| fields(element, &format!("{path}[]"), found));
        }
        _ => {}
    }
}

fn fields_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    fields(value, "", &mut found);
    found
}

#[tokio::test]
async fn the_pages_own_request_is_accepted_and_its_reply_has_the_pages_fields() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let page = fields_of(&serde_json::from_str(REPLY).unwrap());
    for url in [sandbox.url(), format!("{}/api", sandbox.url())] {
        for method in ["md5", "hmac-sha256"] {
            let answer = send(&url, method, None).await;
            assert_eq!(answer["status"], 200, "{answer}");
            assert_eq!(answer["reply"]["code"], 200, "{answer}");
            assert_eq!(fields_of(&answer["reply"]), page);
        }
    }
}

#[tokio::test]
async fn one_changed_character_is_refused_with_its_code() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for (header, reason) in [
        ("access-key", Reason::UnknownAccessKey),
        ("nonce-str", Reason::WrongSignature),
        ("signature", Reason::WrongSignature),
        ("timestamp", Reason::WrongSignature),
        ("user-id", Reason::UnknownUser),
    ] {
        for method in ["md5", "hmac-sha256"] {
            let answer = send(&sandbox.url(), method, Some(header)).await;
            assert_eq!(answer["reply"]["code"], reason.code(), "{header}: {answer}");
        }
    }
}
