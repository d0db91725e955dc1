//! Waits until an order or a refund comes into a state, as a state machine without I/O. It only ever reads.
//!
//! The contract is that of [`Recovery`](super::Recovery): the host calls [`Wait::step`] and does what it says, and reports
//! what came of a call once. While it waits, a message that the platform pushes can be given to [`Wait::on_push`].
//!
//! - It looks at once, and again with growing pauses until the time is over. A message on the object is a sign to look, no
//!   proof: messages may come late, twice and in any order.
//! - It ends early in a state from which the wanted one cannot come.
//! - An object that does not show yet is waited for too: a platform may show it late.
//! - Where no row answers, three times in a row, and it is no use to try again, it ends with the last error.

use super::clock::Clock;
use super::look::State;
use super::request::{Written, scalar};
use super::round::{Asked, Before, Round};
use super::{FIRST_PAUSE_MS, LONGEST_PAUSE_MS, look};
use crate::api::goals;
use crate::call::retry::{RetryPolicy, millis};
use crate::effect::FoundBy;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::goal::Goal;
use crate::json::{members, write_key, write_text};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What the host does next.
#[derive(Debug)]
pub enum WaitStep {
    /// Make this call, and report what came of it.
    Look {
        /// The endpoint, which only reads.
        endpoint: &'static Endpoint,
        /// Its parameters, as JSON.
        params: String,
    },
    /// Wait this many milliseconds, or until [`Wait::on_push`] is true; then call [`Wait::step`] again.
    Wait(u64),
    /// The end.
    Done(Waited),
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Waited {
    /// The state is reached.
    Reached {
        /// The order or the refund, in canonical JSON.
        found: String,
    },
    /// The state cannot come any more.
    Never {
        /// The order or the refund, in canonical JSON.
        found: String,
    },
    /// The time is over, and the state is not reached.
    TimedOut {
        /// The order or the refund as it was last seen, in canonical JSON; absent if it was not seen.
        found: Option<String>,
        /// Why it was not seen in the last look, if a call failed.
        reason: Option<String>,
    },
    /// The calls that would show it failed: the error is the one that was reported last.
    Failed,
}

/// Waits until one order or refund comes into a state.
#[derive(Debug)]
pub struct Wait {
    goal: &'static Goal,
    /// The id of the object.
    id: String,
    timeout_ms: u64,
    /// When the time is over; absent before the first step.
    end_ms: Option<u64>,
    pause_ms: u64,
    phase: Phase,
    /// The object as it was last seen.
    last: Option<String>,
    /// Whether a call of this look was answered, or may be another time.
    may_help: bool,
    /// Looks one after the other of which nothing came, nor would.
    hopeless: u32,
    /// Whether a message came within the look.
    is_woken: bool,
    looks: u32,
    clock: Clock,
}

#[derive(Debug)]
enum Phase {
    Waiting { until_ms: u64 },
    Looking(Box<Round>),
    Over(Waited),
}

const MOST_HOPELESS: u32 = 3;
/// How deep a pushed message is looked through for the id.
const DEEPEST: usize = 8;

impl Waited {
    /// As JSON: `outcome` is `reached`, `never`, `timed out` or `failed`, and the members are those that it has.
    pub fn to_json(&self) -> String {
        let (name, found, reason) = match self {
            Waited::Reached { found } => ("reached", Some(found), None),
            Waited::Never { found } => ("never", Some(found), None),
            Waited::TimedOut { found, reason } => ("timed out", found.as_ref(), reason.as_ref()),
            Waited::Failed => ("failed", None, None),
        };
        let mut out = String::from("{\"outcome\":");
        write_text(name, &mut out);
        if let Some(found) = found {
            write_key("found", false, &mut out);
            out.push_str(found);
        }
        if let Some(reason) = reason {
            write_key("reason", false, &mut out);
            write_text(reason, &mut out);
        }
        out.push('}');
        out
    }
}

impl Wait {
    /// Begins to wait for a state. `of` is the group, as `taobao.order`; `id` is JSON: the id of the order or the refund, or
    /// an object that holds it under its name.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the group, the state or the field that is wrong.
    pub fn new(of: &str, name: &str, id: &str, policy: &RetryPolicy) -> Result<Self, Error> {
        let goal = goal(of, name)?;
        Ok(Self::of(goal, id_of(goal, id)?, policy))
    }

    /// As [`Wait::new`], with the id as it is.
    ///
    /// # Errors
    /// As for [`Wait::new`].
    pub fn for_id(of: &str, name: &str, id: &str, policy: &RetryPolicy) -> Result<Self, Error> {
        let goal = goal(of, name)?;
        match id.trim() {
            "" => Err(refused(goal.id, &["is required"])),
            id => Ok(Self::of(goal, id.to_string(), policy)),
        }
    }

    fn of(goal: &'static Goal, id: String, policy: &RetryPolicy) -> Self {
        Self {
            goal,
            id,
            timeout_ms: millis(policy.wait_timeout),
            end_ms: None,
            pause_ms: FIRST_PAUSE_MS,
            phase: Phase::Waiting { until_ms: 0 },
            last: None,
            may_help: false,
            hopeless: 0,
            is_woken: false,
            looks: 0,
            clock: Clock::default(),
        }
    }

    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970.
    pub fn step(&mut self, now_ms: u64) -> WaitStep {
        let now_ms = self.clock.step(now_ms);
        let end_ms = *self.end_ms.get_or_insert(now_ms.saturating_add(self.timeout_ms));
        loop {
            match &mut self.phase {
                Phase::Over(waited) => return WaitStep::Done(waited.clone()),
                Phase::Waiting { until_ms } if now_ms < *until_ms => {
                    return WaitStep::Wait(self.clock.wait(*until_ms));
                }
                Phase::Waiting { .. } => {
                    let round = Round::new(FoundBy::Id(&[]), self.goal.shown_by, [false].into_iter(), now_ms >= end_ms);
                    self.may_help = false;
                    self.looks += 1;
                    self.phase = Phase::Looking(Box::new(round));
                }
                Phase::Looking(round) => {
                    let written = written(self.goal);
                    if let Some(Asked { endpoint, params }) =
                        written.and_then(|written| round.next(&written, &[&self.id]))
                    {
                        return WaitStep::Look { endpoint, params };
                    }
                    self.end_round(now_ms, end_ms);
                }
            }
        }
    }

    /// Reports the reply to the call: its data in canonical JSON, and what came with it, as
    /// [`reply_json`](crate::host::reply_json) writes it.
    pub fn on_reply(&mut self, data: &str, about: &str) {
        if let (Phase::Looking(round), Some(written)) = (&mut self.phase, written(self.goal)) {
            self.may_help = true;
            round.take(data, about, &written, &[&self.id], Before { first_ms: 0, seen: "" });
        }
    }

    /// Reports that the call has no reply: why, in a sentence, and whether it may help to try again.
    pub fn on_failure(&mut self, error: &str, is_retryable: bool) {
        if let Phase::Looking(round) = &mut self.phase {
            self.may_help |= is_retryable;
            round.fail(error);
        }
    }

    /// Takes the content of a pushed message, in canonical JSON. True if it is on the object that is waited for: then it is
    /// looked at in the next step.
    pub fn on_push(&mut self, body: &str) -> bool {
        let is_on_it = look::is_said(body, &self.id, DEEPEST);
        if is_on_it {
            self.pause_ms = FIRST_PAUSE_MS;
            match &mut self.phase {
                Phase::Waiting { until_ms } => *until_ms = 0,
                // What this look has seen may be older than the message.
                Phase::Looking(_) => self.is_woken = true,
                Phase::Over(_) => {}
            }
        }
        is_on_it
    }

    /// What is waited for.
    pub fn goal(&self) -> &'static Goal {
        self.goal
    }

    /// The order or the refund as it was last seen, in canonical JSON.
    pub fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// The state in which the order or the refund was last seen, as its field and the platform's word: `orderStatus 0`.
    pub fn shown(&self) -> Option<String> {
        let last = self.last.as_deref()?;
        let signs = self.goal.shown_by.iter().flat_map(|shown| shown.done);
        signs.filter_map(|sign| Some([sign.field, " ", look::texts(last, sign.field).first()?].concat())).next()
    }

    /// Looks that have been begun.
    pub fn looks(&self) -> u32 {
        self.looks
    }

    fn end_round(&mut self, now_ms: u64, end_ms: u64) {
        let waiting = Phase::Waiting { until_ms: 0 };
        let Phase::Looking(mut round) = ::core::mem::replace(&mut self.phase, waiting) else { return };
        let state = round.seen.first().and_then(|seen| seen.state);
        let found = round.seen.first_mut().and_then(|seen| seen.found.pop()).map(|(object, _)| object);
        let failure = round.rows.iter_mut().find_map(|row| row.failure.take());
        self.hopeless = if self.may_help { 0 } else { self.hopeless + 1 };
        if found.is_some() {
            self.last.clone_from(&found);
        }
        self.phase = match (state, found) {
            (Some(State::Done), Some(found)) => Phase::Over(Waited::Reached { found }),
            (Some(State::Never), Some(found)) => Phase::Over(Waited::Never { found }),
            _ if self.hopeless >= MOST_HOPELESS => Phase::Over(Waited::Failed),
            _ if round.is_last => {
                let reason = failure.filter(|_| state.is_none());
                Phase::Over(Waited::TimedOut { found: self.last.clone(), reason })
            }
            _ if ::core::mem::take(&mut self.is_woken) => Phase::Waiting { until_ms: now_ms.saturating_add(1) },
            _ => {
                let until_ms = now_ms.saturating_add(self.pause_ms).min(end_ms);
                self.pause_ms = (self.pause_ms * 2).min(LONGEST_PAUSE_MS);
                Phase::Waiting { until_ms: until_ms.max(now_ms.saturating_add(1)) }
            }
        };
    }
}

/// The state of this name.
fn goal(of: &str, name: &str) -> Result<&'static Goal, Error> {
    let Some(goals) = goals::of(of) else {
        let known: Vec<&str> = goals::GOALS.iter().filter_map(|goals| Some(goals.first()?.of)).collect();
        return Err(refused("of", &["is `", of, "`, whose states no call shows; those of ", &known.join(", "), " do"]));
    };
    goals.iter().find(|goal| goal.name == name).ok_or_else(|| {
        let known: Vec<&str> = goals.iter().map(|goal| goal.name).collect();
        refused("state", &["is `", name, "`, which is none; it can be ", &known.join(", ")])
    })
}

/// The id of the object: the only field there is.
fn id_of(goal: &Goal, json: &str) -> Result<String, Error> {
    let members = members(json).unwrap_or_else(|| [(goal.id.to_string(), json)].into());
    if let Some((other, _)) = members.iter().find(|(name, _)| name != goal.id) {
        return Err(refused(other, &["is unknown; did you mean `", goal.id, "`?"]));
    }
    let id = members.first().and_then(|(_, json)| scalar(json)).filter(|id| !id.is_empty());
    id.ok_or_else(|| refused(goal.id, &["is required"]))
}

fn refused(path: &str, reason: &[&str]) -> Error {
    Error::InvalidRequest { endpoint: "wait_until".to_string(), path: path.to_string(), reason: reason.concat() }
}

/// What the rows are asked with: the id only.
fn written(goal: &Goal) -> Option<Written<'static>> {
    let row = crate::catalogue::find(goal.shown_by.first()?.row)?;
    Some(Written::new(row, "{}"))
}
