//! The sandbox's clock: another clock's time, and what tests add to it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A source of time, in milliseconds since 1970.
pub(crate) type Source = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The sandbox's clock.
pub(crate) struct Clock {
    source: Source,
    offset_ms: AtomicI64,
}

impl Clock {
    pub(crate) fn new(source: Source, offset_ms: i64) -> Self {
        Self { source, offset_ms: AtomicI64::new(offset_ms) }
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> u64 {
        (self.source)().saturating_add_signed(self.offset_ms.load(Ordering::Relaxed))
    }

    /// How far it is ahead of its source.
    pub(crate) fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::Relaxed)
    }

    /// Sets how far it is ahead of its source.
    pub(crate) fn set_offset_ms(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::Relaxed);
    }

    /// Sets it to this moment, from which it goes on.
    pub(crate) fn set_ms(&self, now_ms: u64) {
        let (now, source) = (i128::from(now_ms), i128::from((self.source)()));
        self.set_offset_ms(i64::try_from(now - source).unwrap_or(i64::MAX));
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("offset_ms", &self.offset_ms()).finish_non_exhaustive()
    }
}
