//! The arguments of a tool.

use crate::guard::Refusal;
use serde_json::{Map, Value};

/// The arguments of a tool, each of which is taken once.
pub struct Arguments(Map<String, Value>);

impl Arguments {
    pub fn new(given: Map<String, Value>) -> Self {
        Self(given)
    }

    /// A text that must be there.
    pub fn text(&mut self, name: &str) -> Result<String, Refusal> {
        self.text_if_any(name)?.ok_or_else(|| Refusal::invalid(format!("`{name}` is missing")))
    }

    /// A text, or a number for ids that are given as one.
    pub fn text_if_any(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Number(number)) if number.is_u64() => Ok(Some(number.to_string())),
            Some(_) => Err(Refusal::invalid(format!("`{name}` is no text"))),
        }
    }

    pub fn flag(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(Refusal::invalid(format!("`{name}` is neither true nor false"))),
        }
    }

    pub fn number(&mut self, name: &str, least: u64, most: u64, usual: u64) -> Result<u64, Refusal> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(usual),
            Some(value) => value
                .as_u64()
                .filter(|number| (least..=most).contains(number))
                .ok_or_else(|| Refusal::invalid(format!("`{name}` is no whole number from {least} to {most}"))),
        }
    }

    /// The parameters of a call: an object, or its JSON text, as some models write it.
    pub fn params(&mut self) -> Result<Map<String, Value>, Refusal> {
        let wrong = || Refusal::invalid("`params` is no object: describe_call has the fields of a call");
        match self.0.remove("params") {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(params)) => Ok(params),
            Some(Value::String(json)) => serde_json::from_str(&json).map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        }
    }

    /// That nothing is left: a name that nobody reads may be a limit that somebody wants.
    pub fn end(&self) -> Result<(), Refusal> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(Refusal::invalid(format!("`{name}` is no argument of this tool"))),
        }
    }
}
