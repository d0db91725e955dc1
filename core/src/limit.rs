//! An optional limit of calls per second, shared by all calls of a client.

use ::core::sync::atomic::{AtomicU64, Ordering};

/// How many calls may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Calls per second in the long run; at least one.
    pub per_second: u32,
    /// Calls that may follow each other at once after a pause; at least one.
    pub burst: u32,
}

/// A bucket of tokens that fills with time. It holds when the next token that is not yet promised would be there.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    next_us: AtomicU64,
}

/// A bucket that promises tokens further ahead than this belongs to a clock that was set back.
const FARTHEST_US: u64 = 600_000_000;

impl Bucket {
    /// Takes a token, and tells how many milliseconds to wait for it; none is taken if that is more than `at_most_ms`.
    pub(crate) fn take(&self, limit: Limit, now_ms: u64, at_most_ms: u64) -> Option<u64> {
        let now = now_ms.saturating_mul(1000);
        let interval = 1_000_000 / u64::from(limit.per_second.max(1));
        let ahead = interval * u64::from(limit.burst.max(1) - 1);
        let mut next = self.next_us.load(Ordering::Relaxed);
        loop {
            let due = if next > now.saturating_add(FARTHEST_US) { now } else { next.max(now) };
            let wait_ms = due.saturating_sub(ahead).saturating_sub(now).div_ceil(1000);
            if wait_ms > at_most_ms {
                return None;
            }
            match self.next_us.compare_exchange_weak(next, due + interval, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Some(wait_ms),
                Err(other) => next = other,
            }
        }
    }
}

impl Clone for Bucket {
    fn clone(&self) -> Self {
        Self { next_us: AtomicU64::new(self.next_us.load(Ordering::Relaxed)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { per_second: 10, burst: 3 };

    #[test]
    fn a_burst_is_let_through_and_then_calls_are_spread() {
        let bucket = Bucket::default();
        let waits: [Option<u64>; 6] = ::core::array::from_fn(|_| bucket.take(LIMIT, 1_000, 10_000));
        assert_eq!(waits, [Some(0), Some(0), Some(0), Some(100), Some(200), Some(300)]);
        // A second later ten tokens have come, and the bucket is full again.
        let waits: [Option<u64>; 4] = ::core::array::from_fn(|_| bucket.take(LIMIT, 3_000, 10_000));
        assert_eq!(waits, [Some(0), Some(0), Some(0), Some(100)]);
    }

    #[test]
    fn a_token_that_comes_too_late_is_not_taken() {
        let bucket = Bucket::default();
        for _ in 0..3 {
            assert_eq!(bucket.take(LIMIT, 1_000, 50), Some(0));
        }
        assert_eq!(bucket.take(LIMIT, 1_000, 50), None);
        assert_eq!(bucket.take(LIMIT, 1_000, 100), Some(100));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_the_calls() {
        let bucket = Bucket::default();
        assert_eq!(bucket.take(LIMIT, 7_200_000, 0), Some(0));
        assert_eq!(bucket.take(LIMIT, 1_000, 0), Some(0));
    }
}
