//! The time that passes in a search, by steps of the host's clock and waits.

/// Time that does not run backwards: where the host's clock is set back, what was waited has passed all the same.
#[derive(Debug, Default)]
pub(super) struct Clock {
    seen_ms: u64,
    waits_ms: u64,
}

impl Clock {
    /// The time of a step.
    pub(super) fn step(&mut self, now_ms: u64) -> u64 {
        let now_ms = if now_ms < self.seen_ms { self.seen_ms.saturating_add(self.waits_ms) } else { now_ms };
        (self.seen_ms, self.waits_ms) = (now_ms, 0);
        now_ms
    }

    /// How long to wait from the last step on.
    pub(super) fn wait(&mut self, until_ms: u64) -> u64 {
        self.waits_ms = until_ms.saturating_sub(self.seen_ms);
        self.waits_ms
    }
}
