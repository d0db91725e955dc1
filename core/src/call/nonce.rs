//! The nonce of a request: 32 letters and digits, different for every attempt.

use ::core::fmt;
use alloc::string::String;

/// 32 characters of `[0-9A-Za-z]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce([u8; Nonce::LENGTH]);

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Nonce {
    /// Characters in a nonce.
    pub const LENGTH: usize = 32;

    /// A nonce from the host's random bytes, one character from each; it carries more than 128 of their bits.
    pub fn from_random(bytes: [u8; Nonce::LENGTH]) -> Self {
        Self(bytes.map(|byte| ALPHABET[usize::from(byte) % ALPHABET.len()]))
    }

    /// A nonce that the host has made itself; absent if it is not 32 letters and digits.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes: [u8; Nonce::LENGTH] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphanumeric).then_some(Self(bytes))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // Only letters and digits get in, so this is always text.
        ::core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Nonce> for String {
    fn from(nonce: Nonce) -> String {
        String::from(nonce.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_gives_a_letter_or_digit() {
        for start in 0..8u8 {
            let bytes: [u8; 32] = ::core::array::from_fn(|i| start * 32 + i as u8);
            let nonce = Nonce::from_random(bytes);
            assert!(nonce.as_str().bytes().all(|b| b.is_ascii_alphanumeric()));
            assert_eq!(Nonce::from_text(nonce.as_str()), Some(nonce));
        }
    }

    #[test]
    fn text_of_another_length_or_alphabet_is_refused() {
        for text in [
            "",
            "short",
            "0123456789abcdef0123456789abcde",
            "0123456789abcdef0123456789abcde-",
            "é123456789abcdef0123456789abcde",
        ] {
            assert_eq!(Nonce::from_text(text), None, "{text}");
        }
    }
}
