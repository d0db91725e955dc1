//! `xportcn explore`: the page of all calls, until it is stopped.

use crate::args::ExploreArgs;
use crate::failure::{Failure, TRANSPORT};
use crate::stop::Stop;
use crate::{client, output, runtime};
use std::io;
use xportcn::{Config, RetryPolicy};
use xportcn_explorer::{Explorer, Target};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Running, Sandbox, USER_ID};

pub fn run(args: ExploreArgs) -> Result<(), Failure> {
    let ExploreArgs { port, no_open, platform, writes, client } = args;
    let target = platform.then(|| client::settings(client)).transpose()?;
    let target = target.map(|(config, policy)| Target::platform(config, policy, writes));
    runtime::block_on(async move {
        // Whoever reads the address may send a signal at once.
        let mut stop = Stop::listen().map_err(|error| unusable("signals cannot be awaited", &error))?;
        let explorer = Explorer::bind(port).await;
        let explorer = explorer.map_err(|error| unusable(&format!("no listening on port {port}"), &error))?;
        let (target, sandbox) = match target {
            Some(target) => (target, None),
            None => {
                let sandbox = Sandbox::builder().push_url(&explorer.push_url()).start().await;
                let sandbox = sandbox.map_err(|error| unusable("no sandbox can be started", &error))?;
                (of_sandbox(&sandbox), Some(sandbox))
            }
        };
        let url = explorer.url();
        let mut running = explorer.serve(target)?;
        output::line(&format!("open {url}"))?;
        output::note("The address is good for one browser, once. Ctrl-C stops the explorer.");
        if !no_open && let Err(error) = open::that_detached(&url) {
            output::note(&format!("no browser can be opened: {error}"));
        }
        loop {
            tokio::select! {
                () = stop.wait() => break,
                url = running.opened() => output::note(&format!("opened; for another browser: {url}")),
            }
        }
        running.stop().await;
        if let Some(sandbox) = sandbox {
            sandbox.stop().await;
        }
        Ok(())
    })
}

/// A sandbox, and the account that it knows.
fn of_sandbox(sandbox: &Running) -> Target {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    Target::sandbox(config, RetryPolicy::default())
}

fn unusable(what: &str, error: &io::Error) -> Failure {
    let failure = Failure::new(TRANSPORT, format!("{what}: {error}"));
    if error.kind() == io::ErrorKind::AddrInUse { failure.hint("--port 0 takes a free port") } else { failure }
}
