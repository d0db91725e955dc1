//! JSON whose fields keep their order and whose numbers keep their digits.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A JSON value. Fields stand in the order in which they were added.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// An object of fields and values.
#[macro_export]
macro_rules! object {
    ($($key:expr => $value:expr),* $(,)?) => {
        $crate::json::Json::Object(vec![$(($key.to_string(), $crate::json::Json::from($value))),*])
    };
}

/// A list of values.
#[macro_export]
macro_rules! list {
    ($($value:expr),* $(,)?) => {
        $crate::json::Json::List(vec![$($crate::json::Json::from($value)),*])
    };
}

impl Json {
    /// Reads a document.
    ///
    /// # Errors
    /// Passes on why the text is no JSON.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        Ok(match text.trim_start().as_bytes().first() {
            Some(b'{') => {
                let Fields(fields) = serde_json::from_str(text)?;
                let fields = fields.into_iter().map(|(name, raw)| Ok((name, Self::parse(raw.get())?)));
                Self::Object(fields.collect::<serde_json::Result<_>>()?)
            }
            Some(b'[') => {
                let items: Vec<Box<RawValue>> = serde_json::from_str(text)?;
                Self::List(items.iter().map(|raw| Self::parse(raw.get())).collect::<serde_json::Result<_>>()?)
            }
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            _ => match serde_json::from_str(text)? {
                None => Self::Null,
                Some(serde_json::Value::Bool(value)) => Self::Bool(value),
                Some(_) => Self::Number(text.trim().to_string()),
            },
        })
    }

    /// The object with one more field at its end.
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        if let Self::Object(fields) = &mut self {
            fields.push((key.to_string(), value.into()));
        }
        self
    }

    /// The object with one more field, if there is a value for it.
    pub fn with_some(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The value of a field.
    pub fn field(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Object(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value with every list cut to its first element.
    pub fn shortened(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().take(1).map(Self::shortened).collect()),
            Self::Object(fields) => {
                Self::Object(fields.into_iter().map(|(name, value)| (name, value.shortened())).collect())
            }
            scalar => scalar,
        }
    }

    /// The document on many lines, indented by two spaces.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out
    }

    /// The document on one line.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    fn write(&self, out: &mut String, level: Option<usize>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::Object(fields) if fields.is_empty() => out.push_str("{}"),
            Self::List(items) => {
                // Lists of words read best on one line.
                let level = level.filter(|_| items.iter().any(|item| matches!(item, Self::List(_) | Self::Object(_))));
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(out, index, level);
                    item.write(out, level.map(|level| level + 1));
                }
                close(out, level, ']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (index, (name, value)) in fields.iter().enumerate() {
                    separate(out, index, level);
                    out.push_str(&quoted(name));
                    out.push_str(if level.is_some() { ": " } else { ":" });
                    value.write(out, level.map(|level| level + 1));
                }
                close(out, level, '}');
            }
        }
    }
}

fn separate(out: &mut String, index: usize, level: Option<usize>) {
    if index > 0 {
        out.push(',');
    }
    match level {
        Some(level) => new_line(out, level + 1),
        None if index > 0 => out.push(' '),
        None => {}
    }
}

fn close(out: &mut String, level: Option<usize>, bracket: char) {
    if let Some(level) = level {
        new_line(out, level);
    }
    out.push(bracket);
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.to_string())
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(value: Vec<T>) -> Self {
        Self::List(value.into_iter().map(Into::into).collect())
    }
}

/// An object's fields in their order.
struct Fields(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = map.next_entry()? {
            fields.push(entry);
        }
        Ok(Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_stay() {
        let text = r#"{"b":[1034499579120189839,12.50,{"z":null,"a":true}],"a":"\u4e2d"}"#;
        let json = Json::parse(text).unwrap();
        assert_eq!(json.compact(), r#"{"b":[1034499579120189839, 12.50, {"z":null, "a":true}], "a":"中"}"#);
        assert_eq!(Json::parse(&json.pretty()).unwrap(), json);
    }

    #[test]
    fn lists_are_cut_to_their_first_element_at_every_level() {
        let json = Json::parse(r#"{"a":[[1,2],[3]],"b":[]}"#).unwrap();
        assert_eq!(json.shortened().compact(), r#"{"a":[[1]], "b":[]}"#);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1,]", "nul", "01"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }
}
