//! Answers each case of the conformance runner, a line of JSON on stdin, with a line of JSON on stdout.
//!
//! `--rows` prints the endpoints instead, with their examples.
#![forbid(unsafe_code)]

mod calls;
mod case;
mod client;
mod core_cases;
mod recovery;
mod rows;
mod search;
mod waits;

use case::Case;
use std::io::{self, BufRead, Write};
use tokio::runtime::Runtime;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    if std::env::args().nth(1).as_deref() == Some("--rows") {
        return writeln!(out, "{}", rows::json());
    }
    let runtime = Runtime::new()?;
    for line in io::stdin().lock().lines() {
        let answer = match Case::read(&line?) {
            Ok(case) => answer(&runtime, case),
            Err(error) => serde_json::json!({"misfit": error.to_string()}).to_string(),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(runtime: &Runtime, case: Case) -> String {
    match case {
        Case::Hello => format!(r#"{{"host":"rust {}"}}"#, env!("CARGO_PKG_RUST_VERSION")),
        Case::Client(case) => client::made(case.settings.get()),
        Case::Sign(case) => core_cases::sign(case.settings.get(), &case.timestamp, &case.nonce),
        Case::Headers(first) => core_cases::headers(&first),
        Case::Read(case) => core_cases::read(case.settings.get(), &case.id, case.status, case.body),
        Case::Push(case) => core_cases::push(case),
        Case::SignPush(case) => core_cases::sign_push(case),
        Case::Trace(case) => core_cases::trace(case),
        Case::Search(case) => search::search(case),
        Case::Call(case) => runtime.block_on(calls::call(&case)),
        Case::Items(case) => runtime.block_on(calls::items(&case)),
        Case::Pages(case) => runtime.block_on(calls::pages(&case)),
        Case::Shapes(case) => runtime.block_on(calls::shapes(&case)),
        Case::Load(case) => runtime.block_on(calls::load(case)),
        Case::Cancel(case) => runtime.block_on(calls::cancel(&case)),
        Case::Recover(case) => runtime.block_on(recovery::recover(&case)),
        Case::Settle(case) => runtime.block_on(recovery::settle(&case)),
        Case::Settles(case) => runtime.block_on(recovery::settles(case)),
        Case::Wait(case) => runtime.block_on(waits::wait(&case)),
    }
}
