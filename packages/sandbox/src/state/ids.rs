//! Ids of what is created: 19 digits, each larger than those before.

use super::Record;
use crate::sample::Seed;
use serde::{Deserialize, Serialize};

/// The ids of the year 2020's first millisecond begin here.
const FIRST: u64 = 1_000_000_000_000_000_000;
/// The ids of one millisecond.
const SPAN: u64 = 1_000_000;
/// Milliseconds from 1970 to 2020.
const YEAR_2020: u64 = 1_577_836_800_000;
/// Milliseconds after 2020 whose ids still have 19 digits: two hundred years, with room behind them.
const LAST: u64 = 6_311_520_000_000;

/// The last id that was given. It follows the clock, so that a sandbox that starts anew does not repeat ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ids {
    last: u64,
}

impl Record for Ids {}

impl Ids {
    pub(crate) fn next(&mut self, now: i64) -> String {
        let after_2020 = u64::try_from(now).unwrap_or_default().saturating_sub(YEAR_2020).min(LAST);
        let slot = (FIRST / SPAN + after_2020).max(self.last / SPAN + 1);
        // No odd number of this size is exact in binary floating point.
        self.last = slot * SPAN + (Seed::new("id").of(&slot.to_string()).below(SPAN) | 1);
        self.last.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_have_19_digits_and_are_not_exact_in_floating_point() {
        let mut ids = Ids::default();
        let mut last = String::new();
        for now in [1_722_484_800_000; 1000].into_iter().chain([0, -5, i64::MAX, i64::MAX]) {
            let id = ids.next(now);
            assert_eq!(id.len(), 19);
            assert!(id > last, "{id} after {last}");
            let number: u64 = id.parse().unwrap();
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let rounded = number as f64 as u64;
            assert_ne!(rounded, number);
            last = id;
        }
    }
}
