//! Faults as JSON, with a rule for each kind of call.

use super::{Delay, Faults, InvalidFaults, Kind, Rule, When, per_million};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct File {
    #[serde(default)]
    seed: u64,
    slow_ms: Option<u64>,
    refuse_ms: Option<u64>,
    late_ms: Option<Span>,
    retry_after: Option<u32>,
    rules: Vec<FileRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FileRule {
    endpoint: Option<String>,
    path: Option<String>,
    kinds: Vec<String>,
    rate: Option<f64>,
    when: Option<String>,
    count: Option<u64>,
    skip: Option<u64>,
    show_after_ms: Option<Span>,
}

/// Milliseconds as a number, or as text that may be a range.
#[derive(Deserialize)]
#[serde(untagged)]
enum Span {
    Number(u64),
    Text(String),
}

pub(super) fn parse(json: &str) -> Result<Faults, InvalidFaults> {
    let file: File = serde_json::from_str(json).map_err(|error| InvalidFaults(error.to_string()))?;
    let mut faults = Faults { seed: file.seed, retry_after: file.retry_after, ..Faults::none() };
    faults.slow = file.slow_ms.map_or(faults.slow, Duration::from_millis);
    faults.refuse = file.refuse_ms.map_or(faults.refuse, Duration::from_millis);
    faults.late = file.late_ms.map_or(Ok(faults.late), Span::read)?;
    for (index, rule) in file.rules.into_iter().enumerate() {
        let rule = rule.read().map_err(|InvalidFaults(reason)| InvalidFaults(format!("rules[{index}]: {reason}")))?;
        faults.rules.push(rule);
    }
    Ok(faults)
}

impl Faults {
    /// The rules, as they are given in a file.
    pub(super) fn rules_shown(&self) -> Vec<Value> {
        self.rules.iter().map(Rule::shown).collect()
    }
}

impl Rule {
    fn shown(&self) -> Value {
        let mut shown = json!({
            "kinds": self.kinds.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "rate": share(self.per_million),
            "when": match self.when {
                When::After => "after",
                When::Before => "before",
                When::Either => "either",
                When::Within => "within",
            },
            "skip": self.skip,
        });
        if let Some(of) = &self.of {
            shown[if of.starts_with('/') { "path" } else { "endpoint" }] = of.as_str().into();
        }
        if self.count < u64::MAX {
            shown["count"] = self.count.into();
        }
        shown
    }
}

/// A number of calls of a million, as a share.
fn share(per_million: u64) -> f64 {
    u32::try_from(per_million).map_or(1.0, |calls| f64::from(calls) / 1_000_000.0)
}

impl FileRule {
    fn read(self) -> Result<Rule, InvalidFaults> {
        if self.kinds.is_empty() {
            return Err(InvalidFaults("kinds must not be empty".to_string()));
        }
        if self.endpoint.is_some() && self.path.is_some() {
            return Err(InvalidFaults("give an endpoint or a path, not both".to_string()));
        }
        let mut rule = Rule::new(self.kinds.iter().map(|kind| Kind::parse(kind)).collect::<Result<_, _>>()?);
        rule.of = self.endpoint.or(self.path);
        rule.per_million = self.rate.map_or(Ok(rule.per_million), per_million)?;
        rule.when = self.when.as_deref().map_or(Ok(rule.when), When::parse)?;
        rule.count = self.count.unwrap_or(rule.count);
        rule.skip = self.skip.unwrap_or(rule.skip);
        rule.show_after = self.show_after_ms.map(Span::read).transpose()?;
        Ok(rule)
    }
}

impl Span {
    fn read(self) -> Result<Delay, InvalidFaults> {
        match self {
            Span::Number(millis) => Ok(Delay::of_ms(millis)),
            Span::Text(text) => Ok(text.parse::<Delay>()?),
        }
    }
}
