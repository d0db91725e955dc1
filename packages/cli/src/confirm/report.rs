//! What was found, without a value of anybody's.

use super::judge::{Class, End, Looks};
use super::mask::masked;
use super::plan::Place;
use super::probe::Answer;
use super::references::References;
use serde_json::{Map, Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use xportcn::{Config, Endpoint};

/// A run.
pub struct Report {
    /// Whether it was the platform itself, and not a sandbox or another server.
    is_platform: bool,
    day: String,
    control: Control,
    absent: Look,
    other_method: Option<Look>,
    skew_ms: i64,
    pub calls: usize,
    pub end: Option<End>,
    pub rows: Vec<Tried>,
    pub references: References,
}

/// The call that was accepted.
pub struct Control {
    pub id: &'static str,
    pub unit: &'static str,
    pub status: u16,
    pub latency_ms: u128,
}

/// A row that was tried.
pub struct Tried {
    pub endpoint: &'static Endpoint,
    pub tries: Vec<Try>,
    pub found: Option<Place>,
    why_not: Option<&'static str>,
}

/// One call.
pub struct Try {
    pub place: Place,
    pub class: Option<Class>,
    pub why_not: Option<String>,
    arguments: &'static str,
    look: Option<Look>,
    latency_ms: u128,
    pub shape: Value,
}

/// What of an answer may be shown beside its shape.
pub struct Look {
    pub status: u16,
    pub content: &'static str,
    pub code: Option<String>,
    pub message: String,
}

/// The version of the report's form.
const FORM: u32 = 1;

impl Report {
    pub fn new(config: &Config, control: Control, looks: &Looks, skew_ms: i64) -> Self {
        let endpoint = xportcn::catalogue::find(control.id).unwrap_or(xportcn::catalogue::ENDPOINTS[0]);
        Self {
            is_platform: config.base_url == Config::BASE_URL,
            day: today(),
            control,
            absent: Look::of(endpoint, &looks.absent),
            other_method: looks.other_method.as_ref().map(|answer| Look::of(endpoint, answer)),
            skew_ms,
            calls: 0,
            end: None,
            rows: Vec::new(),
            references: References::default(),
        }
    }

    /// The paths that were found where the tables have others, as the setting `paths` takes them.
    pub fn paths(&self) -> String {
        let found = self.rows.iter().filter_map(|row| row.found.as_ref()).filter(|place| !place.is_the_tables());
        let paths: Map<String, Value> = found.map(|place| (place.id().to_string(), place.setting().into())).collect();
        serde_json::to_string_pretty(&paths).unwrap_or_default()
    }

    pub fn json(&self) -> String {
        let report = json!({
            "form": FORM,
            "version": env!("CARGO_PKG_VERSION"),
            "day": self.day,
            "platform": if self.is_platform { "xportcn" } else { "other" },
            "controls": {
                "accepted": {
                    "row": self.control.id,
                    "status": self.control.status,
                    "timestampUnit": self.control.unit,
                    "latencyMs": millis(self.control.latency_ms),
                },
                "absent": self.absent.json(),
                "otherMethod": self.other_method.as_ref().map(Look::json),
            },
            "clockSkewSeconds": self.skew_ms / 1000,
            "calls": self.calls,
            "end": self.end.map(End::as_str),
            "references": self.references.json(),
            "rows": self.rows.iter().map(Tried::json).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&report).unwrap_or_default()
    }

    /// What stands above the table of the page: in the order in which it is read.
    pub fn head(&self) -> Vec<(&'static str, String)> {
        let mut head = vec![
            ("Day", self.day.clone()),
            ("Platform", if self.is_platform { "Xportcn".into() } else { "another server, as a sandbox".to_string() }),
            (
                "Signature",
                format!("taken: {} was accepted, with the timestamp in {}", self.control.id, self.control.unit),
            ),
            ("Absent looks like", self.absent.words()),
        ];
        if let Some(look) = &self.other_method {
            head.push(("Another method looks like", look.words()));
        }
        head.push(("Clock", format!("the platform's is {} s ahead", self.skew_ms / 1000)));
        head.push(("Calls", self.calls.to_string()));
        if let Some(end) = self.end {
            head.push(("Ended early", end.as_str().to_string()));
        }
        head
    }
}

impl Control {
    pub fn new(endpoint: &'static Endpoint, unit: &'static str, answer: &Answer) -> Self {
        Self { id: endpoint.id, unit, status: answer.status, latency_ms: answer.latency.as_millis() }
    }
}

impl Tried {
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Self { endpoint, tries: Vec::new(), found: None, why_not: None }
    }

    pub fn not(endpoint: &'static Endpoint, why: &'static str) -> Self {
        Self { why_not: Some(why), ..Self::new(endpoint) }
    }

    /// What is known of the row, in one word.
    pub fn result(&self) -> &'static str {
        let last = self.tries.iter().rev();
        let found = last.clone().find_map(|attempt| attempt.class.filter(|class| class.is_found()));
        match found.or_else(|| last.clone().find_map(|attempt| attempt.class)) {
            Some(class) => class.as_str(),
            None => "not tried",
        }
    }

    /// Why it was not tried, if it was not.
    pub fn why_not(&self) -> Option<&str> {
        self.why_not.or_else(|| self.tries.last().and_then(|last| last.why_not.as_deref()))
    }

    /// The call that found it.
    pub fn finding(&self) -> Option<&Try> {
        self.tries.iter().rev().find(|attempt| attempt.class == Some(Class::Exists))
    }

    fn json(&self) -> Value {
        json!({
            "id": self.endpoint.id,
            "evidence": self.endpoint.evidence.path.as_str(),
            "result": self.result(),
            "why": self.why_not(),
            "found": self.found.as_ref().map(|place| json!({"method": place.method().as_str(), "path": place.path()})),
            "tries": self.tries.iter().map(Try::json).collect::<Vec<_>>(),
        })
    }
}

impl Try {
    pub fn new(endpoint: &Endpoint, place: &Place, class: Class, arguments: &'static str, answer: &Answer) -> Self {
        Self {
            place: place.clone(),
            class: Some(class),
            why_not: None,
            arguments,
            look: Some(Look::of(endpoint, answer)),
            latency_ms: answer.latency.as_millis(),
            shape: answer.shape.clone(),
        }
    }

    pub fn not(place: &Place, why: &str) -> Self {
        let why_not = Some(why.to_string());
        Self {
            place: place.clone(),
            class: None,
            why_not,
            arguments: "",
            look: None,
            latency_ms: 0,
            shape: Value::Null,
        }
    }

    fn json(&self) -> Value {
        json!({
            "method": self.place.method().as_str(),
            "path": self.place.path(),
            "evidence": self.place.evidence(),
            "class": self.class.map_or("not tried", Class::as_str),
            "why": self.why_not,
            "arguments": self.arguments,
            "answer": self.look.as_ref().map(Look::json),
            "latencyMs": millis(self.latency_ms),
            "shape": self.shape["body"],
        })
    }
}

impl Look {
    fn of(endpoint: &Endpoint, answer: &Answer) -> Self {
        let is_shown = |code: &String| code.len() <= 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            status: answer.status,
            content: answer.content,
            code: answer.code.as_ref().map(|code| if is_shown(code) { code.clone() } else { "other".to_string() }),
            message: masked(&answer.message, endpoint),
        }
    }

    fn json(&self) -> Value {
        json!({"status": self.status, "content": self.content, "code": self.code, "message": self.message})
    }

    fn words(&self) -> String {
        let code = self.code.as_ref().map(|code| format!(", code {code}")).unwrap_or_default();
        let message = if self.message.is_empty() { String::new() } else { format!(", \"{}\"", self.message) };
        format!("HTTP {}, {}{code}{message}", self.status, self.content)
    }
}

fn millis(millis: u128) -> u64 {
    u64::try_from(millis).unwrap_or(u64::MAX)
}

/// The day, in UTC.
fn today() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    humantime::format_rfc3339(UNIX_EPOCH + now).to_string().chars().take(10).collect()
}
