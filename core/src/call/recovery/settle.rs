//! A write from its sending to certainty, as a state machine without I/O: looks at what only a comparison shows, sends,
//! and looks for the write if its answer is lost.
//!
//! The contract: the host calls [`Settle::step`] and does what it says. After [`SettleStep::Call`] it makes that call, as
//! any other, and reports once, with [`Settle::on_reply`] or [`Settle::on_failure`]; after [`SettleStep::Keep`] it keeps the
//! entry and reports with [`Settle::on_kept`]; after [`SettleStep::Wait`] it waits; [`SettleStep::Done`] is the end.
//!
//! Only a write that has a journal is asked to be kept: before each sending, so that whoever finds the entry after a crash
//! knows that it may have been sent, and at its end. What can still be on its way is over by the entry's last moment.
//! Whatever the sequence of crashes, a write is sent again only after it certainly was not carried out.

use super::journal::{self, Entry, EntryState};
use super::{Outcome, Recovery, RecoveryStep, Ticket};
use crate::call::core::Core;
use crate::call::retry::{RetryPolicy, millis};
use crate::endpoint::Endpoint;
use crate::error::Error;
use alloc::boxed::Box;
use alloc::string::{String, ToString};

/// What the host does next.
#[derive(Debug)]
pub enum SettleStep {
    /// Make this call, and report what came of it.
    Call {
        /// The endpoint.
        endpoint: &'static Endpoint,
        /// Its parameters, as JSON.
        params: String,
    },
    /// Keep this in the journal, in place of what it has of this write, so that it outlasts a crash of the machine; then
    /// report. An entry that is open precedes a sending: if it cannot be kept, end here, and nothing was sent. If another
    /// cannot be kept, go on: the write will be looked for.
    Keep(Box<Entry>),
    /// Wait this many milliseconds, then call [`Settle::step`] again.
    Wait(u64),
    /// The end.
    Done(Settled),
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was answered: the reply is the one that was reported last.
    Answered,
    /// It failed, and was certainly not carried out: the error is the one that was reported last.
    Failed,
    /// It was answered before, and the journal kept the reply.
    Kept {
        /// The data, in canonical JSON.
        data: String,
        /// What came with it, as [`reply_json`](crate::host::reply_json) writes it.
        about: String,
    },
    /// Its answer was lost, and it was looked for.
    Recovered(Outcome),
}

/// One write, from its sending to certainty.
#[derive(Debug)]
pub struct Settle {
    core: Core,
    endpoint: &'static Endpoint,
    params: String,
    policy: RetryPolicy,
    may_resend: bool,
    before: String,
    journal: Option<Journal>,
    phase: Phase,
}

/// What a write with a journal keeps in mind.
#[derive(Debug)]
struct Journal {
    /// The parameters as the wire has them.
    wire: String,
    /// When the write was first sent.
    first_ms: Option<u64>,
    /// Sendings that are over, and were certainly not carried out.
    void: u32,
    /// What the journal has, or is to have.
    entry: Option<Entry>,
}

#[derive(Debug)]
enum Phase {
    Before(Box<Recovery>),
    /// The journal must have the entry before the write is sent.
    Intent,
    Sending,
    Looking(Box<Recovery>),
    /// The journal must have the end before it is told.
    Ending(Settled),
    Over(Settled),
}

/// How much later than the longest call an entry says that nothing is on its way: keeping it takes time.
const KEEPING_MS: u64 = 2_000;

impl Settle {
    /// Begins a write. The policy tells how long it is looked for, and whether it may be sent again.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong, and refuses a call that only reads.
    pub fn new(core: &Core, endpoint: &'static Endpoint, params: &str, policy: &RetryPolicy) -> Result<Self, Error> {
        // What is wrong with the request is told before anything is asked.
        core.prepare_json(endpoint, params.as_bytes())?;
        Self::fresh(core, endpoint, params, policy, None)
    }

    /// Begins a write that has a journal, or goes on with it: `entry` is what the journal has under its key. What is open is
    /// looked for before anything is sent; what has ended is told; what certainly was not carried out is sent. Where the
    /// settings want references and the write has none, the key is it.
    ///
    /// # Errors
    /// As for [`Settle::new`]. [`Error::InvalidRequest`] also if the entry is of another write, account or platform, and
    /// [`Error::Config`] if the policy tries writes again that may have arrived.
    pub fn journaled(
        core: &Core,
        key: &str,
        endpoint: &'static Endpoint,
        params: &str,
        policy: &RetryPolicy,
        entry: Option<Entry>,
    ) -> Result<Self, Error> {
        if policy.retry_writes {
            let reason = "must be off where there is a journal, which has no write sent twice".to_string();
            return Err(Error::Config { field: "retry_writes".into(), reason });
        }
        if key.is_empty() {
            return Err(journal::refused("key", "is empty"));
        }
        let params = &journal::referred(core, endpoint, params, key)?;
        let prepared = core.prepare_json(endpoint, params.as_bytes())?;
        let wire = prepared.routed().params(core.config().path_of(endpoint).1);
        let Some(entry) = entry else {
            return Self::fresh(core, endpoint, params, policy, Some(Journal::new(wire)));
        };
        entry.ticket.check(core.config())?;
        let checked = entry.check(endpoint, &wire);
        if entry.is_void() {
            let journal = Journal {
                void: entry.sendings,
                // What follows of an earlier sending would be found, too.
                first_ms: checked.is_ok().then_some(entry.ticket.first_ms),
                entry: Some(entry),
                wire,
            };
            return Self::fresh(core, endpoint, params, policy, Some(journal));
        }
        checked?;
        Self::going_on(core, entry, params, policy, policy.retry_after_recovery)
    }

    /// Finds out about a write of which the journal has this entry; sends nothing.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if it is of another account or platform than the client's.
    pub fn resumed(core: &Core, entry: Entry, policy: &RetryPolicy) -> Result<Self, Error> {
        let params = entry.ticket.params.clone();
        Self::going_on(core, entry, &params, policy, false)
    }

    fn fresh(
        core: &Core,
        endpoint: &'static Endpoint,
        params: &str,
        policy: &RetryPolicy,
        journal: Option<Journal>,
    ) -> Result<Self, Error> {
        let before = Recovery::look_before(core, endpoint, params)?;
        let sending = if journal.is_some() { Phase::Intent } else { Phase::Sending };
        Ok(Self {
            core: core.clone(),
            endpoint,
            params: params.to_string(),
            policy: *policy,
            may_resend: policy.retry_after_recovery,
            before: String::new(),
            journal,
            phase: before.map_or(sending, |recovery| Phase::Before(Box::new(recovery))),
        })
    }

    fn going_on(
        core: &Core,
        entry: Entry,
        params: &str,
        policy: &RetryPolicy,
        may_resend: bool,
    ) -> Result<Self, Error> {
        let phase = match (entry.answer(), entry.outcome().filter(|_| !entry.state.is_open())) {
            (Some((data, about)), _) => Phase::Over(Settled::Kept { data: data.to_string(), about: about.to_string() }),
            (None, Some(outcome)) => Phase::Over(Settled::Recovered(outcome)),
            (None, None) if entry.is_void() => Phase::Over(Settled::Recovered(Outcome::NotDone)),
            (None, None) => {
                let recovery = Recovery::new(core, entry.ticket.clone(), policy.recovery_window)?;
                Phase::Looking(Box::new(recovery))
            }
        };
        Ok(Self {
            core: core.clone(),
            endpoint: entry.ticket.endpoint,
            params: params.to_string(),
            policy: *policy,
            may_resend,
            before: entry.ticket.before.clone(),
            journal: Some(Journal {
                wire: entry.ticket.params.clone(),
                first_ms: Some(entry.ticket.first_ms),
                void: entry.sendings.saturating_sub(1),
                entry: Some(entry),
            }),
            phase,
        })
    }

    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970.
    pub fn step(&mut self, now_ms: u64) -> SettleStep {
        if matches!(self.phase, Phase::Sending) && self.is_late(now_ms) {
            self.phase = Phase::Intent;
        }
        loop {
            let (recovery, is_before) = match &mut self.phase {
                Phase::Before(recovery) => (recovery, true),
                Phase::Looking(recovery) => (recovery, false),
                Phase::Intent => return SettleStep::Keep(self.intent(now_ms)),
                Phase::Sending => return SettleStep::Call { endpoint: self.endpoint, params: self.params.clone() },
                Phase::Ending(settled) => match self.journal.as_ref().and_then(|journal| journal.entry.clone()) {
                    Some(entry) => return SettleStep::Keep(Box::new(entry)),
                    None => return SettleStep::Done(settled.clone()),
                },
                Phase::Over(settled) => return SettleStep::Done(settled.clone()),
            };
            match recovery.step(now_ms) {
                RecoveryStep::Look { endpoint, params } => return SettleStep::Call { endpoint, params },
                RecoveryStep::Wait(millis) => return SettleStep::Wait(millis),
                RecoveryStep::Done(_) if is_before => {
                    self.before = recovery.before().to_string();
                    self.phase = self.sending();
                }
                RecoveryStep::Done(Outcome::NotDone) if self.may_resend => {
                    self.may_resend = false;
                    if let Some(journal) = &mut self.journal {
                        journal.void = journal.void.saturating_add(1);
                    }
                    self.phase = self.sending();
                }
                RecoveryStep::Done(outcome) => {
                    let ticket = recovery.ticket().clone();
                    self.phase = self.found(outcome, ticket);
                }
            }
        }
    }

    /// Reports the reply to the call: its data in canonical JSON, and what came with it, as
    /// [`reply_json`](crate::host::reply_json) writes it.
    pub fn on_reply(&mut self, data: &str, about: &str) {
        match &mut self.phase {
            Phase::Before(recovery) | Phase::Looking(recovery) => recovery.on_reply(data, about),
            Phase::Sending => {
                self.phase = self.ending(Settled::Answered, EntryState::Answered, journal::answered(data, about));
            }
            Phase::Intent | Phase::Ending(_) | Phase::Over(_) => {}
        }
    }

    /// Reports that the call has no reply: why, in a sentence, and the ticket that the error carries.
    pub fn on_failure(&mut self, error: &str, ticket: Option<Ticket>) {
        match &mut self.phase {
            Phase::Before(recovery) | Phase::Looking(recovery) => recovery.on_failure(error),
            Phase::Sending => {
                self.phase = match ticket {
                    Some(ticket) => self.lost(ticket),
                    None => self.ending(Settled::Failed, EntryState::Failed, journal::failed(error)),
                }
            }
            Phase::Intent | Phase::Ending(_) | Phase::Over(_) => {}
        }
    }

    /// Reports that the journal has the entry.
    pub fn on_kept(&mut self) {
        match &self.phase {
            Phase::Intent => self.phase = Phase::Sending,
            Phase::Ending(settled) => self.phase = Phase::Over(settled.clone()),
            Phase::Before(_) | Phase::Sending | Phase::Looking(_) | Phase::Over(_) => {}
        }
    }

    /// The write that is being looked for, with what was seen before it: more than the ticket of its error holds. Whoever ends
    /// the search keeps it, to go on later.
    pub fn ticket(&self) -> Option<&Ticket> {
        match &self.phase {
            Phase::Looking(recovery) => Some(recovery.ticket()),
            Phase::Before(_) | Phase::Intent | Phase::Sending | Phase::Ending(_) | Phase::Over(_) => None,
        }
    }

    fn sending(&self) -> Phase {
        if self.journal.is_some() { Phase::Intent } else { Phase::Sending }
    }

    /// The entry that says that the write may have been sent.
    fn intent(&mut self, now_ms: u64) -> Box<Entry> {
        let over_ms = now_ms.saturating_add(millis(self.policy.deadline)).saturating_add(KEEPING_MS);
        let (wire, first_ms, void) = match &self.journal {
            Some(journal) => (journal.wire.as_str(), journal.first_ms.unwrap_or(now_ms), journal.void),
            None => ("{}", now_ms, 0),
        };
        let mut ticket = Ticket::new(self.endpoint, wire, self.core.config(), first_ms, over_ms);
        ticket.set_before(&self.before);
        let sendings = void.saturating_add(1);
        let entry = Entry { state: EntryState::Open, sendings, ticket, end: String::new() };
        if let Some(journal) = &mut self.journal {
            journal.entry = Some(entry.clone());
        }
        Box::new(entry)
    }

    /// Whether a call that begins now could outlast what the journal has.
    fn is_late(&self, now_ms: u64) -> bool {
        let kept = self.journal.as_ref().and_then(|journal| journal.entry.as_ref());
        let over_ms = now_ms.saturating_add(millis(self.policy.deadline)).saturating_add(KEEPING_MS / 2);
        kept.is_some_and(|entry| over_ms > entry.ticket.last_ms)
    }

    /// What follows a write whose answer is lost.
    fn lost(&mut self, mut ticket: Ticket) -> Phase {
        ticket.set_before(&self.before);
        if let Some(first_ms) = self.journal.as_ref().and_then(|journal| journal.first_ms) {
            ticket.first_ms = ticket.first_ms.min(first_ms);
        }
        match Recovery::new(&self.core, ticket.clone(), self.policy.recovery_window) {
            Ok(recovery) => Phase::Looking(Box::new(recovery)),
            Err(error) => self.found(Outcome::Unknown { reason: error.to_string() }, ticket),
        }
    }

    /// What follows a search that is over.
    fn found(&mut self, outcome: Outcome, ticket: Ticket) -> Phase {
        if let Some(entry) = self.journal.as_mut().and_then(|journal| journal.entry.as_mut()) {
            entry.ticket = ticket;
        }
        let (state, end) = (EntryState::from(&outcome), outcome.to_json());
        self.ending(Settled::Recovered(outcome), state, end)
    }

    /// The end, after the journal has it.
    fn ending(&mut self, settled: Settled, state: EntryState, end: String) -> Phase {
        match self.journal.as_mut().map(|journal| &mut journal.entry) {
            None => Phase::Over(settled),
            Some(entry) => {
                if let Some(entry) = entry {
                    (entry.state, entry.end) = (state, end);
                }
                Phase::Ending(settled)
            }
        }
    }
}

impl Journal {
    fn new(wire: String) -> Self {
        Self { wire, first_ms: None, void: 0, entry: None }
    }
}
