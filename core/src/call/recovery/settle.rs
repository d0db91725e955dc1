//! A write from its sending to certainty, as a state machine without I/O: looks at what only a comparison shows, sends,
//! and looks for the write if its answer is lost.
//!
//! The contract: the host calls [`Settle::step`] and does what it says. After [`SettleStep::Call`] it makes that call, as
//! any other, and reports once, with [`Settle::on_reply`] or [`Settle::on_failure`]; after [`SettleStep::Wait`] it waits;
//! [`SettleStep::Done`] is the end.

use super::{Outcome, Recovery, RecoveryStep, Ticket};
use crate::call::core::Core;
use crate::call::retry::RetryPolicy;
use crate::endpoint::Endpoint;
use crate::error::Error;
use ::core::time::Duration;
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
    /// Its answer was lost, and it was looked for.
    Recovered(Outcome),
}

/// One write, from its sending to certainty.
#[derive(Debug)]
pub struct Settle {
    core: Core,
    endpoint: &'static Endpoint,
    params: String,
    window: Duration,
    may_resend: bool,
    before: String,
    phase: Phase,
}

#[derive(Debug)]
enum Phase {
    Before(Box<Recovery>),
    Sending,
    Looking(Box<Recovery>),
    Over(Settled),
}

impl Settle {
    /// Begins a write. The policy tells how long it is looked for, and whether it may be sent again.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong, and refuses a call that only reads.
    pub fn new(core: &Core, endpoint: &'static Endpoint, params: &str, policy: &RetryPolicy) -> Result<Self, Error> {
        // What is wrong with the request is told before anything is asked.
        core.prepare_json(endpoint, params.as_bytes())?;
        let before = Recovery::look_before(core, endpoint, params)?;
        Ok(Self {
            core: core.clone(),
            endpoint,
            params: params.to_string(),
            window: policy.recovery_window,
            may_resend: policy.retry_after_recovery,
            before: String::new(),
            phase: before.map_or(Phase::Sending, |recovery| Phase::Before(Box::new(recovery))),
        })
    }

    /// What to do next. `now_ms` is the host's clock in milliseconds since 1970.
    pub fn step(&mut self, now_ms: u64) -> SettleStep {
        loop {
            let (recovery, is_before) = match &mut self.phase {
                Phase::Before(recovery) => (recovery, true),
                Phase::Looking(recovery) => (recovery, false),
                Phase::Sending => return SettleStep::Call { endpoint: self.endpoint, params: self.params.clone() },
                Phase::Over(settled) => return SettleStep::Done(settled.clone()),
            };
            match recovery.step(now_ms) {
                RecoveryStep::Look { endpoint, params } => return SettleStep::Call { endpoint, params },
                RecoveryStep::Wait(millis) => return SettleStep::Wait(millis),
                RecoveryStep::Done(_) if is_before => {
                    self.before = recovery.before().to_string();
                    self.phase = Phase::Sending;
                }
                RecoveryStep::Done(Outcome::NotDone) if self.may_resend => {
                    self.may_resend = false;
                    self.phase = Phase::Sending;
                }
                RecoveryStep::Done(outcome) => self.phase = Phase::Over(Settled::Recovered(outcome)),
            }
        }
    }

    /// Reports the reply to the call: its data in canonical JSON, and what came with it, as
    /// [`reply_json`](crate::host::reply_json) writes it.
    pub fn on_reply(&mut self, data: &str, about: &str) {
        match &mut self.phase {
            Phase::Before(recovery) | Phase::Looking(recovery) => recovery.on_reply(data, about),
            Phase::Sending => self.phase = Phase::Over(Settled::Answered),
            Phase::Over(_) => {}
        }
    }

    /// Reports that the call has no reply: why, in a sentence, and the ticket that the error carries.
    pub fn on_failure(&mut self, error: &str, ticket: Option<Ticket>) {
        match &mut self.phase {
            Phase::Before(recovery) | Phase::Looking(recovery) => recovery.on_failure(error),
            Phase::Sending => self.phase = self.after(ticket),
            Phase::Over(_) => {}
        }
    }

    /// What follows a write that has no reply: nothing, unless it may have been carried out.
    fn after(&self, ticket: Option<Ticket>) -> Phase {
        let Some(mut ticket) = ticket else { return Phase::Over(Settled::Failed) };
        ticket.set_before(&self.before);
        match Recovery::new(&self.core, ticket, self.window) {
            Ok(recovery) => Phase::Looking(Box::new(recovery)),
            Err(error) => Phase::Over(Settled::Recovered(Outcome::Unknown { reason: error.to_string() })),
        }
    }
}
