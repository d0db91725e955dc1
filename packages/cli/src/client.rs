//! The client of the commands that call the platform as their user says.

use crate::args::{ClientArgs, RetryArgs};
use crate::failure::Failure;
use crate::{account, paths};
use std::time::Duration;
use xportcn::{Config, RetryPolicy};

/// Its settings: those of flags and variables, which win over those of the profile.
pub fn settings(args: ClientArgs) -> Result<(Config, RetryPolicy), Failure> {
    let (mut config, mut policy) = account::settings(args.account)?;
    set(&mut config.base_url, args.base_url);
    set(&mut config.signature, args.signature.map(Into::into));
    set(&mut config.timestamp_unit, args.timestamp_unit.map(Into::into));
    config.paths.extend(paths::of(args.paths)?);
    set(&mut config.user_agent, args.user_agent);
    config.headers.extend(args.headers);
    config.query.extend(args.query);
    // A library's caller may have no time left; on a command line it is a slip.
    if args.retry.deadline.is_some_and(|deadline| deadline < Duration::from_millis(1)) {
        return Err(Failure::usage("--deadline must be at least 1 ms"));
    }
    let RetryArgs { max_retries, timeout, deadline, initial_backoff, max_backoff, retry_writes } = args.retry;
    set(&mut policy.max_retries, max_retries);
    set(&mut policy.timeout, timeout);
    set(&mut policy.deadline, deadline);
    set(&mut policy.initial_backoff, initial_backoff);
    set(&mut policy.max_backoff, max_backoff);
    policy.retry_writes |= retry_writes;
    Ok((config, policy))
}

/// Sets what is given.
pub fn set<T>(setting: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *setting = given;
    }
}
