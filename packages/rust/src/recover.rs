//! What became of a write whose answer is lost.

use crate::client::Client;
use crate::fresh;
use std::fmt::Display;
use std::time::Duration;
use xportcn_core::host::reply_json;
use xportcn_core::{
    Entry, EntryState, Error, Outcome, Recovery, RecoveryStep, Reply, Settle, SettleStep, Settled as End, Ticket,
    catalogue,
};

/// How a write ended.
#[derive(Clone, Debug)]
#[must_use = "it may not have been carried out"]
pub enum Settled<T> {
    /// It was answered.
    Answered(Reply<T>),
    /// It was answered before, and its journal kept the answer.
    Kept {
        /// The data, in canonical JSON.
        data: String,
        /// What came with it, as a JSON object: `requestId`, `message`, `developId`, `warnings`.
        about: String,
    },
    /// Its answer was lost, and it was looked for.
    Recovered(Outcome),
}

impl Client {
    /// Finds out what became of a write whose answer is lost, by calls that only read. It takes as long as
    /// [`RetryPolicy::recovery_window`](crate::RetryPolicy::recovery_window), from the sending of the write, unless the
    /// write shows earlier.
    ///
    /// ```no_run
    /// # async fn example(client: xportcn::Client, pay: xportcn::taobao::order::Pay) -> Result<(), xportcn::Error> {
    /// use xportcn::Outcome;
    ///
    /// let Err(error) = client.send(pay).await else { return Ok(()) };
    /// let Some(ticket) = error.ticket() else { return Err(error) };
    /// match client.recover(ticket).await? {
    ///     Outcome::Done { .. } => println!("paid"),
    ///     Outcome::NotDone => println!("not paid: it can be called again"),
    ///     other => println!("ask the platform: {other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the ticket is of another account or platform than this client's.
    pub async fn recover(&self, ticket: &Ticket) -> Result<Outcome, Error> {
        let window = self.policy().recovery_window;
        self.look(&mut Recovery::new(self.core(), ticket.clone(), window)?).await
    }

    /// Sends a write, and finds out what became of it if its answer is lost. What only a comparison shows is looked at before
    /// it is sent. If it was not carried out and [`RetryPolicy::retry_after_recovery`](crate::RetryPolicy::retry_after_recovery)
    /// is set, it is sent again, once.
    ///
    /// If the look before it fails, it is sent all the same: if its answer is lost then, its outcome may be unknown.
    ///
    /// # Errors
    /// As for [`Client::send_json`], but [`Error::AmbiguousWrite`].
    pub async fn settle_json(&self, id: &str, params: impl AsRef<[u8]>) -> Result<Settled<String>, Error> {
        let params = String::from_utf8_lossy(params.as_ref());
        let settle = Settle::new(self.core(), catalogue::endpoint(id)?, &params, self.policy())?;
        // Without a journal nothing is kept.
        self.drive(settle, |_| std::future::ready(Ok(()))).await
    }

    /// As [`Client::settle_json`], for a write that has a journal: `entry` is what the journal has under `key`.
    /// What is open is looked for before anything is sent, what has ended is told, and what certainly was not carried out is
    /// sent. `keep` puts an entry in place of the one that the journal has, so that it outlasts a crash of the machine.
    ///
    /// The crate `xportcn-journal` is such a journal; this is for one of your own. See to it that one process at a time has a
    /// key: from before the entry is read until this is over.
    ///
    /// # Errors
    /// As for [`Client::settle_json`]; also [`Error::InvalidRequest`] if the entry is of another write, account or platform,
    /// [`Error::Config`] if the policy tries writes again that may have arrived, and what `keep` gives for an entry that is
    /// open: then nothing was sent. What it gives for another is told to the log: the write is looked for next time.
    pub async fn settle_kept<E, K>(
        &self,
        key: &str,
        id: &str,
        params: impl AsRef<[u8]>,
        entry: Option<Entry>,
        keep: impl FnMut(Entry) -> K,
    ) -> Result<Settled<String>, E>
    where
        E: From<Error> + Display,
        K: Future<Output = Result<(), E>>,
    {
        let params = String::from_utf8_lossy(params.as_ref());
        let settle = Settle::journaled(self.core(), key, catalogue::endpoint(id)?, &params, self.policy(), entry)?;
        self.drive(settle, keep).await
    }

    /// Finds out about a write of which a journal has this entry, as [`Client::recover`] does, and keeps what it finds out.
    /// Nothing is sent.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the entry is of another account or platform than this client's.
    pub async fn recover_kept<E, K>(&self, entry: Entry, keep: impl FnMut(Entry) -> K) -> Result<Settled<String>, E>
    where
        E: From<Error> + Display,
        K: Future<Output = Result<(), E>>,
    {
        self.drive(Settle::resumed(self.core(), entry, self.policy())?, keep).await
    }

    async fn drive<E, K>(&self, mut settle: Settle, mut keep: impl FnMut(Entry) -> K) -> Result<Settled<String>, E>
    where
        E: From<Error> + Display,
        K: Future<Output = Result<(), E>>,
    {
        let mut last = Err(Error::Misuse { reason: "the write was not sent" });
        loop {
            match settle.step(fresh::now_ms()) {
                SettleStep::Call { endpoint, params } => {
                    last = self.send_json(endpoint.id, params).await;
                    match &last {
                        Ok(reply) => settle.on_reply(&reply.data, &reply_json(reply)),
                        Err(error) => settle.on_failure(&error.to_string(), error.ticket().cloned()),
                    }
                }
                SettleStep::Keep(entry) => {
                    let is_before = entry.state() == EntryState::Open;
                    match keep(*entry).await {
                        Err(error) if is_before => return Err(error),
                        Err(error) => tracing::warn!(%error, "the journal does not have the end of a write"),
                        Ok(()) => {}
                    }
                    settle.on_kept();
                }
                SettleStep::Wait(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                SettleStep::Done(End::Answered | End::Failed) => return Ok(last.map(Settled::Answered)?),
                SettleStep::Done(End::Kept { data, about }) => return Ok(Settled::Kept { data, about }),
                SettleStep::Done(End::Recovered(outcome)) => return Ok(Settled::Recovered(outcome)),
            }
        }
    }

    async fn look(&self, recovery: &mut Recovery) -> Result<Outcome, Error> {
        loop {
            match recovery.step(fresh::now_ms()) {
                RecoveryStep::Look { endpoint, params } => match self.send_json(endpoint.id, params).await {
                    Ok(reply) => recovery.on_reply(&reply.data, &reply_json(&reply)),
                    Err(error) => recovery.on_failure(&error.to_string()),
                },
                RecoveryStep::Wait(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                RecoveryStep::Done(outcome) => return Ok(outcome),
            }
        }
    }
}
