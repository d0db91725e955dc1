//! `xportcn endpoints`: lists the rows of the vendor's reference.

use crate::args::EndpointsArgs;
use crate::failure::Failure;
use crate::output;
use crate::table::Table;
use serde::Serialize;
use std::iter::once;
use xportcn::{Endpoint, catalogue, push::Push};

/// A row as `--json` prints it.
#[derive(Serialize)]
struct Row {
    id: &'static str,
    kind: &'static str,
    method: Option<&'static str>,
    path: Option<&'static str>,
    safety: Option<&'static str>,
    evidence: Evidence,
    candidates: Vec<Candidate>,
    title: &'static str,
}

/// Another call to try where the platform knows no such path or method.
#[derive(Serialize)]
struct Candidate {
    method: &'static str,
    path: &'static str,
    evidence: &'static str,
}

#[derive(Serialize)]
struct Evidence {
    path: &'static str,
    request: &'static str,
    reply: &'static str,
}

pub fn run(args: &EndpointsArgs) -> Result<(), Failure> {
    let filter = args.filter.as_deref().unwrap_or_default().to_lowercase();
    let calls = catalogue::ENDPOINTS.iter().map(|endpoint| call(endpoint));
    let pushes = catalogue::PUSHES.iter().map(|push| pushed(push));
    let rows: Vec<_> = calls.chain(pushes).filter(|row| row.has(&filter)).collect();
    if args.json {
        let json = serde_json::to_string_pretty(&rows)
            .map_err(|error| Failure::usage(format!("the list cannot be written as JSON: {error}")))?;
        return Ok(output::line(&json)?);
    }
    if rows.is_empty() {
        output::note(&format!("no endpoint has {filter:?} in its id, path or title"));
        return Ok(());
    }
    let cells: Vec<_> = once(HEAD).chain(rows.iter().map(Row::cells)).collect();
    let table = Table::new(cells.iter().copied(), &[TITLE, PATH, ID]);
    let lines: String = cells.into_iter().map(|cells| table.line(cells) + "\n").collect();
    Ok(output::print(&lines)?)
}

const HEAD: [&str; 6] = ["ID", "METHOD", "PATH", "SAFETY", "EVIDENCE", "TITLE"];

/// The columns that give way on a narrow terminal, the first one first.
const TITLE: usize = 5;
const PATH: usize = 2;
const ID: usize = 0;

fn call(endpoint: &'static Endpoint) -> Row {
    Row {
        id: endpoint.id,
        kind: "call",
        method: Some(endpoint.method.as_str()),
        path: Some(endpoint.path),
        safety: Some(endpoint.safety.as_str()),
        evidence: Evidence {
            path: endpoint.evidence.path.as_str(),
            request: endpoint.evidence.request.as_str(),
            reply: endpoint.evidence.reply.as_str(),
        },
        candidates: endpoint
            .candidates
            .iter()
            .map(|other| Candidate {
                method: other.method.as_str(),
                path: other.path,
                evidence: other.evidence.as_str(),
            })
            .collect(),
        title: endpoint.title(),
    }
}

/// A message that the platform pushes has no path of its own: it goes to the user's URL.
fn pushed(push: &'static Push) -> Row {
    Row {
        id: push.id,
        kind: "push",
        method: None,
        path: None,
        safety: None,
        evidence: Evidence { path: "n/a", request: push.request.as_str(), reply: push.reply.as_str() },
        candidates: Vec::new(),
        title: push.title(),
    }
}

impl Row {
    fn has(&self, filter: &str) -> bool {
        [self.id, self.path.unwrap_or_default(), self.title].iter().any(|text| text.to_lowercase().contains(filter))
    }

    fn cells(&self) -> [&'static str; 6] {
        let Self { method, path, safety, evidence, .. } = self;
        [
            self.id,
            method.unwrap_or("-"),
            path.unwrap_or("(pushed to your URL)"),
            safety.unwrap_or("-"),
            evidence.path,
            self.title,
        ]
    }
}
