//! How often anything happened, for those who wait until something has.

use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// Grows with every call, change, fault and message.
#[derive(Clone, Debug)]
pub(crate) struct Revision(watch::Sender<u64>);

impl Revision {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub(crate) fn grow(&self) {
        self.0.send_modify(|revision| *revision += 1);
    }

    pub(crate) fn now(&self) -> u64 {
        *self.0.borrow()
    }

    /// Comes back when it is beyond `known`, or after a while.
    pub(crate) async fn beyond(&self, known: u64, at_most: Duration) {
        let mut receiver = self.0.subscribe();
        // The sender is ours, so it is there; that the time is over is no failure.
        let _ = timeout(at_most, receiver.wait_for(|revision| *revision > known)).await;
    }
}
