//! The last messages, by which repeats are told.

use std::collections::{HashSet, VecDeque};

/// Messages that are remembered. The platform repeats one for two and a half hours.
pub const REMEMBERED: usize = 10_000;

/// The ids of the last messages.
#[derive(Default)]
pub struct Recent {
    ids: HashSet<String>,
    order: VecDeque<String>,
}

impl Recent {
    /// The ids of messages that came before, the newest last.
    pub fn of(ids: impl IntoIterator<Item = String>) -> Self {
        let mut recent = Self::default();
        for id in ids {
            recent.note(&id);
        }
        recent
    }

    /// Whether a message is known.
    pub fn knows(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Takes note of a message. Whether it was known.
    pub fn note(&mut self, id: &str) -> bool {
        if !self.ids.insert(id.to_string()) {
            return true;
        }
        self.order.push_back(id.to_string());
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_before_are_known() {
        let recent = Recent::of(["one".to_string(), "two".to_string()]);
        assert!(recent.knows("one") && recent.knows("two") && !recent.knows("three"));
    }

    #[test]
    fn the_last_ten_thousand_are_remembered_and_no_more() {
        let mut recent = Recent::default();
        for number in 0..REMEMBERED {
            assert!(!recent.note(&number.to_string()));
        }
        assert!(recent.knows("0") && recent.note("0") && recent.note("9999"));
        assert!(!recent.note("one more"));
        assert!(!recent.note("0"), "the oldest was not forgotten");
        assert!(recent.note("2") && recent.note("one more"));
        assert_eq!((recent.ids.len(), recent.order.len()), (REMEMBERED, REMEMBERED));
    }
}
