//! What became of a write whose answer is lost.

use crate::client::Client;
use crate::fresh;
use std::time::Duration;
use xportcn_core::host::reply_json;
use xportcn_core::{
    Error, Outcome, Recovery, RecoveryStep, Reply, Settle, SettleStep, Settled as End, Ticket, catalogue,
};

/// How a write ended.
#[derive(Clone, Debug)]
#[must_use = "it may not have been carried out"]
pub enum Settled<T> {
    /// It was answered.
    Answered(Reply<T>),
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
    /// # Errors
    /// As for [`Client::send_json`], but [`Error::AmbiguousWrite`]. A look before the write that fails is no error: what only a
    /// comparison shows is then not known.
    pub async fn settle_json(&self, id: &str, params: impl AsRef<[u8]>) -> Result<Settled<String>, Error> {
        let params = String::from_utf8_lossy(params.as_ref());
        let mut settle = Settle::new(self.core(), catalogue::endpoint(id)?, &params, self.policy())?;
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
                SettleStep::Wait(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                SettleStep::Done(End::Answered | End::Failed) => return last.map(Settled::Answered),
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
