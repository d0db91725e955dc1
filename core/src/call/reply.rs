//! A reply that the platform gave with success.

use crate::error::Warning;
use crate::values::Id;
use ::core::ops::Deref;
use ::core::time::Duration;
use alloc::string::String;
use alloc::vec::Vec;

/// The data of a reply, and what came with it. Fields of the data can be read directly.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The data: a typed value, or canonical JSON.
    pub data: T,
    /// The platform's name for this call: quote it when asking the platform.
    pub request_id: Option<String>,
    /// The platform's words, as `success`.
    pub message: Option<String>,
    /// The developer's account.
    pub develop_id: Option<Id>,
    /// Values that did not fit their fields and became null; behind them, fields of the request that were probably misspelt.
    pub warnings: Vec<Warning>,
    /// The body as it was received.
    pub raw: Vec<u8>,
    /// The HTTP status.
    pub status: u16,
    /// The headers of the answer; names in any case.
    pub headers: Vec<(String, String)>,
    /// How many attempts were sent; 0 for an answer that was kept.
    pub attempts: u32,
    /// How long the call took, with all attempts and waits.
    pub duration: Duration,
}

impl<T> Reply<T> {
    /// The same reply with other data, made from its own.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { data, request_id, message, develop_id, warnings, raw, status, headers, attempts, duration } = self;
        let data = make(data);
        Reply { data, request_id, message, develop_id, warnings, raw, status, headers, attempts, duration }
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}
