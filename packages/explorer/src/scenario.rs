//! Scenarios: calls, and what a seller or a carrier does, one after the other, with what must come of them.

use crate::calls;
use crate::control::Control;
use crate::target::{Called, Target};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;
use xportcn::Error;

/// Steps that are done one after the other, on a sandbox.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    name: String,
    steps: Vec<Step>,
}

/// A step: a call, or something that is done to the sandbox.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    #[serde(default)]
    about: String,
    call: Option<String>,
    params: Option<Value>,
    sandbox: Option<String>,
    body: Option<Value>,
    /// Values of the answer that later steps name, by their JSON pointers.
    #[serde(default)]
    keep: Map<String, Value>,
    /// Values of the answer, by their JSON pointers.
    #[serde(default)]
    expect: Map<String, Value>,
    /// The code with which the call must be refused.
    refused: Option<String>,
}

/// Why a text is no scenario.
#[derive(Debug)]
pub struct InvalidScenario(String);

/// How a step went.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Told {
    /// Its number, from 1.
    pub step: usize,
    /// What it does, in the scenario's words, or the call.
    pub about: String,
    /// Why it went otherwise than the scenario says; the steps after it are not done.
    pub failed: Option<String>,
    /// The call as the page gets it, or the sandbox's answer.
    pub answer: Value,
}

impl Scenario {
    /// Reads a scenario:
    ///
    /// ```
    /// let scenario = xportcn_explorer::Scenario::parse(r#"{
    ///     "name": "A product that there is not",
    ///     "steps": [{"call": "taobao.order.get", "params": {"orderId": "1"}, "refused": "42001"}]
    /// }"#)?;
    /// assert_eq!(scenario.name(), "A product that there is not");
    /// # Ok::<(), xportcn_explorer::InvalidScenario>(())
    /// ```
    ///
    /// # Errors
    /// Refuses what is no JSON of this form, and steps that do nothing or two things.
    pub fn parse(json: &str) -> Result<Self, InvalidScenario> {
        let scenario: Self = serde_json::from_str(json).map_err(|error| InvalidScenario(error.to_string()))?;
        for (at, step) in scenario.steps.iter().enumerate() {
            step.check().map_err(|reason| InvalidScenario(format!("step {}: {reason}", at + 1)))?;
        }
        Ok(scenario)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Does the steps on a sandbox, and tells how each went. Gives whether all went as they must.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong; the platform itself has no scenarios.
    pub async fn run(&self, target: Target, told: impl FnMut(Told)) -> Result<bool, Error> {
        Ok(self.play(&target.call()?, told).await)
    }

    pub(crate) async fn play(&self, called: &Called, mut told: impl FnMut(Told)) -> bool {
        let mut kept = Map::new();
        for (at, step) in self.steps.iter().enumerate() {
            let (answer, result) = step.take(called, &mut kept).await;
            let failed = result.err();
            let ends = failed.is_some();
            told(Told { step: at + 1, about: step.about(), failed, answer });
            if ends {
                return false;
            }
        }
        true
    }
}

impl Step {
    fn check(&self) -> Result<(), String> {
        match (&self.call, &self.sandbox) {
            (Some(id), None) => drop(xportcn::endpoint(id).map_err(|error| error.to_string())?),
            (None, Some(_)) => {}
            _ => return Err("give a call, or what is done to the sandbox".to_string()),
        }
        if self.call.is_some() && self.body.is_some() {
            return Err("a call has params, and no body".to_string());
        }
        if self.sandbox.is_some() && (self.params.is_some() || self.refused.is_some()) {
            return Err("what is done to the sandbox has a body, and is not refused".to_string());
        }
        if self.keep.values().any(|pointer| !pointer.is_string()) {
            return Err("keep has JSON pointers".to_string());
        }
        let mut pointers = self.keep.values().filter_map(Value::as_str).chain(self.expect.keys().map(String::as_str));
        match pointers.find(|pointer| !pointer.starts_with('/')) {
            Some(wrong) => Err(format!("{wrong} is no JSON pointer, as /orderList/0/purchaseId")),
            None => Ok(()),
        }
    }

    fn about(&self) -> String {
        let does = || self.call.as_ref().or(self.sandbox.as_ref()).cloned().unwrap_or_default();
        if self.about.is_empty() { does() } else { self.about.clone() }
    }

    /// Does it, and gives the answer with what is wrong with it.
    async fn take(&self, called: &Called, kept: &mut Map<String, Value>) -> (Value, Result<(), String>) {
        match (&self.call, &self.sandbox, &called.control) {
            (Some(id), ..) => {
                let params = filled(self.params.clone().unwrap_or_else(|| Map::new().into()), kept);
                let seen = calls::call(&called.client, id, &params.to_string()).await;
                let result = self.judge_call(&seen, kept);
                (seen, result)
            }
            (None, Some(path), Some(control)) => self.act(control, path, kept).await,
            _ => (Value::Null, Err("there is no sandbox".into())),
        }
    }

    fn judge_call(&self, seen: &Value, kept: &mut Map<String, Value>) -> Result<(), String> {
        let said = seen["error"]["text"].as_str();
        match (&self.refused, said) {
            (None, None) => {}
            (None, Some(said)) => return Err(said.to_string()),
            (Some(code), None) => return Err(format!("it was not refused with {code}")),
            (Some(code), Some(_)) if seen["error"]["code"] == code.as_str() => return Ok(()),
            (Some(code), Some(said)) => return Err(format!("it was not refused with {code}: {said}")),
        }
        let data = seen["data"].as_str().and_then(|data| serde_json::from_str(data).ok()).unwrap_or_default();
        self.judge(&data, kept)
    }

    async fn act(&self, control: &Control, path: &str, kept: &mut Map<String, Value>) -> (Value, Result<(), String>) {
        let path = filled(Value::from(path), kept);
        let body = filled(self.body.clone().unwrap_or_else(|| Map::new().into()), kept);
        match control.act(path.as_str().unwrap_or_default(), Bytes::from(body.to_string())).await {
            Ok((status, answer)) => {
                let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
                let result = if status.is_success() {
                    self.judge(&answer, kept)
                } else {
                    Err(format!("the sandbox refused it: {}", answer["msg"].as_str().unwrap_or_default()))
                };
                (answer, result)
            }
            Err(error) => (Value::Null, Err(error.to_string())),
        }
    }

    /// Compares what is expected, and keeps what later steps name.
    fn judge(&self, answer: &Value, kept: &mut Map<String, Value>) -> Result<(), String> {
        for (pointer, wanted) in &self.expect {
            let wanted = filled(wanted.clone(), kept);
            let found = answer.pointer(pointer);
            if found != Some(&wanted) {
                return Err(format!("{pointer} is {}, not {wanted}", found.unwrap_or(&Value::Null)));
            }
        }
        for (name, pointer) in &self.keep {
            let pointer = pointer.as_str().unwrap_or_default();
            match answer.pointer(pointer) {
                None | Some(Value::Null) => return Err(format!("there is no {pointer} in the answer")),
                Some(value) => drop(kept.insert(name.clone(), value.clone())),
            }
        }
        Ok(())
    }
}

/// A value in which `{name}` is what was kept by this name: a text that is no more than that becomes the value itself.
fn filled(value: Value, kept: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => {
            let whole = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).and_then(|name| kept.get(name));
            whole.cloned().unwrap_or_else(|| {
                let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
                let filled =
                    kept.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), &said(value)));
                Value::from(filled)
            })
        }
        Value::Array(values) => values.into_iter().map(|value| filled(value, kept)).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, filled(value, kept))).collect(),
        other => other,
    }
}

impl fmt::Display for InvalidScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidScenario {}
