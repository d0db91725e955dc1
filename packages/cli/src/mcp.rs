//! `xportcn mcp`: serves agents, by the Model Context Protocol.

use crate::args::{McpArgs, Tools};
use crate::failure::{Failure, TRANSPORT};
use crate::stop::Stop;
use crate::{client, output, runtime};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;
use xportcn::{Config, RetryPolicy};
use xportcn_mcp::guard::{Limits, Refusal};
use xportcn_mcp::{Agents, PATH, Settings, random};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Running, Sandbox, USER_ID};

pub fn run(args: McpArgs) -> Result<(), Failure> {
    if args.live && !args.read_only && args.max_order.is_none() && args.max_day.is_none() {
        let hint = "--max-order '300 CNY' and --max-day '1000 CNY' do, or --read-only";
        return Err(Failure::usage("with --live it must be said what agents may spend").hint(hint));
    }
    if let Some(address) = args.http.filter(|address| !address.ip().is_loopback()) {
        return Err(Failure::usage(format!("{address} can be reached by other machines"))
            .hint("--http 127.0.0.1:8790 is for this one"));
    }
    runtime::block_on(serve(args))
}

async fn serve(args: McpArgs) -> Result<(), Failure> {
    let mut stop = Stop::listen().map_err(|error| unusable("signals cannot be awaited", &error))?;
    let http = args.http.map(|address| (address, args.token.clone()));
    let (place, config, mut policy) = if args.live {
        let (config, policy) = client::settings(args.client)?;
        (Place::Platform, config, policy)
    } else {
        let sandbox = Sandbox::builder().start().await;
        let sandbox = sandbox.map_err(|error| unusable("no sandbox can be started", &error))?;
        let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
        config.base_url = sandbox.url();
        output::note(&format!("sandbox on {}: nothing is bought without --live", sandbox.url()));
        (Place::Sandbox(sandbox), config, RetryPolicy::default())
    };
    client::set(&mut policy.recovery_window, args.recovery_window);
    let folder = if args.journal.is_some() { None } else { Some(Folder::new().map_err(refused)?) };
    let beside = folder.as_ref().map(|folder| folder.0.join("journal"));
    let journal = args.journal.or(beside).unwrap_or_default();
    let settings = Settings {
        config,
        policy,
        limits: Limits {
            read_only: args.read_only,
            max_order: args.max_order,
            max_day: args.max_day,
            writes_per_hour: args.writes_per_hour,
            calls: args.calls,
            sellers: args.sellers,
            categories: args.categories,
            addresses: args.addresses,
            unknown_sums: args.unknown_sums,
        },
        audit: args.audit.unwrap_or_else(|| audit(&journal)),
        journal,
        confirm_within: args.confirm_within,
        needs_person: args.ask_person,
        every_call: args.tools == Tools::All,
    };
    let agents = Agents::new(settings).map_err(refused)?;
    let served = match http {
        Some((address, token)) => by_http(&agents, address, token, stop).await,
        None => tokio::select! {
            served = agents.serve_stdio() => served.map_err(|error| unusable("the client cannot be served", &error)),
            () = stop.wait() => Ok(()),
        },
    };
    if let Place::Sandbox(sandbox) = place {
        sandbox.stop().await;
    }
    served
}

async fn by_http(agents: &Agents, address: SocketAddr, token: Option<String>, mut stop: Stop) -> Result<(), Failure> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| unusable(&format!("it cannot listen on {address}"), &error))?;
    let address = listener.local_addr().map_err(|error| unusable("it has no address", &error))?;
    output::note(&format!("listening on http://{address}{PATH}"));
    let token = match token.filter(|token| !token.is_empty()) {
        Some(token) => token,
        None => {
            let token = random().map_err(refused)?;
            output::note(&format!("its token is {token}"));
            token
        }
    };
    let served = agents.serve_http(listener, &token, async move { stop.wait().await });
    served.await.map_err(|error| unusable("connections cannot be taken", &error))
}

/// Where calls go.
enum Place {
    Platform,
    Sandbox(Running),
}

/// A folder for a journal that ends with its sandbox.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Refusal> {
        let folder = std::env::temp_dir().join(format!("xportcn-mcp-{}", random()?));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(|error| Refusal::unavailable(&error))?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear away.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The audit log of a journal, beside it.
fn audit(journal: &Path) -> PathBuf {
    let mut name = journal.as_os_str().to_os_string();
    name.push(".audit.jsonl");
    name.into()
}

fn refused(refusal: Refusal) -> Failure {
    Failure::usage(refusal.words)
}

fn unusable(what: &str, error: &io::Error) -> Failure {
    Failure::new(TRANSPORT, format!("{what}: {error}"))
}
