//! The program `xportcn`: the Xportcn OpenAPI on the command line. Unofficial.
#![forbid(unsafe_code)]

mod account;
mod args;
mod call;
mod client;
mod completions;
mod confirm;
mod curl;
mod demo;
mod endpoints;
mod explore;
mod failure;
mod http;
mod journal;
mod listen;
mod load;
mod login;
mod logout;
#[cfg(feature = "mcp")]
mod mcp;
mod openapi;
mod output;
mod params;
mod parse;
mod paths;
mod pretty;
mod profiles;
mod push;
mod recover;
mod runtime;
mod sandbox;
mod scenario;
mod shapes;
mod sign;
mod stop;
mod table;
mod text;
mod trigger;
mod wait;

use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(args::Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(command: args::Command) -> Result<(), Failure> {
    match command {
        args::Command::Call(args) => call::run(args),
        args::Command::Completions(args) => completions::run(&args),
        args::Command::Confirm(args) => confirm::run(args),
        args::Command::Demo => demo::run(),
        args::Command::Endpoints(args) => endpoints::run(&args),
        args::Command::Explore(args) => explore::run(args),
        args::Command::Journal(args) => journal::run(args),
        args::Command::Listen(args) => listen::run(args),
        args::Command::Load(args) => load::run(args),
        args::Command::Login(args) => login::run(args),
        args::Command::Logout(args) => logout::run(&args),
        #[cfg(feature = "mcp")]
        args::Command::Mcp(args) => mcp::run(*args),
        args::Command::Openapi(args) => openapi::run(&args),
        args::Command::Parse(args) => parse::run(&args),
        args::Command::Profiles(args) => profiles::run(&args),
        args::Command::Push(args) => push::run(args),
        args::Command::Recover(args) => recover::run(args),
        args::Command::Sandbox(args) => sandbox::run(&args),
        args::Command::Scenario(args) => scenario::run(args),
        args::Command::Sign(args) => sign::run(args),
        args::Command::Trigger(args) => trigger::run(args),
        args::Command::Wait(args) => wait::run(args),
    }
}
