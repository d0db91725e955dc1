//! What the core takes for JSON is what serde_json takes for it, and strings mean the same to both.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Json;
use serde_json::value::RawValue;
use xportcn_core::codec::{self, Path};
use xportcn_core::schema::{Form, Kind};

static ANY: Kind = Kind::Any;
static TEXT: Kind = Kind::Text;

#[test]
fn documents_with_a_few_changes_are_accepted_or_refused_alike() {
    run(8_000, spoilt(), |text| {
        let accepted = serde_json::from_str::<&RawValue>(&text).is_ok();
        let read = codec::decode_value(&ANY, Form::Plain, &text, &Path::Root);
        prop_assert_eq!(read.is_ok(), accepted, "{:?}", read);
        Ok(())
    });
}

#[test]
fn characters_of_json_in_any_order_are_accepted_or_refused_alike() {
    run(20_000, "[\\[\\]{}:,\"0-9eE.+\\- ntrufals\\\\/bx]{0,24}", |text| {
        let accepted = serde_json::from_str::<&RawValue>(&text).is_ok();
        let read = codec::decode_value(&ANY, Form::Plain, &text, &Path::Root);
        prop_assert_eq!(read.is_ok(), accepted, "{:?}", read);
        Ok(())
    });
}

#[test]
fn strings_with_escapes_mean_the_same() {
    let piece = prop_oneof![
        "[ -~é中🧧]{1,12}",
        "\\\\[\"\\\\/bfnrt]",
        "\\\\u00[0-7][0-9a-fA-F]",
        "\\\\u[0-9a-cA-C][0-9a-fA-F]{3}",
        "\\\\ud83e\\\\udde7",
    ];
    let content = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    run(20_000, content, |content| {
        let text = format!("\"{content}\"");
        let Ok(expected) = serde_json::from_str::<String>(&text) else { return Ok(()) };
        let (canonical, _) = codec::decode_value(&TEXT, Form::Plain, &text, &Path::Root).unwrap();
        prop_assert_eq!(serde_json::from_str::<String>(&canonical).unwrap(), expected);
        Ok(())
    });
}

fn run<T: std::fmt::Debug>(
    cases: u32,
    strategy: impl Strategy<Value = T>,
    test: impl Fn(T) -> Result<(), TestCaseError>,
) {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() }).run(&strategy, test).unwrap();
}

/// A document of a few levels, with characters left out, put in or replaced.
fn spoilt() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..3, "[\\[\\]{}:,\"0-9eE.\\- tn\\\\u\\x00\\t中]");
    (document(), prop::collection::vec(change, 0..4)).prop_map(|(document, changes)| {
        let mut characters: Vec<String> = document.chars().map(String::from).collect();
        for (place, what, new) in changes {
            let at = place.index(characters.len() + 1);
            match what {
                0 => characters.insert(at, new),
                1 if at < characters.len() => characters[at] = new,
                _ if at < characters.len() => drop(characters.remove(at)),
                _ => {}
            }
        }
        characters.concat()
    })
}

fn document() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![
        Just("null".to_string()),
        Just("true".to_string()),
        Just("false".to_string()),
        number,
        "\"([a-z中🧧 ]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4}){0,9}\"",
    ];
    let space = "[ \n\r\t]{0,2}";
    leaf.prop_recursive(4, 24, 5, move |inner| {
        let list = prop::collection::vec((space, inner.clone()), 0..5).prop_map(|elements| {
            let elements: Vec<String> = elements.into_iter().map(|(space, element)| space + &element).collect();
            format!("[{}]", elements.join(","))
        });
        let object = prop::collection::vec(("[a-c\\\\/]{0,2}", space, inner), 0..5).prop_map(|members| {
            let members: Vec<String> = members
                .into_iter()
                .map(|(name, space, value)| format!("{}{space}:{space}{value}", Json::String(name)))
                .collect();
            format!("{{{}}}", members.join(","))
        });
        prop_oneof![list, object]
    })
}
