//! `xportcn call`: makes one call.

use crate::args::{CallArgs, RetryArgs};
use crate::failure::Failure;
use crate::{account, curl, output, params, paths, pretty, runtime, shapes};
use std::io;
use xportcn::{Client, Config, Reply, RetryPolicy};

pub fn run(args: CallArgs) -> Result<(), Failure> {
    let endpoint = xportcn::endpoint(&args.id)?;
    let json = args.json.as_deref().map(params::source).transpose()?;
    let request = params::merge(endpoint.request, json, &args.fields)?;
    let (id, dry_run, raw) = (endpoint.id, args.dry_run, args.raw);
    let shapes = args.shapes.clone();
    let RetryArgs { max_retries, timeout, deadline, initial_backoff, max_backoff, retry_writes } = args.retry;
    let policy = RetryPolicy { max_retries, timeout, deadline, initial_backoff, max_backoff, retry_writes };
    let client = Client::builder(config(args)?).policy(policy).build()?;
    if dry_run {
        output::line(&curl::command(&client.request_json(id, request)?))?;
        return Ok(());
    }
    let sent = runtime::block_on(async { Ok(client.send_json(id, request).await) })?;
    if let Some(file) = shapes {
        shapes::append(&file, &client.shapes())?;
    }
    let reply = sent?;
    output::warn(&reply.warnings);
    Ok(show(&reply, raw)?)
}

fn config(args: CallArgs) -> Result<Config, Failure> {
    let mut config = account::config(args.account)?;
    if let Some(base_url) = args.base_url {
        config.base_url = base_url;
    }
    config.signature = args.signature.into();
    config.timestamp_unit = args.timestamp_unit.into();
    config.paths = paths::of(args.paths)?;
    config.observe = args.shapes.is_some();
    Ok(config)
}

fn show(reply: &Reply<String>, raw: bool) -> io::Result<()> {
    if raw { output::raw(&reply.raw) } else { output::line(&pretty::pretty(&reply.data)) }
}
