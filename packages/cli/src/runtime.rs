//! What calls and servers run on.

use crate::failure::{Failure, TRANSPORT};
use std::future::Future;

/// Runs to the end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(TRANSPORT, format!("no threads can be started: {error}")))?
        .block_on(work)
}
