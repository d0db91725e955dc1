//! `xportcn demo`: every call once, against a sandbox.

use crate::failure::{Failure, REFUSED, TRANSPORT};
use crate::output::{self, printable};
use crate::runtime;
use crate::table::Table;
use std::iter::once;
use std::time::{Duration, Instant};
use xportcn::{Client, Config, Endpoint, Error, catalogue};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Sandbox, USER_ID};

pub fn run() -> Result<(), Failure> {
    runtime::block_on(demonstrate())
}

async fn demonstrate() -> Result<(), Failure> {
    let sandbox = Sandbox::builder().start().await;
    let sandbox = sandbox.map_err(|error| Failure::new(TRANSPORT, format!("no sandbox can be started: {error}")))?;
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    let client = Client::new(config)?;

    let rows = catalogue::ENDPOINTS.iter().map(|endpoint| cells(endpoint, ACCEPTED, "000.0 ms"));
    let table = Table::new(once(HEAD).chain(rows), &[PATH, ID]);
    output::line(&table.line(HEAD))?;
    let mut accepted = 0;
    for endpoint in catalogue::ENDPOINTS {
        let started = Instant::now();
        let result = client.send_json(endpoint.id, endpoint.example).await;
        let took = milliseconds(started.elapsed());
        let word = if result.is_ok() { ACCEPTED } else { "failed" };
        output::line(&table.line(cells(endpoint, word, &took)))?;
        accepted += usize::from(result.is_ok());
        for remark in remarks(&result.map(|reply| reply.warnings.iter().map(ToString::to_string).collect())) {
            output::line(&format!("  {}", printable(&remark)))?;
        }
    }
    sandbox.stop().await;

    let all = catalogue::ENDPOINTS.len();
    output::line(&format!("demo: {accepted} of {all} calls accepted"))?;
    if accepted == all { Ok(()) } else { Err(Failure::new(REFUSED, format!("{} calls failed", all - accepted))) }
}

const HEAD: [&str; 6] = ["ID", "METHOD", "PATH", "EVIDENCE", "RESULT", "TIME"];
/// The columns that give way on a narrow terminal.
const PATH: usize = 2;
const ID: usize = 0;

const ACCEPTED: &str = "accepted";

fn cells<'a>(endpoint: &'static Endpoint, result: &'a str, time: &'a str) -> [&'a str; 6] {
    [endpoint.id, endpoint.method.as_str(), endpoint.path, endpoint.evidence.path.as_str(), result, time]
}

/// What is worth a line of its own below a call.
fn remarks(result: &Result<Vec<String>, Error>) -> Vec<String> {
    match result {
        Ok(warnings) => warnings.iter().map(|warning| format!("warning: {warning}")).collect(),
        Err(error) => vec![error.to_string()],
    }
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
