//! Rewriting of JSON text by a tree of changes. What is not changed stays as it is written, digit by digit.

use super::changes::{Becomes, Changes, ITEMS};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Value, from_str};
use std::borrow::Cow;
use std::fmt;
use xportcn_core::Time;

/// The name of a field that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownField(pub(crate) String);

impl Changes {
    /// The JSON of a value, changed.
    ///
    /// # Errors
    /// Names the first field that is refused.
    pub(crate) fn rewrite(&self, json: &str) -> Result<String, UnknownField> {
        let json = json.trim();
        let inner: Cow<'_, str> = match json.as_bytes().first() {
            _ if self.inner.is_empty() => json.into(),
            Some(b'{') => self.object(json)?.into(),
            Some(b'[') => self.list(json)?.into(),
            Some(b'"') if self.embedded => match from_str::<String>(json).ok().filter(|text| is_json(text)) {
                Some(text) => quoted(&self.rewrite(&text)?).into(),
                None => json.into(),
            },
            _ => json.into(),
        };
        Ok(match self.becomes {
            Some(becomes) => becomes.apply(&inner),
            None => inner.into_owned(),
        })
    }

    /// The name in the tables of a field of the query string.
    ///
    /// # Errors
    /// As [`Changes::rewrite`].
    pub(crate) fn rename<'a>(&'a self, name: &'a str) -> Result<&'a str, UnknownField> {
        match self.inner.get(name) {
            Some(changes) if changes.refused => Err(UnknownField(name.to_string())),
            Some(changes) => Ok(changes.name.as_deref().unwrap_or(name)),
            None => Ok(name),
        }
    }

    fn object(&self, json: &str) -> Result<String, UnknownField> {
        let Ok(Members(members)) = from_str(json) else { return Ok(json.to_string()) };
        let mut out = Vec::new();
        for (name, value) in members {
            let name_here = self.rename(&name)?;
            let value = match self.inner.get(&name) {
                Some(changes) if changes.removed => continue,
                Some(changes) => changes.rewrite(value.get())?,
                None => value.get().to_string(),
            };
            out.push(format!("{}:{value}", quoted(name_here)));
        }
        Ok(format!("{{{}}}", out.join(",")))
    }

    fn list(&self, json: &str) -> Result<String, UnknownField> {
        let (Some(changes), Ok(elements)) = (self.inner.get(ITEMS), from_str::<Vec<&RawValue>>(json)) else {
            return Ok(json.to_string());
        };
        let elements: Vec<String> =
            elements.into_iter().map(|element| changes.rewrite(element.get())).collect::<Result<_, _>>()?;
        Ok(format!("[{}]", elements.join(",")))
    }
}

impl Becomes {
    fn apply(self, json: &str) -> String {
        let text = from_str::<String>(json).ok();
        match (self, text) {
            _ if json == "null" => json.to_string(),
            (Becomes::List, _) => format!("[{json}]"),
            (Becomes::Null, _) => "null".to_string(),
            (Becomes::Text, None) => quoted(json),
            (Becomes::Json, Some(text)) if is_json(&text) => text,
            (Becomes::Number, Some(text)) => number(&text).unwrap_or_else(|| json.to_string()),
            (Becomes::Number, None) if json == "true" => "1".to_string(),
            (Becomes::Number, None) if json == "false" => "0".to_string(),
            _ => json.to_string(),
        }
    }
}

/// The digits of a text, or the milliseconds of a time.
fn number(text: &str) -> Option<String> {
    if matches!(from_str(text), Ok(Value::Number(_))) {
        return Some(text.to_string());
    }
    let time: Time = text.replace(' ', "T").parse().ok()?;
    Some(time.as_millis().to_string())
}

fn is_json(text: &str) -> bool {
    from_str::<&RawValue>(text).is_ok()
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The members of an object in their order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
