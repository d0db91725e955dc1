//! `xportcn load`: many signed calls to a sandbox on this machine, bounded in number and time.

mod connection;
mod figures;
mod plan;

use self::connection::Connection;
use self::figures::Figures;
use self::plan::Plan;
use crate::account;
use crate::args::LoadArgs;
use crate::failure::{Failure, REFUSED, TRANSPORT};
use crate::{output, runtime};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;
use tokio::task::JoinSet;
use xportcn::{Config, Endpoint, catalogue};
use xportcn_core::endpoint::Safety;
use xportcn_core::{Core, Prepared};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Running, Sandbox, USER_ID};

pub fn run(args: LoadArgs) -> Result<(), Failure> {
    runtime::block_on(load(args))
}

async fn load(args: LoadArgs) -> Result<(), Failure> {
    let endpoints = args.ids.iter().map(|id| readable(id)).collect::<Result<Vec<_>, _>>()?;
    let (mut config, own) = match &args.base_url {
        Some(_) => (account::config(args.account)?, None),
        None => {
            let sandbox = Sandbox::builder().start().await;
            let refused = |error| Failure::new(TRANSPORT, format!("no sandbox can be started: {error}"));
            (Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID), Some(sandbox.map_err(refused)?))
        }
    };
    config.base_url = args.base_url.or_else(|| own.as_ref().map(Running::url)).unwrap_or_default();
    let address = loopback(&config.base_url)?;
    let core = Core::new(config)?;
    let calls = endpoints.into_iter().map(|endpoint| core.prepare_json(endpoint, endpoint.example.as_bytes()));
    let calls = calls.collect::<Result<Vec<Prepared>, _>>()?;
    let plan = Arc::new(Plan::new(core, calls, args.calls, args.time, args.rate));

    let mut connections = Vec::new();
    for _ in 0..args.connections {
        let connection = Connection::open(address).await;
        connections.push(connection.map_err(|error| Failure::new(TRANSPORT, format!("{address}: {error}")))?);
    }
    let started = Instant::now();
    plan.begin(started);
    let mut workers = JoinSet::new();
    for connection in connections {
        workers.spawn(connection.work(plan.clone()));
    }
    let mut figures = Figures::new();
    while let Some(part) = workers.join_next().await {
        figures.add(&part.map_err(|error| Failure::new(TRANSPORT, format!("a connection ended: {error}")))?);
    }
    let took = started.elapsed();
    if let Some(sandbox) = own {
        sandbox.stop().await;
    }
    let shown = if args.json { figures.json(took, args.connections) } else { figures.text(took, args.connections) };
    output::line(&shown)?;
    match figures.failure() {
        None => Ok(()),
        Some(first) => Err(Failure::new(REFUSED, format!("{} calls failed; the first: {first}", figures.failed()))),
    }
}

/// The endpoint of this id, if it changes nothing.
fn readable(id: &str) -> Result<&'static Endpoint, Failure> {
    let endpoint = catalogue::find(id).ok_or_else(|| {
        Failure::usage(format!("there is no endpoint {id}")).hint("`xportcn endpoints` lists the ids")
    })?;
    match endpoint.safety {
        Safety::Read => Ok(endpoint),
        Safety::Write => Err(Failure::usage(format!("{id} writes: it would fill the sandbox's state"))),
    }
}

/// The address of a URL, if it is on this machine.
fn loopback(url: &str) -> Result<SocketAddr, Failure> {
    let wrong = || Failure::usage(format!("`{url}` is no http URL on loopback: load goes to 127.0.0.1 only"));
    let uri: hyper::Uri = url.parse().map_err(|_| wrong())?;
    let host = uri.host().filter(|_| uri.scheme_str() == Some("http")).ok_or_else(wrong)?;
    let ip = match host.trim_matches(['[', ']']) {
        "localhost" => Ipv4Addr::LOCALHOST.into(),
        host => host.parse::<std::net::IpAddr>().ok().filter(|ip| ip.is_loopback()).ok_or_else(wrong)?,
    };
    Ok(SocketAddr::new(ip, uri.port_u16().unwrap_or(80)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_goes_nowhere_but_to_loopback() {
        for (url, address) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://127.9.9.9:1/api", "127.9.9.9:1"),
            ("http://localhost:7/", "127.0.0.1:7"),
            ("http://[::1]:7", "[::1]:7"),
            ("http://127.0.0.1", "127.0.0.1:80"),
            ("HTTP://127.0.0.1:7", "127.0.0.1:7"),
        ] {
            assert_eq!(loopback(url).ok().unwrap().to_string(), address, "{url}");
        }
        for url in [
            "https://www.xportcn.com/api",
            "https://127.0.0.1:8080",
            "http://192.168.0.1:8080",
            "http://example.com",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com",
            "127.0.0.1:8080",
            "",
        ] {
            assert!(loopback(url).is_err(), "{url}");
        }
    }

    #[test]
    fn load_calls_only_what_reads() {
        assert!(readable("taobao.after_sale.render").is_ok());
        assert!(readable("taobao.order.pay").is_err());
        assert!(readable("no.such.row").is_err());
    }
}
