//! What tells the repeats of a message.

use crate::json::Source;
use crate::values::{Time, any};
use alloc::string::String;
use sha2::{Digest, Sha256};

/// The parts of a message on their way into its id.
pub(super) struct Identity(Sha256);

impl Identity {
    pub(super) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a part of the envelope: its value, or what is written in its place where that is none.
    pub(super) fn part(mut self, value: Option<&str>, written: Option<&str>) -> Self {
        let (kind, text) = match (value, written) {
            (Some(value), _) => (2, value),
            (None, Some(written)) => (1, written),
            (None, None) => (0, ""),
        };
        self.0.update([kind]);
        // The length keeps the parts apart.
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text);
        self
    }

    /// Adds the content, in which white space says nothing, and gives the id.
    pub(super) fn content(mut self, json: &str) -> String {
        let mut compact = String::with_capacity(json.len());
        // What is no JSON was refused before.
        let _ = any::write_compact(&mut Source::new(json), &mut compact);
        self.0.update(compact);
        let mut id = base16ct::lower::encode_string(&self.0.finalize());
        id.truncate(32);
        id
    }
}

/// A moment, wherever it was written.
pub(super) fn moment(time: Time) -> String {
    let moment = time.datetime();
    alloc::format!("{}.{}", moment.timestamp(), moment.timestamp_subsec_nanos())
}
