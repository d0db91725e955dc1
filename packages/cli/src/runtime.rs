//! What calls and servers run on.

use crate::failure::{Failure, TRANSPORT};
use std::future::Future;
use std::time::Duration;

/// How long what nobody waits for any more may take to end, as a connection that is flooded.
const LEFT_BEHIND: Duration = Duration::from_millis(200);

/// Runs to the end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(TRANSPORT, format!("no threads can be started: {error}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_timeout(LEFT_BEHIND);
    result
}
