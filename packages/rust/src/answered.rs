//! A call's result with what is known of its answer.

use std::time::Duration;
use xportcn_core::exchange::Head;
use xportcn_core::{Error, Exchange, Reply};

/// A call's result, and what is known of the last answer, whether it was one of success or not.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answered<T> {
    /// The reply, or the error.
    pub result: Result<Reply<T>, Error>,
    /// How many attempts were sent.
    pub attempts: u32,
    /// How long the call took, with all attempts and waits.
    pub duration: Duration,
    head: Option<Head>,
}

impl<T> Answered<T> {
    pub(crate) fn new(result: Result<Reply<T>, Error>, exchange: &Exchange<T>) -> Self {
        let duration = Duration::from_millis(exchange.duration_ms());
        Self { result, attempts: exchange.attempts(), duration, head: exchange.head().cloned() }
    }

    pub(crate) fn unsent(error: Error) -> Self {
        Self { result: Err(error), attempts: 0, duration: Duration::ZERO, head: None }
    }

    /// The HTTP status of the last answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match &self.result {
            Ok(reply) => Some(reply.status),
            Err(_) => self.head.as_ref().map(|head| head.status),
        }
    }

    /// The headers of the last answer; names in any case.
    pub fn headers(&self) -> &[(String, String)] {
        match &self.result {
            Ok(reply) => &reply.headers,
            Err(_) => self.head.as_ref().map_or(&[], |head| &head.headers),
        }
    }

    /// The value of a header of the last answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
