//! Where a sandbox pushes its messages when there is no receiver of the developer's own.

use axum::http::{HeaderMap, StatusCode, header};
use std::sync::atomic::{AtomicU16, Ordering};
use xportcn::Client;

/// Takes messages, and answers as it is told to.
pub(crate) struct Inbox(AtomicU16);

impl Inbox {
    pub(crate) fn new() -> Self {
        Self(AtomicU16::new(StatusCode::OK.as_u16()))
    }

    /// The status that messages are answered with.
    pub(crate) fn answer(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }

    /// Answers with another status from now on; a message that is not answered with 200 comes again.
    pub(crate) fn set_answer(&self, status: u16) {
        self.0.store(status, Ordering::Relaxed);
    }

    /// Takes a message if it is signed with the account.
    pub(crate) fn take(&self, client: &Client, headers: &HeaderMap, body: &[u8]) -> StatusCode {
        let authorization =
            headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match client.read_push(authorization, body) {
            Ok(_) => StatusCode::from_u16(self.answer()).unwrap_or(StatusCode::OK),
            Err(_) => StatusCode::UNAUTHORIZED,
        }
    }
}
