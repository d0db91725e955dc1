//! Recovery of lost writes, and waiting for states, for a host of another language.

use super::HostCore;
use crate::call::recovery::{
    Entry, Outcome, Recovery, RecoveryStep, Settle, SettleStep, Settled, Ticket, Wait, WaitStep, Waited,
    journal_key as key_of,
};
use crate::catalogue;
use crate::error::Error;
use alloc::string::String;

/// A search for a lost write, a write with such a search, or a wait for a state.
#[derive(Debug)]
pub enum HostRecovery {
    /// Looks only.
    Recovery(Recovery),
    /// Sends, and looks if need be.
    Settle(Settle),
    /// Looks until a state is there.
    Wait(Wait),
}

/// What such a host does next.
#[derive(Debug)]
pub enum HostRecoveryStep {
    /// Make this call.
    Call {
        /// The endpoint's id.
        id: &'static str,
        /// Its parameters, as JSON.
        params: String,
    },
    /// Keep this in the journal, as the contract of [`Settle`] says, then report.
    Keep {
        /// The entry, as JSON.
        entry: String,
        /// Its state, as a word.
        state: &'static str,
    },
    /// Wait this many milliseconds.
    Wait(u64),
    /// The write was answered: its reply is that of the last call.
    Answered,
    /// The write failed, or the wait did: its error is that of the last call.
    Failed,
    /// What became of the write, as [`Outcome::to_json`] writes it; of a wait, as [`Waited::to_json`] does.
    Done(String),
    /// The write was answered before, and the journal kept the reply.
    Kept {
        /// Its data.
        data: String,
        /// What came with it.
        about: String,
    },
}

impl HostCore {
    /// Begins to look for the write of a ticket.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if it is no ticket, or is of another account or platform.
    pub fn recover(&self, ticket: &str, options: &str) -> Result<HostRecovery, Error> {
        let (core, policy) = self.optioned(options)?;
        let ticket = Ticket::parse(ticket)?;
        Recovery::new(&core, ticket, policy.recovery_window).map(HostRecovery::Recovery)
    }

    /// Begins a write that ends in certainty.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong, and refuses a call that only reads.
    pub fn settle(&self, id: &str, params: &str, options: &str) -> Result<HostRecovery, Error> {
        let (core, policy) = self.optioned(options)?;
        Settle::new(&core, catalogue::endpoint(id)?, params, &policy).map(HostRecovery::Settle)
    }

    /// Begins to wait for a state; `id` is JSON, the id of the order or the refund or an object that holds it.
    ///
    /// # Errors
    /// As for [`Wait::new`].
    pub fn wait(&self, of: &str, state: &str, id: &str, options: &str) -> Result<HostRecovery, Error> {
        let (_, policy) = self.optioned(options)?;
        Wait::new(of, state, id, &policy).map(HostRecovery::Wait)
    }

    /// Begins a write that has a journal, or goes on with it; `entry` is what the journal has under its key, or empty.
    ///
    /// # Errors
    /// As for [`Settle::journaled`].
    pub fn settle_kept(
        &self,
        key: &str,
        id: &str,
        params: &str,
        options: &str,
        entry: &str,
    ) -> Result<HostRecovery, Error> {
        let (core, policy) = self.optioned(options)?;
        let entry = if entry.is_empty() { None } else { Some(Entry::parse(entry)?) };
        Settle::journaled(&core, key, catalogue::endpoint(id)?, params, &policy, entry).map(HostRecovery::Settle)
    }

    /// Finds out about a write of which the journal has this entry; sends nothing.
    ///
    /// # Errors
    /// As for [`Settle::resumed`].
    pub fn recover_kept(&self, entry: &str, options: &str) -> Result<HostRecovery, Error> {
        let (core, policy) = self.optioned(options)?;
        Settle::resumed(&core, Entry::parse(entry)?, &policy).map(HostRecovery::Settle)
    }
}

/// The key under which a journal keeps a write whose caller names none.
///
/// # Errors
/// [`Error::InvalidRequest`] if the write carries no reference that could be it.
pub fn journal_key(id: &str, params: &str) -> Result<String, Error> {
    key_of(catalogue::endpoint(id)?, params)
}

impl HostRecovery {
    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970.
    pub fn step(&mut self, now_ms: u64) -> HostRecoveryStep {
        let done = |outcome: Outcome| HostRecoveryStep::Done(outcome.to_json());
        match self {
            Self::Recovery(recovery) => match recovery.step(now_ms) {
                RecoveryStep::Look { endpoint, params } => HostRecoveryStep::Call { id: endpoint.id, params },
                RecoveryStep::Wait(millis) => HostRecoveryStep::Wait(millis),
                RecoveryStep::Done(outcome) => done(outcome),
            },
            Self::Settle(settle) => match settle.step(now_ms) {
                SettleStep::Call { endpoint, params } => HostRecoveryStep::Call { id: endpoint.id, params },
                SettleStep::Keep(entry) => {
                    HostRecoveryStep::Keep { entry: entry.to_json(), state: entry.state().as_str() }
                }
                SettleStep::Wait(millis) => HostRecoveryStep::Wait(millis),
                SettleStep::Done(Settled::Kept { data, about }) => HostRecoveryStep::Kept { data, about },
                SettleStep::Done(Settled::Answered) => HostRecoveryStep::Answered,
                SettleStep::Done(Settled::Failed) => HostRecoveryStep::Failed,
                SettleStep::Done(Settled::Recovered(outcome)) => done(outcome),
            },
            Self::Wait(wait) => match wait.step(now_ms) {
                WaitStep::Look { endpoint, params } => HostRecoveryStep::Call { id: endpoint.id, params },
                WaitStep::Wait(millis) => HostRecoveryStep::Wait(millis),
                WaitStep::Done(Waited::Failed) => HostRecoveryStep::Failed,
                WaitStep::Done(waited) => HostRecoveryStep::Done(waited.to_json()),
            },
        }
    }

    /// Reports the reply to the call: its data, and what came with it.
    pub fn on_reply(&mut self, data: &str, about: &str) {
        match self {
            Self::Recovery(recovery) => recovery.on_reply(data, about),
            Self::Settle(settle) => settle.on_reply(data, about),
            Self::Wait(wait) => wait.on_reply(data, about),
        }
    }

    /// Reports that the call has no reply: its sentence, whether it may help to try again, and the ticket of its error, or
    /// nothing.
    pub fn on_failure(&mut self, error: &str, is_retryable: bool, ticket: &str) {
        match self {
            Self::Recovery(recovery) => recovery.on_failure(error),
            Self::Settle(settle) => settle.on_failure(error, Ticket::parse(ticket).ok()),
            Self::Wait(wait) => wait.on_failure(error, is_retryable),
        }
    }

    /// Takes the content of a pushed message, as JSON. True if it is on what is waited for: then the host steps at once.
    pub fn on_push(&mut self, body: &str) -> bool {
        match self {
            Self::Recovery(_) | Self::Settle(_) => false,
            Self::Wait(wait) => wait.on_push(body),
        }
    }

    /// Reports that the journal has the entry.
    pub fn on_kept(&mut self) {
        if let Self::Settle(settle) = self {
            settle.on_kept();
        }
    }

    /// The write that is being looked for, with what was seen before it, as JSON; absent where none is.
    pub fn ticket(&self) -> Option<String> {
        match self {
            Self::Recovery(recovery) => Some(recovery.ticket().to_json()),
            Self::Settle(settle) => settle.ticket().map(Ticket::to_json),
            Self::Wait(_) => None,
        }
    }
}
