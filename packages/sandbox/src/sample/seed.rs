//! Where sample values come from: numbers that follow from names.

/// A number from which others are drawn by name or index. The same on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seed(u64);

impl Seed {
    /// FNV-1a, so that no library's choice of hash changes what the sandbox answers.
    pub(crate) fn new(text: &str) -> Self {
        Self(0xCBF2_9CE4_8422_2325).of(text)
    }

    /// The seed of a part that has a name.
    pub(crate) fn of(self, name: &str) -> Self {
        let hash = name.bytes().fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Self(mix(hash))
    }

    /// The seed of a part that has a number.
    pub(crate) fn at(self, index: usize) -> Self {
        Self(mix(self.0 ^ (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// A number below `end`.
    pub(crate) fn below(self, end: u64) -> u64 {
        self.0 % end.max(1)
    }

    /// One of the choices.
    pub(crate) fn pick<T>(self, choices: &[T]) -> Option<&T> {
        choices.get(usize::try_from(self.below(choices.len() as u64)).unwrap_or_default())
    }

    pub(crate) fn is_even(self) -> bool {
        self.below(2) == 0
    }

    /// An id of 19 digits, beyond what binary floating point holds and within 64 bits.
    pub(crate) fn long_id(self) -> String {
        (1_000_000_000_000_000_000 + self.below(8_000_000_000_000_000_000)).to_string()
    }

    /// 32 lower-case hex digits.
    pub(crate) fn hex_id(self) -> String {
        format!("{:016x}{:016x}", self.0, self.at(1).0)
    }
}

/// Spreads every bit over all others.
fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 30;
    bits = bits.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits ^= bits >> 27;
    bits = bits.wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
