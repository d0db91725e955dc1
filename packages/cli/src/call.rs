//! `xportcn call`: makes one call.

use crate::args::CallArgs;
use crate::failure::Failure;
use crate::{client, curl, journal, output, params, pretty, recover, runtime, shapes};
use std::io;
use xportcn::{Client, Reply, Settled};
use xportcn_journal::Journal;

pub fn run(args: CallArgs) -> Result<(), Failure> {
    let endpoint = xportcn::endpoint(&args.id)?;
    let json = args.json.as_deref().map(params::source).transpose()?;
    let request = params::merge(endpoint.request, json, &args.fields)?;
    let (id, raw, shapes) = (endpoint.id, args.raw, args.shapes);
    let (mut config, mut policy) = client::settings(args.client)?;
    config.observe = shapes.is_some();
    client::set(&mut config.references, args.references.map(Into::into));
    client::set(&mut policy.recovery_window, args.recovery_window);
    policy.retry_after_recovery |= args.retry_after_recovery;
    let client = Client::builder(config).policy(policy).build()?;
    if args.dry_run {
        output::line(&curl::command(&client.request_json(id, request)?))?;
        return Ok(());
    }
    // What only reads has nothing to look for, and nothing to keep.
    let writes = endpoint.effect.is_some();
    let journal =
        args.journal.filter(|_| writes).map(|file| Journal::open(file).map_err(journal::failure)).transpose()?;
    let sent = runtime::block_on(async {
        Ok(match &journal {
            Some(journal) => {
                let settled = journal.settle(&client, args.key.as_deref(), id, request).await;
                Ok(settled.map_err(journal::failure)?)
            }
            None if args.recover && writes => client.settle_json(id, request).await,
            None => client.send_json(id, request).await.map(Settled::Answered),
        })
    })?;
    if let Some(file) = shapes {
        shapes::append(&file, &client.shapes())?;
    }
    match sent {
        Ok(Settled::Answered(reply)) => {
            output::warn(&reply.warnings);
            Ok(show(&reply, raw)?)
        }
        Ok(Settled::Kept { data, .. }) => {
            output::note("an earlier run was answered, and the journal kept the answer: nothing was sent");
            Ok(output::line(&pretty::pretty(&data))?)
        }
        Ok(Settled::Recovered(outcome)) => recover::report(&outcome),
        Err(error) => match error.ticket() {
            Some(ticket) => Err(recover::keep(ticket, args.ticket.as_deref(), error.clone().into())),
            None => Err(error.into()),
        },
    }
}

fn show(reply: &Reply<String>, raw: bool) -> io::Result<()> {
    if raw { output::raw(&reply.raw) } else { output::line(&pretty::pretty(&reply.data)) }
}
