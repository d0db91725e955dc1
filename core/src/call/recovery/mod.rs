//! What became of a write whose answer is lost, as a state machine without I/O. It only ever reads.
//!
//! The contract: the host calls [`Recovery::step`] and does what it says. After [`RecoveryStep::Look`] it makes that call,
//! as any other that reads, and reports once, with [`Recovery::on_reply`] or [`Recovery::on_failure`]; after
//! [`RecoveryStep::Wait`] it waits; [`RecoveryStep::Done`] is the end.
//!
//! - It looks with the rows that the table names, best first, and with the next only for what the one before did not show.
//! - It looks again with growing pauses until the window is over, because a platform may carry a write out late and may
//!   show it late. What is done is told at once.
//! - What one look saw as done is done, whatever the looks after it see.
//! - "Not done" is said of an object that the write names if every look found it in its old state, the last one after the
//!   window, and the table says that this is worth it; of a creation only if every row was walked to its end, each by a
//!   path that is not a guess, and other objects there show the field that holds the reference.
//! - What is told as missing from what was done in part is certainly not in what was found.
//! - In all other cases it is not known, and the reason is told.

mod advice;
mod clock;
mod journal;
mod lines;
mod look;
mod request;
mod round;
mod settle;
mod ticket;
mod verdict;
mod wait;

pub(crate) use self::advice::advice;
use self::clock::Clock;
pub use self::journal::{Entry, EntryState, journal_key};
use self::lines::Lines;
pub(crate) use self::request::Written;
use self::round::{Asked, Before, Round, Seen};
pub use self::settle::{Settle, SettleStep, Settled};
pub use self::ticket::Ticket;
use self::verdict::{nobody_looked_before, nothing_to_look_for};
pub use self::wait::{Wait, WaitStep, Waited};
use crate::call::core::Core;
use crate::effect::{Effect, FoundBy};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::json::{write_key, write_text};
use ::core::time::Duration;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use look::State;

/// What the host does next.
#[derive(Debug)]
pub enum RecoveryStep {
    /// Make this call, and report its reply.
    Look {
        /// The endpoint, which only reads.
        endpoint: &'static Endpoint,
        /// Its parameters, as JSON.
        params: String,
    },
    /// Wait this many milliseconds, then call [`Recovery::step`] again.
    Wait(u64),
    /// The end.
    Done(Outcome),
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was carried out.
    Done {
        /// The objects that show it, in canonical JSON. None where it was a deletion.
        found: Vec<String>,
    },
    /// It was not carried out.
    NotDone,
    /// A part of it was carried out.
    Partly {
        /// The objects that show it, in canonical JSON. What they hold must not be repeated.
        found: Vec<String>,
        /// What does not show, by its ids.
        missing: Vec<String>,
        /// What is known of the rest.
        reason: String,
    },
    /// Whether it was carried out cannot be told.
    Unknown {
        /// Why.
        reason: String,
    },
}

/// Finds out what became of one write.
#[derive(Debug)]
pub struct Recovery {
    core: Core,
    ticket: Ticket,
    effect: &'static Effect,
    window_ms: u64,
    targets: Vec<Target>,
    phase: Phase,
    rounds: u32,
    before: String,
    clock: Clock,
}

/// One object that the write names, or the one that it would have made.
#[derive(Debug, Default)]
struct Target {
    /// Its id or reference; empty where it is known by its contents.
    value: String,
    /// Whether a look saw that the write was carried out.
    is_done: bool,
    /// What shows it, whichever look saw it; of a creation, what is there of it.
    found: Vec<String>,
    /// The ids of what a creation made, by which it is known again.
    ids: Vec<String>,
    /// How many looks told something of it: found it, or went through all that the rows show.
    looks: u32,
    /// How many of them found it in its old state.
    old: u32,
    /// How many of them did not find it.
    absent: u32,
}

#[derive(Debug)]
enum Phase {
    Waiting { until_ms: u64 },
    Looking(Box<Round>),
    Over(Outcome),
}

/// The first pause between looks; it doubles, up to the longest.
const FIRST_PAUSE_MS: u64 = 1_000;
const LONGEST_PAUSE_MS: u64 = 30_000;

impl Outcome {
    /// As JSON: `outcome` is `done`, `not done`, `partly` or `unknown`, and the members are those that it has.
    pub fn to_json(&self) -> String {
        let (name, found, missing, reason) = match self {
            Outcome::Done { found } => ("done", Some(found), None, None),
            Outcome::NotDone => ("not done", None, None, None),
            Outcome::Partly { found, missing, reason } => ("partly", Some(found), Some(missing), Some(reason)),
            Outcome::Unknown { reason } => ("unknown", None, None, Some(reason)),
        };
        let mut out = String::from("{\"outcome\":");
        write_text(name, &mut out);
        if let Some(found) = found {
            out.extend([",\"found\":[", &found.join(","), "]"]);
        }
        if let Some(missing) = missing {
            let mut list = String::new();
            for text in missing {
                list.push_str(if list.is_empty() { "" } else { "," });
                write_text(text, &mut list);
            }
            out.extend([",\"missing\":[", &list, "]"]);
        }
        if let Some(reason) = reason {
            write_key("reason", false, &mut out);
            write_text(reason, &mut out);
        }
        out.push('}');
        out
    }
}

impl Recovery {
    /// Begins to look for the write of a ticket.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the ticket is of another account or platform than the client.
    pub fn new(core: &Core, ticket: Ticket, window: Duration) -> Result<Self, Error> {
        let mut recovery = Self::begin(core, ticket, window)?;
        let hopeless = nobody_looked_before(recovery.effect, &recovery.ticket.before);
        if let (Phase::Waiting { .. }, Some(reason)) = (&recovery.phase, hopeless) {
            recovery.phase = Phase::Over(Outcome::Unknown { reason: reason.to_string() });
        }
        Ok(recovery)
    }

    fn begin(core: &Core, ticket: Ticket, window: Duration) -> Result<Self, Error> {
        ticket.check(core.config())?;
        let effect = ticket.endpoint.effect.ok_or_else(|| ticket::refused("is of no call that writes"))?;
        let written = Written::new(ticket.endpoint, &ticket.params);
        let effect = effect.of(|field| written.field(field).is_some());
        let values: Vec<String> = match effect.found_by {
            FoundBy::Id(fields) => fields.iter().flat_map(|field| written.values(field)).collect(),
            FoundBy::Reference { field, .. } => written.values(field).into_iter().take(1).collect(),
            FoundBy::Contents | FoundBy::Nothing => [String::new()].into(),
        };
        let mut targets: Vec<Target> = Vec::new();
        for value in values {
            if targets.iter().all(|target| target.value != value) {
                targets.push(Target { value, ..Target::default() });
            }
        }
        let phase = match nothing_to_look_for(effect, &targets) {
            Some(reason) => Phase::Over(Outcome::Unknown { reason }),
            None => Phase::Waiting { until_ms: 0 },
        };
        let window_ms = crate::call::retry::millis(window);
        Ok(Self {
            core: core.clone(),
            ticket,
            effect,
            window_ms,
            targets,
            phase,
            rounds: 0,
            before: String::new(),
            clock: Clock::default(),
        })
    }

    /// Begins to look at what a write is about to change, where only a comparison will show that it did. Keep what
    /// [`Recovery::before`] gives at the end with the write's ticket. Absent for a write that needs no such look.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the endpoint only reads.
    pub fn look_before(core: &Core, endpoint: &'static Endpoint, params: &str) -> Result<Option<Self>, Error> {
        let ticket = Ticket::new(endpoint, params, core.config(), 0, 0);
        let recovery = Self::begin(core, ticket, Duration::ZERO)?;
        Ok(recovery.effect.is_compared().then_some(recovery))
    }

    /// What the last look saw, as JSON for [`Ticket::set_before`].
    pub fn before(&self) -> &str {
        &self.before
    }

    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970.
    pub fn step(&mut self, now_ms: u64) -> RecoveryStep {
        let now_ms = self.clock.step(now_ms);
        loop {
            match &mut self.phase {
                Phase::Over(outcome) => return RecoveryStep::Done(outcome.clone()),
                Phase::Waiting { until_ms } if now_ms < *until_ms => {
                    return RecoveryStep::Wait(self.clock.wait(*until_ms));
                }
                Phase::Waiting { .. } => {
                    let is_last = now_ms >= self.end_ms();
                    self.rounds += 1;
                    let done = self.targets.iter().map(|target| target.is_done);
                    let round = Round::new(self.effect.found_by, self.effect.shown_by, done, is_last);
                    self.phase = Phase::Looking(Box::new(round));
                }
                Phase::Looking(round) => {
                    let written = Written::new(self.ticket.endpoint, &self.ticket.params);
                    if let Some(Asked { endpoint, params }) = round.next(&written, &values(&self.targets)) {
                        return RecoveryStep::Look { endpoint, params };
                    }
                    self.end_round(now_ms);
                }
            }
        }
    }

    /// Reports the reply to the call of [`RecoveryStep::Look`]: its data in canonical JSON, and what came with it, as
    /// [`reply_json`](crate::host::reply_json) writes it.
    pub fn on_reply(&mut self, data: &str, about: &str) {
        if let Phase::Looking(round) = &mut self.phase {
            let written = Written::new(self.ticket.endpoint, &self.ticket.params);
            let before = Before { first_ms: self.ticket.first_ms, seen: &self.ticket.before };
            round.take(data, about, &written, &values(&self.targets), before);
        }
    }

    /// Reports that the call has no reply, and why, in a sentence.
    pub fn on_failure(&mut self, error: &str) {
        if let Phase::Looking(round) = &mut self.phase {
            round.fail(error);
        }
    }

    /// The write that is looked for.
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// Looks that have been begun.
    pub fn looks(&self) -> u32 {
        self.rounds
    }

    fn written(&self) -> Written<'_> {
        Written::new(self.ticket.endpoint, &self.ticket.params)
    }

    /// When a look counts as the last one.
    fn end_ms(&self) -> u64 {
        self.ticket.last_ms.saturating_add(self.window_ms)
    }

    fn end_round(&mut self, now_ms: u64) {
        let waiting = Phase::Waiting { until_ms: 0 };
        let Phase::Looking(round) = ::core::mem::replace(&mut self.phase, waiting) else { return };
        self.before = round.kept();
        self.remember(&round);
        self.phase = if round.is_last || self.targets.iter().all(|target| target.is_done) {
            Phase::Over(self.judge(&round))
        } else {
            let doubled = FIRST_PAUSE_MS.checked_shl(self.rounds - 1).unwrap_or(u64::MAX);
            let until_ms = now_ms.saturating_add(doubled.min(LONGEST_PAUSE_MS)).min(self.end_ms());
            Phase::Waiting { until_ms: until_ms.max(now_ms.saturating_add(1)) }
        };
    }

    /// Keeps what a look saw of each object.
    fn remember(&mut self, round: &Round) {
        let all_shown = round.rows.iter().all(|row| row.is_complete);
        let is_creation = self.is_creation();
        for at in 0..self.targets.len() {
            let Some((target, seen)) = self.targets.get_mut(at).zip(round.seen.get(at)) else { return };
            if target.is_done {
                continue;
            }
            target.looks += u32::from(seen.state.is_some() || all_shown);
            target.old += u32::from(seen.state == Some(State::Old));
            target.absent += u32::from(seen.state.is_none() && all_shown);
            if seen.state == Some(State::Done) {
                target.keep(seen);
            }
            let is_done = match seen.state {
                _ if is_creation => self.is_whole(at),
                Some(state) => state == State::Done,
                None => all_shown && self.is_gone(at, round),
            };
            self.targets[at].is_done = is_done;
        }
    }

    /// Whether orders that were made hold all lines of the write.
    fn is_whole(&self, target: usize) -> bool {
        let found = &self.targets[target].found;
        let lines = Lines::of(self.effect.shown_by, found, &self.written());
        !found.is_empty() && lines.missing.is_empty() && lines.is_clear
    }

    fn is_creation(&self) -> bool {
        matches!(self.effect.found_by, FoundBy::Reference { .. })
    }
}

impl Target {
    /// Keeps what shows that the write was carried out: several orders of one call may show in different looks.
    fn keep(&mut self, seen: &Seen) {
        for (object, id) in &seen.found {
            if id.is_empty() || !self.ids.contains(id) {
                self.found.push(object.clone());
                self.ids.push(id.clone());
            }
        }
    }
}

fn values(targets: &[Target]) -> Vec<&str> {
    targets.iter().map(|target| target.value.as_str()).collect()
}
