//! What the system gives each attempt: the time, and a nonce.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use xportcn_core::Nonce;

/// Milliseconds since 1970. A clock before that counts as 0, which the platform refuses as out of date.
pub(crate) fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// A nonce from the system's randomness.
pub(crate) fn nonce() -> Result<Nonce, getrandom::Error> {
    let mut bytes = [0; Nonce::LENGTH];
    getrandom::fill(&mut bytes)?;
    Ok(Nonce::from_random(bytes))
}

/// Measures how long a call takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins to measure.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Whole milliseconds since the start.
    pub(crate) fn milliseconds(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
