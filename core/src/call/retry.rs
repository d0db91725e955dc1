//! When and how often a call is tried again.

use crate::error::Error;
use ::core::time::Duration;

/// When and how often a call is tried again. Parts of a millisecond do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many attempts may follow the first.
    pub max_retries: u32,
    /// How long one attempt may take.
    pub timeout: Duration,
    /// How long a call may take from its first attempt on, with all its attempts and the waits between them. Before that it
    /// waits at most as long for its place within the limit of calls.
    pub deadline: Duration,
    /// The longest first wait between attempts. It doubles with each retry.
    pub initial_backoff: Duration,
    /// The longest wait between attempts.
    pub max_backoff: Duration,
    /// Whether a call that writes is tried again although it may have arrived. Orders may then be placed twice.
    pub retry_writes: bool,
    /// How long a write whose answer is lost is looked for, from the moment at which it was sent. Longer than the platform
    /// takes to carry out a call and to show it.
    pub recovery_window: Duration,
    /// Whether a write is sent again, once, that was looked for and was not carried out, by [`Settle`](crate::Settle).
    pub retry_after_recovery: bool,
    /// How long a state is waited for, by [`Wait`](crate::Wait).
    pub wait_timeout: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            timeout: Duration::from_secs(30),
            deadline: Duration::from_secs(60),
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            retry_writes: false,
            recovery_window: Duration::from_secs(180),
            retry_after_recovery: false,
            wait_timeout: Duration::from_secs(1800),
        }
    }
}

impl RetryPolicy {
    /// Refuses a policy by which each attempt is over as it begins: nobody would know what became of a write.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting.
    pub fn check(&self) -> Result<(), Error> {
        match millis(self.timeout) {
            0 => Err(Error::Config { field: "timeout".into(), reason: "must be at least 1 ms".into() }),
            _ => Ok(()),
        }
    }
}

/// Whole milliseconds; what is beyond all bounds is as long as can be.
pub(crate) fn millis(duration: Duration) -> u64 {
    duration.as_secs().saturating_mul(1000).saturating_add(u64::from(duration.subsec_millis()))
}
