//! An optional limit of calls per second, shared by all calls of a client.

use ::core::sync::atomic::{AtomicU64, Ordering};
use ::core::time::Duration;

/// How many calls may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    interval_us: u64,
    burst: u32,
}

impl Limit {
    /// So many calls per second in the long run; at least one.
    pub const fn per_second(calls: u32) -> Self {
        let calls = if calls == 0 { 1 } else { calls };
        Self { interval_us: 1_000_000 / calls as u64, burst: 1 }
    }

    /// One call in so long a time: for a limit below one call per second.
    pub const fn every(interval: Duration) -> Self {
        let micros = interval.as_micros();
        Self { interval_us: if micros > u64::MAX as u128 { u64::MAX } else { micros as u64 }, burst: 1 }
    }

    /// So many calls may follow each other at once after a pause; at least one, and one unless it is set.
    pub const fn burst(self, calls: u32) -> Self {
        Self { burst: if calls == 0 { 1 } else { calls }, ..self }
    }
}

/// A bucket of tokens that fills with time. It holds when the next token that is not yet promised would be there, and
/// what the clock last showed.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    next_us: AtomicU64,
    seen_ms: AtomicU64,
}

/// A clock that shows less than before by more than this was set back; by less, two calls have overtaken each other.
const OVERTAKING_MS: u64 = 1_000;

impl Bucket {
    /// What it holds, as numbers.
    pub(crate) fn state(&self) -> [u64; 2] {
        [&self.next_us, &self.seen_ms].map(|number| number.load(Ordering::Relaxed))
    }

    /// Takes what another bucket of the same client held.
    pub(crate) fn set(&self, [next_us, seen_ms]: [u64; 2]) {
        self.next_us.store(next_us, Ordering::Relaxed);
        self.seen_ms.store(seen_ms, Ordering::Relaxed);
    }

    /// Takes a token, and tells how many milliseconds to wait for it; none is taken if that is more than `at_most_ms`.
    pub(crate) fn take(&self, limit: Limit, now_ms: u64, at_most_ms: u64) -> Option<u64> {
        let back_ms = self.seen_ms.swap(now_ms, Ordering::Relaxed).saturating_sub(now_ms);
        let back = if back_ms > OVERTAKING_MS { back_ms.saturating_mul(1000) } else { 0 };
        let now = now_ms.saturating_mul(1000);
        let interval = limit.interval_us;
        let ahead = interval.saturating_mul(u64::from(limit.burst - 1));
        let mut next = self.next_us.load(Ordering::Relaxed);
        loop {
            let due = next.saturating_sub(back).max(now);
            let wait_ms = due.saturating_sub(ahead).saturating_sub(now).div_ceil(1000);
            let (taken, answer) = match wait_ms <= at_most_ms {
                true => (due.saturating_add(interval), Some(wait_ms)),
                false => (due, None),
            };
            match self.next_us.compare_exchange_weak(next, taken, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return answer,
                Err(other) => next = other,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit::per_second(10).burst(3);

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
    fn a_clock_that_is_set_back_keeps_the_limit_and_does_not_stop_the_calls() {
        for back in [300_000, 7_200_000] {
            let bucket = Bucket::default();
            let now = 7_300_000;
            let waits: [Option<u64>; 5] = ::core::array::from_fn(|_| bucket.take(LIMIT, now, 10_000));
            assert_eq!(waits, [Some(0), Some(0), Some(0), Some(100), Some(200)]);
            let waits: [Option<u64>; 2] = ::core::array::from_fn(|_| bucket.take(LIMIT, now - back, 10_000));
            assert_eq!(waits, [Some(300), Some(400)]);
        }
    }

    #[test]
    fn calls_that_overtake_each_other_gain_nothing() {
        let bucket = Bucket::default();
        let limit = Limit::per_second(1);
        let waits: [Option<u64>; 3] = ::core::array::from_fn(|at| bucket.take(limit, 5_000 - at as u64, 10_000));
        assert_eq!(waits, [Some(0), Some(1_001), Some(2_002)]);
    }

    #[test]
    fn a_burst_of_many_minutes_does_not_lift_the_limit() {
        let bucket = Bucket::default();
        let limit = Limit::per_second(1).burst(1_000);
        let at_once = (0..2_000).filter(|_| bucket.take(limit, 1_000, 0) == Some(0)).count();
        assert_eq!(at_once, 1_000);
    }

    #[test]
    fn a_limit_may_be_below_one_call_per_second() {
        let bucket = Bucket::default();
        let limit = Limit::every(Duration::from_secs(90)).burst(2);
        let waits: [Option<u64>; 4] = ::core::array::from_fn(|_| bucket.take(limit, 1_000, 200_000));
        assert_eq!(waits, [Some(0), Some(0), Some(90_000), Some(180_000)]);
        assert_eq!(bucket.take(limit, 1_000, 200_000), None);
    }

    #[test]
    fn the_longest_interval_is_no_trouble() {
        let bucket = Bucket::default();
        let limit = Limit::every(Duration::MAX).burst(u32::MAX);
        assert_eq!(bucket.take(limit, 1_000, 0), Some(0));
        assert_eq!(Limit::per_second(0).burst(0), Limit::per_second(1).burst(1));
    }

    #[test]
    fn a_clock_at_its_end_is_no_trouble() {
        let bucket = Bucket::default();
        for _ in 0..5 {
            assert_eq!(bucket.take(LIMIT, u64::MAX, 10_000), Some(0));
        }
    }
}
