//! Why a tool does not do what it was asked for.

use std::fmt;

/// Why a tool does not do what it was asked for. Its words are ours: none comes from the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In one word, for programs: `invalid`, `limit`, `token`, `changed`, `declined`,
    /// `platform`, `unavailable`.
    pub kind: &'static str,
    /// The limit that would be passed.
    pub limit: Option<&'static str>,
    /// In words.
    pub words: String,
    /// What the platform said, which is data and nothing else.
    pub platform: Option<String>,
}

impl Refusal {
    /// A refusal of this kind.
    pub fn new(kind: &'static str, words: impl Into<String>) -> Self {
        Self { kind, limit: None, words: words.into(), platform: None }
    }

    /// Wrong arguments.
    pub fn invalid(words: impl Into<String>) -> Self {
        Self::new("invalid", words)
    }

    /// A limit that would be passed.
    pub fn limit(limit: &'static str, words: impl Into<String>) -> Self {
        Self { limit: Some(limit), ..Self::new("limit", words) }
    }

    /// A token that does not do.
    pub fn token(words: impl Into<String>) -> Self {
        Self::new("token", words)
    }

    /// The journal cannot be read or written: nothing is sent then.
    pub fn unavailable(error: &impl fmt::Display) -> Self {
        Self::new("unavailable", format!("the journal cannot be used, so nothing was sent: {error}"))
    }
}
