//! Files of `tests/vectors`, and how their cases are run and compared.
#![allow(dead_code, reason = "each test program uses its part")]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Fewer cases than this in a file are a mistake.
const LEAST_CASES: usize = 40;

/// A case that has a name.
pub trait Named {
    fn name(&self) -> &str;
}

/// Runs all cases of a file, and reports all that fail together.
pub fn run<H, C>(name: &str, check: impl Fn(&H, &C) -> Result<(), String>)
where
    H: DeserializeOwned,
    C: DeserializeOwned + Named,
{
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"));
    let head: H = serde_json::from_str(&text).unwrap_or_else(|error| panic!("the head of {name}: {error}"));
    let file: File<C> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(
        file.cases.len() >= LEAST_CASES,
        "{name} has {} cases, at least {LEAST_CASES} belong there",
        file.cases.len()
    );
    let failures: Vec<String> = file
        .cases
        .iter()
        .filter_map(|case| check(&head, case).err().map(|wrong| format!("- {}: {wrong}", case.name())))
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases of {name} fail:\n{}",
        failures.len(),
        file.cases.len(),
        failures.join("\n")
    );
}

/// The same, or what is different, cut short.
pub fn same<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    let short = |value: &T| format!("{value:?}").chars().take(2000).collect::<String>();
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: found\n    {}\n  expected\n    {}", short(found), short(expected)))
}

/// JSON text as it stands, but with no escape in its strings that JSON does not ask for.
pub fn with_fewest_escapes(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(start) = rest.find('"') {
        let (before, text) = rest.split_at(start);
        let end = end_of_text(text);
        let content: String = serde_json::from_str(&text[..end]).expect("a string of checked JSON");
        out.push_str(before);
        out.push_str(&serde_json::to_string(&content).expect("text"));
        rest = &text[end..];
    }
    out + rest
}

/// Where the string that `text` begins with ends.
fn end_of_text(text: &str) -> usize {
    let mut escaped = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The head of a file that has none of interest.
#[derive(Deserialize)]
pub struct Ignored {}

#[derive(Deserialize)]
struct File<C> {
    cases: Vec<C>,
}

macro_rules! named {
    ($($case:ty),+) => {
        $(impl Named for $case {
            fn name(&self) -> &str {
                &self.name
            }
        })+
    };
}
pub(crate) use named;

/// A text, or how to make one that is too large, or no UTF-8, to stand in a file.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Recipe {
    Text(String),
    Join { join: Vec<Recipe> },
    Repeat { repeat: String, times: usize },
    Base64 { base64: String },
}

impl Recipe {
    /// What it stands for.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Recipe::Text(text) => text.clone().into_bytes(),
            Recipe::Join { join } => join.iter().flat_map(Recipe::bytes).collect(),
            Recipe::Repeat { repeat, times } => repeat.repeat(*times).into_bytes(),
            Recipe::Base64 { base64 } => BASE64_STANDARD.decode(base64).expect("base64"),
        }
    }

    /// What it stands for, where that is text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes()).expect("a recipe for text")
    }
}
