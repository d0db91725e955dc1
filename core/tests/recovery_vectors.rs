//! Searches for lost writes, writes that are seen to their end, and waits for states, step by step: `tests/vectors`.

mod cases;

use cases::{Named, named, run, same};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::time::Duration;
use xportcn_core::endpoint::Safety;
use xportcn_core::{
    Config, Core, Error, Recovery, RecoveryStep, RetryPolicy, Settle, SettleStep, Settled, Ticket, Wait, WaitStep,
    Waited, catalogue,
};

#[test]
fn searches_go_as_the_vectors_say() {
    run("search.json", goes_as_told);
}

#[test]
fn waits_go_as_the_vectors_say() {
    run("wait.json", goes_as_told);
}

fn goes_as_told(head: &Head, search: &Search) -> Result<(), String> {
    let core = head.account.core(&search.paths)?;
    let mut machine = match (search.begin(&core), &search.error) {
        (Ok(machine), None) => machine,
        (Err(Error::InvalidRequest { path, .. }), Some(error)) => return same("path", &path, &error.path),
        (begun, error) => return Err(format!("found {begun:?}, expected {error:?}")),
    };
    for (number, event) in search.steps.iter().enumerate() {
        match event {
            Event::Step { at, expect } => {
                compare(machine.step(*at)?, expect, search).map_err(|wrong| format!("step {number}: {wrong}"))?;
            }
            Event::Report { report } => machine.report(report)?,
            Event::Push { push, expect } => same("wakes", &machine.push(push), &expect.wakes)?,
        }
    }
    Ok(())
}

/// What a host drives.
#[derive(Debug)]
enum Machine {
    Recovery(Box<Recovery>),
    Settle(Box<Settle>),
    Wait(Box<Wait>),
}

#[derive(Debug)]
enum Told {
    Call(&'static str, Safety, String),
    Wait(u64),
    Last,
    Done(String),
}

impl Machine {
    fn step(&mut self, now_ms: u64) -> Result<Told, String> {
        Ok(match self {
            Machine::Recovery(recovery) => match recovery.step(now_ms) {
                RecoveryStep::Look { endpoint, params } => Told::Call(endpoint.id, endpoint.safety, params),
                RecoveryStep::Wait(millis) => Told::Wait(millis),
                RecoveryStep::Done(outcome) => Told::Done(outcome.to_json()),
            },
            Machine::Settle(settle) => match settle.step(now_ms) {
                SettleStep::Call { endpoint, params } => Told::Call(endpoint.id, endpoint.safety, params),
                SettleStep::Wait(millis) => Told::Wait(millis),
                SettleStep::Done(Settled::Answered | Settled::Failed) => Told::Last,
                SettleStep::Done(Settled::Recovered(outcome)) => Told::Done(outcome.to_json()),
                other => return Err(format!("a write without a journal is told {other:?}")),
            },
            Machine::Wait(wait) => match wait.step(now_ms) {
                WaitStep::Look { endpoint, params } => Told::Call(endpoint.id, endpoint.safety, params),
                WaitStep::Wait(millis) => Told::Wait(millis),
                WaitStep::Done(Waited::Failed) => Told::Last,
                WaitStep::Done(waited) => Told::Done(waited.to_json()),
            },
        })
    }

    fn report(&mut self, report: &Report) -> Result<(), String> {
        match (self, report) {
            (Machine::Recovery(recovery), Report::Reply { data, warnings }) => {
                recovery.on_reply(data, &about(warnings))
            }
            (Machine::Settle(settle), Report::Reply { data, warnings }) => settle.on_reply(data, &about(warnings)),
            (Machine::Wait(wait), Report::Reply { data, warnings }) => wait.on_reply(data, &about(warnings)),
            (Machine::Wait(wait), Report::Failure(words)) => wait.on_failure(words, true),
            (Machine::Wait(wait), Report::Refused(words)) => wait.on_failure(words, false),
            (Machine::Recovery(recovery), Report::Failure(words)) => recovery.on_failure(words),
            (Machine::Settle(settle), Report::Failure(words)) => settle.on_failure(words, None),
            (Machine::Settle(settle), Report::Lost(ticket)) => {
                let ticket = Ticket::parse(ticket).map_err(|error| error.to_string())?;
                settle.on_failure("the answer is lost", Some(ticket));
            }
            (_, Report::Lost(_) | Report::Refused(_)) => return Err("it has no such report".to_string()),
        }
        Ok(())
    }
}

impl Machine {
    fn push(&mut self, body: &str) -> bool {
        if let Machine::Wait(wait) = self { wait.on_push(body) } else { false }
    }
}

fn about(warnings: &[Json]) -> String {
    json!({"warnings": warnings}).to_string()
}

fn compare(told: Told, expected: &Expect, search: &Search) -> Result<(), String> {
    match (told, expected) {
        (Told::Call(id, safety, params), Expect::Call(call)) => {
            let is_write = search.settle.as_ref().is_some_and(|write| write.endpoint == call.endpoint);
            same("safety", &safety, if is_write { &Safety::Write } else { &Safety::Read })?;
            same("endpoint", id, call.endpoint.as_str())?;
            same("params", &params, &call.params)
        }
        (Told::Wait(millis), Expect::Wait(expected)) => same("wait", &millis, expected),
        (Told::Last, Expect::Last(true)) => Ok(()),
        (Told::Done(outcome), Expect::Done(expected)) => ended(&outcome, expected),
        (found, _) => Err(format!("found {found:?}, expected {expected:?}")),
    }
}

fn ended(outcome: &str, expected: &Done) -> Result<(), String> {
    let found: Json = serde_json::from_str(outcome).map_err(|error| error.to_string())?;
    let member = |name: &str| found.get(name).cloned().unwrap_or_default();
    let wanted = |value: &Option<Vec<Json>>| value.clone().map(Json::Array).unwrap_or_default();
    same("outcome", &member("outcome"), &Json::String(expected.outcome.clone()))?;
    same("found", &member("found"), &expected.found.clone().unwrap_or_default())?;
    same("missing", &member("missing"), &wanted(&expected.missing))?;
    let reason = member("reason");
    let is_said = |words: &&String| !reason.as_str().unwrap_or_default().contains(words.as_str());
    match expected.reason.iter().flatten().find(is_said) {
        Some(words) => Err(format!("`{words}` is not in {reason}")),
        None => same("no reason", &reason.is_null(), &expected.reason.is_none()),
    }
}

named!(Search);

#[derive(Deserialize)]
struct Head {
    account: Account,
}

#[derive(Deserialize)]
struct Account {
    access_key: String,
    access_secret: String,
    user_id: String,
}

impl Account {
    fn core(&self, paths: &BTreeMap<String, String>) -> Result<Core, String> {
        let mut config = Config::new(self.access_key.as_str(), self.access_secret.as_str(), self.user_id.as_str());
        config.paths.extend(paths.clone());
        Core::new(config).map_err(|error| error.to_string())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    name: String,
    ticket: Option<String>,
    settle: Option<Write>,
    wait: Option<Goal>,
    window: u64,
    #[serde(default)]
    paths: BTreeMap<String, String>,
    steps: Vec<Event>,
    error: Option<Refused>,
}

impl Search {
    fn begin(&self, core: &Core) -> Result<Machine, Error> {
        let window = Duration::from_millis(self.window);
        if let Some(write) = &self.settle {
            let endpoint = catalogue::endpoint(&write.endpoint)?;
            let policy =
                RetryPolicy { recovery_window: window, retry_after_recovery: write.again, ..RetryPolicy::default() };
            let settle = Settle::new(core, endpoint, &write.params, &policy)?;
            return Ok(Machine::Settle(Box::new(settle)));
        }
        if let Some(Goal { of, state, id }) = &self.wait {
            let policy = RetryPolicy { wait_timeout: window, ..RetryPolicy::default() };
            return Ok(Machine::Wait(Box::new(Wait::new(of, state, id, &policy)?)));
        }
        let ticket = Ticket::parse(self.ticket.as_deref().unwrap_or_default())?;
        Ok(Machine::Recovery(Box::new(Recovery::new(core, ticket, window)?)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Write {
    endpoint: String,
    params: String,
    again: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Goal {
    of: String,
    state: String,
    id: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    path: String,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Event {
    Step { at: u64, expect: Expect },
    Report { report: Report },
    Push { push: String, expect: Woken },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Woken {
    wakes: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Report {
    Reply {
        data: String,
        warnings: Vec<Json>,
    },
    Failure(String),
    /// It is no use to try again.
    Refused(String),
    /// Of a write that may have been carried out: the ticket of its error.
    Lost(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Expect {
    Call(Call),
    Wait(u64),
    Last(bool),
    Done(Done),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    endpoint: String,
    params: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Done {
    outcome: String,
    found: Option<Json>,
    missing: Option<Vec<Json>>,
    reason: Option<Vec<String>>,
}
