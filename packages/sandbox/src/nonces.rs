//! The nonces that have been used, for as long as their timestamps would be accepted.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use xportcn_core::Nonce;

type Text = [u8; Nonce::LENGTH];

/// The used nonces of all access keys.
#[derive(Debug)]
pub(crate) struct Nonces {
    capacity: usize,
    used: HashMap<String, Used>,
}

/// The used nonces of one access key.
#[derive(Debug, Default)]
struct Used {
    known: HashSet<Text>,
    by_end: BinaryHeap<Reverse<(u64, Text)>>,
    /// Nonces that end before this have been forgotten, so nothing that ends before it can be accepted.
    forgotten: u64,
}

/// What came of marking a nonce as used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NonceUse {
    /// It had been used before.
    Again,
    /// It may have been used before: so many came that it cannot be told.
    Forgotten,
    /// It is new.
    New,
}

impl Nonces {
    /// Remembers at most `capacity` nonces per access key.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), used: HashMap::new() }
    }

    /// Marks a nonce as used. Its timestamp is accepted until `end`; after that it need not be remembered.
    pub(crate) fn mark(&mut self, access_key: &str, nonce: &Nonce, end: u64, now: u64) -> NonceUse {
        let mut text = Text::default();
        text.copy_from_slice(nonce.as_str().as_bytes());
        if !self.used.contains_key(access_key) {
            self.used.insert(access_key.to_string(), Used::default());
        }
        match self.used.get_mut(access_key) {
            Some(used) => used.mark(text, end, now, self.capacity),
            None => NonceUse::Forgotten,
        }
    }
}

impl Used {
    fn mark(&mut self, text: Text, end: u64, now: u64, capacity: usize) -> NonceUse {
        while self.by_end.peek().is_some_and(|Reverse((end, _))| *end < now) {
            self.forget_first();
        }
        if self.known.contains(&text) {
            return NonceUse::Again;
        }
        while self.known.len() >= capacity && self.by_end.peek().is_some_and(|Reverse((first, _))| *first < end) {
            self.forgotten = self.forget_first().max(self.forgotten);
        }
        if end <= self.forgotten || self.known.len() >= capacity {
            return NonceUse::Forgotten;
        }
        self.known.insert(text);
        self.by_end.push(Reverse((end, text)));
        NonceUse::New
    }

    fn forget_first(&mut self) -> u64 {
        let Some(Reverse((end, text))) = self.by_end.pop() else { return 0 };
        self.known.remove(&text);
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nonce(number: u32) -> Nonce {
        Nonce::from_text(&format!("{number:032}")).unwrap()
    }

    #[test]
    fn a_nonce_is_new_once_for_each_access_key() {
        let mut nonces = Nonces::new(10);
        assert_eq!(nonces.mark("a", &nonce(1), 600, 0), NonceUse::New);
        assert_eq!(nonces.mark("a", &nonce(1), 900, 0), NonceUse::Again);
        assert_eq!(nonces.mark("b", &nonce(1), 600, 0), NonceUse::New);
    }

    #[test]
    fn a_nonce_is_remembered_up_to_the_end_of_its_window() {
        let mut nonces = Nonces::new(10);
        assert_eq!(nonces.mark("a", &nonce(1), 600, 0), NonceUse::New);
        assert_eq!(nonces.mark("a", &nonce(1), 1200, 600), NonceUse::Again);
        assert_eq!(nonces.mark("a", &nonce(1), 1201, 601), NonceUse::New);
    }

    #[test]
    fn memory_is_bounded_and_what_was_forgotten_is_not_accepted_again() {
        let mut nonces = Nonces::new(100);
        for number in 0..1000 {
            assert_eq!(nonces.mark("a", &nonce(number), u64::from(number) + 600, 0), NonceUse::New);
        }
        assert_eq!(nonces.used["a"].known.len(), 100);
        assert_eq!(nonces.used["a"].by_end.len(), 100);
        assert_eq!(nonces.mark("a", &nonce(5), 605, 0), NonceUse::Forgotten);
        assert_eq!(nonces.mark("a", &nonce(950), 1550, 0), NonceUse::Again);
        assert_eq!(nonces.mark("a", &nonce(2000), 1700, 0), NonceUse::New);
    }
}
