//! `xportcn explore`: the page of all calls, until it is stopped.

use crate::args::ExploreArgs;
use crate::failure::{Failure, TRANSPORT};
use crate::stop::Stop;
use crate::{client, output, runtime, sandbox};
use std::io;
use xportcn::{Config, RetryPolicy};
use xportcn_explorer::{Explorer, Running, Target};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Sandbox, USER_ID};

pub fn run(args: ExploreArgs) -> Result<(), Failure> {
    let ExploreArgs { port, no_open, platform, writes, client } = args;
    let target = platform.then(|| client::settings(client)).transpose()?;
    let target = target.map(|(config, policy)| Target::platform(config, policy, writes));
    runtime::block_on(async move {
        // Whoever reads the address may send a signal at once.
        let stop = Stop::listen().map_err(|error| unusable("signals cannot be awaited", &error))?;
        let explorer = bind(port).await?;
        let (target, own) = match target {
            Some(target) => (target, None),
            None => {
                let own = Sandbox::builder().push_url(&explorer.push_url()).start().await;
                let own = own.map_err(|error| unusable("no sandbox can be started", &error))?;
                output::note(&sandbox::hint(&own.url()));
                (of_sandbox(own.url()), Some(own))
            }
        };
        until(stop, open(explorer, target, no_open)?).await;
        if let Some(own) = own {
            own.stop().await;
        }
        Ok(())
    })
}

/// An explorer that has its port.
pub async fn bind(port: u16) -> Result<Explorer, Failure> {
    Explorer::bind(port).await.map_err(|error| unusable(&format!("no page on port {port}"), &error))
}

/// The account of every sandbox, at an address.
pub fn of_sandbox(url: String) -> Target {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = url;
    Target::sandbox(config, RetryPolicy::default())
}

/// Begins to answer, tells where, and opens the page.
pub fn open(explorer: Explorer, target: Target, no_open: bool) -> Result<Running, Failure> {
    let url = explorer.url();
    let running = explorer.serve(target)?;
    output::line(&format!("open {url}"))?;
    output::note("The address is good for one browser, once.");
    if !no_open && let Err(error) = open::that_detached(&url) {
        output::note(&format!("no browser can be opened: {error}"));
    }
    Ok(running)
}

/// Tells a new address each time that one was used, until the program is stopped.
pub async fn until(mut stop: Stop, mut running: Running) {
    loop {
        tokio::select! {
            () = stop.wait() => break,
            url = running.opened() => output::note(&format!("opened; for another browser: {url}")),
        }
    }
    running.stop().await;
}

fn unusable(what: &str, error: &io::Error) -> Failure {
    let failure = Failure::new(TRANSPORT, format!("{what}: {error}"));
    if error.kind() == io::ErrorKind::AddrInUse { failure.hint("0 takes a free port") } else { failure }
}
