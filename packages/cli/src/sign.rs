//! `xportcn sign`: prints the headers that sign a request.

use crate::args::SignArgs;
use crate::failure::Failure;
use crate::{account, client, output};
use std::time::{SystemTime, UNIX_EPOCH};
use xportcn_core::{Core, Nonce};

pub fn run(args: SignArgs) -> Result<(), Failure> {
    let nonce = match &args.nonce {
        Some(text) => {
            Nonce::from_text(text).ok_or_else(|| Failure::usage("--nonce must be 32 characters of 0-9, A-Z and a-z"))?
        }
        None => random_nonce()?,
    };
    let timestamp = args.timestamp.unwrap_or_else(now);
    let mut config = account::config(args.account)?;
    client::set(&mut config.signature, args.method.map(Into::into));
    let headers = Core::new(config)?.headers(timestamp, &nonce);
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    Ok(output::print(&lines)?)
}

fn now() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string()
}

fn random_nonce() -> Result<Nonce, Failure> {
    let mut bytes = [0; Nonce::LENGTH];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::usage(format!("the system gives no randomness: {error}; give --nonce")))?;
    Ok(Nonce::from_random(bytes))
}
