//! A reply that the platform gave with success.

use crate::error::Warning;
use crate::values::Id;
use ::core::ops::Deref;
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
    /// Values that did not fit their fields and became null.
    pub warnings: Vec<Warning>,
    /// The body as it was received.
    pub raw: Vec<u8>,
}

impl<T> Reply<T> {
    /// The same reply with other data, made from its own.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { data, request_id, message, develop_id, warnings, raw } = self;
        Reply { data: make(data), request_id, message, develop_id, warnings, raw }
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}
