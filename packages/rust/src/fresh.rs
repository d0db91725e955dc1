//! What the system gives each attempt: the time, and a nonce.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use xportcn_core::{Error, Nonce, TransportKind};

/// Milliseconds since 1970. A clock before that counts as 0, which the platform refuses as out of date.
pub(crate) fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Random bytes for a nonce and a wait, from the system.
pub(crate) fn bytes(endpoint: &str) -> Result<[u8; Nonce::LENGTH], Error> {
    let mut bytes = [0; Nonce::LENGTH];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::Transport {
            endpoint: endpoint.to_string(),
            kind: TransportKind::Other,
            detail: format!("the system gives no randomness for the nonce: {error}"),
        }),
    }
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
