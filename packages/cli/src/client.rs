//! The client of the commands that call the platform as their user says.

use crate::args::{ClientArgs, RetryArgs};
use crate::failure::Failure;
use crate::{account, paths};
use std::time::Duration;
use xportcn::{Config, RetryPolicy};

/// Its settings.
pub fn settings(args: ClientArgs) -> Result<(Config, RetryPolicy), Failure> {
    let mut config = account::config(args.account)?;
    if let Some(base_url) = args.base_url {
        config.base_url = base_url;
    }
    config.signature = args.signature.into();
    config.timestamp_unit = args.timestamp_unit.into();
    config.paths = paths::of(args.paths)?;
    // A library's caller may have no time left; on a command line it is a slip.
    if args.retry.deadline < Duration::from_millis(1) {
        return Err(Failure::usage("--deadline must be at least 1 ms"));
    }
    let RetryArgs { max_retries, timeout, deadline, initial_backoff, max_backoff, retry_writes } = args.retry;
    let usual = RetryPolicy::default();
    let policy = RetryPolicy { max_retries, timeout, deadline, initial_backoff, max_backoff, retry_writes, ..usual };
    Ok((config, policy))
}
