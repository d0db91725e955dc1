//! `xportcn sandbox`: the platform on this machine, until it is stopped.

use crate::args::SandboxArgs;
use crate::failure::{Failure, TRANSPORT, USAGE};
use crate::output::printable;
use crate::stop::Stop;
use crate::{explore, output, runtime, text};
use std::fmt::Display;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Builder, Drift, Faults, Sandbox, USER_ID};

pub fn run(args: &SandboxArgs) -> Result<(), Failure> {
    runtime::block_on(serve(args))
}

async fn serve(args: &SandboxArgs) -> Result<(), Failure> {
    // Whoever reads the address may send a signal at once.
    let mut stop = Stop::listen().map_err(|error| unusable("signals cannot be awaited", &error))?;
    let address = SocketAddr::new(args.address, args.port);
    let mut builder = settings(args)?.address(address);
    let explorer = match args.explore {
        Some(port) => Some(explore::bind(port).await?),
        None => None,
    };
    if let (Some(explorer), None) = (&explorer, &args.push_url) {
        builder = builder.push_url(&explorer.push_url());
    }
    let sandbox = builder.start().await;
    let sandbox = sandbox.map_err(|error| unusable(&format!("the sandbox cannot start on {address}"), &error))?;
    let url = sandbox.url();
    output::line(&format!("listening on {url}"))?;
    output::note(&hint(&url));
    if !args.address.is_loopback() {
        output::note(&format!(
            "warning: everybody who reaches port {} of this machine can drive this sandbox",
            sandbox.address().port()
        ));
    }
    match explorer {
        Some(explorer) => {
            let running = explore::open(explorer, explore::of_sandbox(url), args.no_open)?;
            explore::until(stop, running).await;
        }
        None => stop.wait().await,
    }
    sandbox.stop().await;
    Ok(())
}

fn settings(args: &SandboxArgs) -> Result<Builder, Failure> {
    let mut builder =
        Sandbox::builder().clock_offset_ms(args.clock_offset_ms).settle_after(Duration::from_millis(args.settle_ms));
    builder = builder.on_warning(|warning| output::note(&format!("warning: {}", printable(warning))));
    if !args.users.is_empty() {
        let users = std::iter::once(USER_ID).chain(args.users.iter().map(String::as_str));
        builder = users.fold(builder, |builder, user| builder.account(ACCESS_KEY, ACCESS_SECRET, user));
    }
    builder = builder.show_after(args.show_after_ms);
    if args.allow_remote {
        builder = builder.allow_remote();
    }
    for host in &args.allow_host {
        builder = builder.allow_host(host);
    }
    for origin in &args.allow_origin {
        builder = builder.allow_origin(origin);
    }
    if let Some(faults) = faults(args)? {
        builder = builder.faults(faults);
    }
    if let Some(file) = &args.drift {
        let drift = Drift::from_json(&read("the drift", file)?);
        builder = builder.drift(drift.map_err(|error| unfit("the drift", file, &error))?);
    }
    if let Some(file) = &args.state {
        builder = builder.state(file);
    }
    if let Some(url) = &args.push_url {
        builder = builder.push_url(url);
    }
    if let Some(wait) = args.push_retry_ms {
        builder = builder.push_retry(Duration::from_millis(wait));
    }
    Ok(builder)
}

fn faults(args: &SandboxArgs) -> Result<Option<Faults>, Failure> {
    let Some(file) = &args.fault_file else { return Ok(args.fault.clone()) };
    let faults = Faults::from_json(&read("the faults", file)?);
    faults.map(Some).map_err(|error| unfit("the faults", file, &error))
}

fn read(what: &str, file: &Path) -> Result<String, Failure> {
    text::read(file).map_err(|error| unfit(what, file, &error))
}

fn unfit(what: &str, file: &Path, reason: &impl Display) -> Failure {
    Failure::usage(format!("{what} in {}: {reason}", file.display()))
}

fn unusable(what: &str, error: &io::Error) -> Failure {
    let elsewhere = error.kind() == io::ErrorKind::AddrNotAvailable;
    let taken = error.kind() == io::ErrorKind::AddrInUse;
    let unfit = matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput);
    let failure = Failure::new(if unfit { USAGE } else { TRANSPORT }, format!("{what}: {error}"));
    match (taken, elsewhere) {
        (true, _) => failure.hint("--port 0 takes a free port"),
        (_, true) => failure.hint("--address is one of this machine's, or 0.0.0.0 for all"),
        _ => failure,
    }
}

/// How programs call a sandbox.
pub fn hint(url: &str) -> String {
    format!(
        "To call it:\n  export XPORTCN_BASE_URL={url} XPORTCN_ACCESS_KEY={ACCESS_KEY} \
         XPORTCN_ACCESS_SECRET={ACCESS_SECRET} XPORTCN_USER_ID={USER_ID}\nCtrl-C stops it."
    )
}
