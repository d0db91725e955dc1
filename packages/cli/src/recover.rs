//! `xportcn recover`: finds out whether a call that writes was carried out, when its answer is lost.

use crate::args::RecoverArgs;
use crate::failure::{Failure, TRANSPORT, USAGE};
use crate::{client, output, params, pretty, runtime, text};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use xportcn::{Client, Outcome, Ticket};

/// It was looked for, and was not carried out.
const NOT_DONE: u8 = 5;
/// It was carried out in part only.
const PARTLY: u8 = 6;

pub fn run(args: RecoverArgs) -> Result<(), Failure> {
    let ticket = Ticket::parse(read(&args.ticket)?.trim())?;
    let (config, mut policy) = client::settings(args.client)?;
    client::set(&mut policy.recovery_window, args.recovery_window);
    let client = Client::builder(config).policy(policy).build()?;
    let outcome = runtime::block_on(async { Ok(client.recover(&ticket).await) })??;
    report(&outcome)
}

/// Prints what was found out; its exit code tells it too.
pub fn report(outcome: &Outcome) -> Result<(), Failure> {
    output::line(&pretty::pretty(&outcome.to_json()))?;
    match outcome {
        Outcome::Done { .. } => Ok(()),
        Outcome::NotDone => Err(Failure::new(NOT_DONE, "the call was not carried out: it can be called again")),
        Outcome::Partly { missing, reason, .. } => {
            let words = format!("the call was carried out in part; without {}: {reason}", missing.join("; "));
            Err(Failure::new(PARTLY, words).hint("do not call again for what is there"))
        }
        Outcome::Unknown { reason } => Err(unknown(reason)),
        _ => Err(unknown("this program does not know the outcome")),
    }
}

/// Keeps the ticket of a call that failed, or says how to.
pub fn keep(ticket: &Ticket, file: Option<&Path>, failure: Failure) -> Failure {
    let Some(file) = file else {
        return failure
            .hint("with --recover the call finds that out itself; with --ticket FILE `xportcn recover FILE` can");
    };
    match write(file, &ticket.to_json()) {
        Ok(()) => failure.hint(format!("to find out: xportcn recover {}", file.display())),
        Err(error) => {
            // The ticket is all that is left of the call.
            let ticket = ticket.to_json();
            failure.hint(format!("the ticket cannot be written to {}: {error}; it is {ticket}", file.display()))
        }
    }
}

fn unknown(reason: &str) -> Failure {
    let hint = "do not call again before you have asked the platform";
    Failure::new(TRANSPORT, format!("whether the call was carried out is not known: {reason}")).hint(hint)
}

fn read(name: &str) -> Result<String, Failure> {
    let bytes = match name {
        "-" => params::stdin("the ticket", USAGE)?,
        file => {
            std::fs::read(file).map_err(|error| Failure::usage(format!("the file {file} cannot be read: {error}")))?
        }
    };
    text::utf8(bytes).map_err(|reason| Failure::usage(format!("the ticket {reason}")))
}

/// It holds addresses, so it is for its owner only.
fn write(file: &Path, ticket: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(ticket.as_bytes())?;
    opened.write_all(b"\n")?;
    opened.sync_all()
}
