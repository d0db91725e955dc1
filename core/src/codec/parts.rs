//! The parts of an object or a list as JSON texts, for those who look at one or two of them.

use super::Expect;
use alloc::string::String;
use alloc::vec::Vec;
use serde::de::{Error, MapAccess, SeqAccess};
use serde_json::value::RawValue;

/// The fields of an object, in their order; absent if the text is no JSON object.
pub fn members(json: &str) -> Option<Vec<(String, &str)>> {
    whole(json, Members)
}

/// The elements of a list; absent if the text is no JSON list.
pub fn elements(json: &str) -> Option<Vec<&str>> {
    whole(json, Elements)
}

fn whole<'a, X: Expect<'a>>(json: &'a str, reader: X) -> Option<X::Value> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = reader.read(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

struct Members;

struct Elements;

impl<'de> Expect<'de> for Members {
    type Value = Vec<(String, &'de str)>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key()? {
            let value: &RawValue = map.next_value()?;
            members.push((name, value.get()));
        }
        Ok(members)
    }

    fn other<E: Error>(self, found: &'static str) -> Result<Self::Value, E> {
        Err(E::custom(found))
    }
}

impl<'de> Expect<'de> for Elements {
    type Value = Vec<&'de str>;

    fn list<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = seq.next_element::<&RawValue>()? {
            elements.push(element.get());
        }
        Ok(elements)
    }

    fn other<E: Error>(self, found: &'static str) -> Result<Self::Value, E> {
        Err(E::custom(found))
    }
}
