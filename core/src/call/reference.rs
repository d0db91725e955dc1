//! The caller's own reference of a creation, where the caller gave none: by it an order is found again whose answer is lost.

use crate::Nonce;
use crate::codec::Routed;
use crate::effect::{Effect, FoundBy};
use alloc::string::String;

/// Whether references are made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum References {
    /// No: a call is sent as it is given.
    #[default]
    Off,
    /// Where a field for them is read by programs only.
    Auto,
    /// Also where the only such field is a message that the seller reads.
    AutoInMessages,
}

/// How every reference begins that was made up.
const MARK: &str = "XP";
/// Digits of the moment, and of chance: 45 bits of milliseconds last until the year 3084, and 60 of chance keep calls of the
/// same millisecond apart.
const DIGITS: (usize, usize) = (9, 12);

impl References {
    /// Fills the reference of a write that has a field for one and left it empty.
    pub(crate) fn fill(self, effect: &'static Effect, routed: &mut Routed, now_ms: u64, random: &[u8; Nonce::LENGTH]) {
        if let Some(field) = self.empty_field(effect, routed) {
            routed.set(field, &made(now_ms, random));
        }
    }

    /// The field for a reference that is wanted there, of a write that left it empty.
    pub(crate) fn empty_field(self, effect: &'static Effect, routed: &Routed) -> Option<&'static str> {
        let FoundBy::Reference { field, read_by_seller } = effect.of(|field| routed.says(field)).found_by else {
            return None;
        };
        let is_wanted = match self {
            References::Off => false,
            References::Auto => !read_by_seller,
            References::AutoInMessages => true,
        };
        // Only a body can be added to, and all creations have one unless the caller has set another method for them.
        (is_wanted && routed.body.is_some() && !routed.says(field)).then_some(field)
    }
}

/// Capitals and digits only, as marketplaces number orders.
fn made(now_ms: u64, random: &[u8; Nonce::LENGTH]) -> String {
    let mut out = String::from(MARK);
    let (moment, chance) = DIGITS;
    out.extend((0..moment).rev().map(|place| digit(now_ms >> (5 * place))));
    // The exchange takes its jitter from the first bytes.
    out.extend(random.iter().rev().take(chance).map(|byte| digit(u64::from(*byte))));
    out
}

/// A digit to the base of 32.
fn digit(value: u64) -> char {
    match u8::try_from(value % 32).unwrap_or_default() {
        low @ 0..=9 => char::from(b'0' + low),
        high => char::from(b'A' + high - 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn references_are_capitals_and_digits_and_follow_the_time() {
        let one = made(1_779_263_269_913, &[7; Nonce::LENGTH]);
        assert_eq!(one, "XP1JP25LR0P777777777777");
        assert!(made(1_779_263_269_914, &[0; Nonce::LENGTH]) > one);
        assert!(one.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
    }

    #[test]
    fn chance_keeps_calls_of_one_moment_apart() {
        let many = (0..=255_u8).map(|byte| {
            let mut random = [0; Nonce::LENGTH];
            random[Nonce::LENGTH - 1] = byte % 32;
            random[Nonce::LENGTH - 2] = byte / 32;
            made(0, &random)
        });
        assert_eq!(many.collect::<BTreeSet<_>>().len(), 256);
    }
}
