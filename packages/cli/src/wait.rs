//! `xportcn wait`: waits until an order or a refund comes into a state.

use crate::args::WaitArgs;
use crate::failure::Failure;
use crate::{client, output, pretty, runtime};
use std::io::{self, IsTerminal};
use xportcn::{Client, Waited};

/// The state cannot come any more.
const NEVER: u8 = 5;
/// The time is over.
const TIMED_OUT: u8 = 6;

pub fn run(args: WaitArgs) -> Result<(), Failure> {
    let (config, mut policy) = client::settings(args.client)?;
    client::set(&mut policy.wait_timeout, args.wait_timeout);
    let client = Client::builder(config).policy(policy).build()?;
    let tells = io::stderr().is_terminal();
    let told = |wait: &xportcn::Wait, pause| {
        if tells {
            let shown = wait.shown().unwrap_or_else(|| "not seen yet".to_string());
            output::note(&format!("{shown}; next look in {}", humantime::format_duration(pause)));
        }
    };
    let waited = runtime::block_on(async { Ok(client.watch_until(&args.of, &args.state, &args.id, told).await) })??;
    output::line(&pretty::pretty(&waited.to_json()))?;
    match waited {
        Waited::Reached { .. } => Ok(()),
        Waited::Never { .. } => Err(Failure::new(NEVER, format!("it cannot be {} any more", args.state))),
        Waited::TimedOut { reason, .. } => {
            let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            Err(Failure::new(TIMED_OUT, format!("it is not {} within the time{reason}", args.state)))
        }
        _ => Err(Failure::new(TIMED_OUT, "this program does not know how it ended")),
    }
}
