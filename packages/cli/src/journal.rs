//! `xportcn journal`: the calls that a journal holds.

use crate::args::JournalArgs;
use crate::failure::{Failure, TRANSPORT};
use crate::output;
use crate::table::Table;
use crate::{client, runtime};
use serde::Serialize;
use serde_json::value::RawValue;
use std::iter::once;
use std::time::{Duration, UNIX_EPOCH};
use xportcn::Client;
use xportcn_journal::{Error, Journal, Write};

/// A call as `--json` prints it.
#[derive(Serialize)]
struct Row {
    key: String,
    endpoint: String,
    state: &'static str,
    changed: String,
    entry: Box<RawValue>,
}

pub fn run(args: JournalArgs) -> Result<(), Failure> {
    if !args.file.exists() {
        return Err(Failure::usage(format!("there is no journal {}", args.file.display())));
    }
    let journal = Journal::open(&args.file).map_err(failure)?;
    if !args.recover {
        return list(journal.writes().map_err(failure)?, args.json);
    }
    let (config, mut policy) = client::settings(args.client)?;
    client::set(&mut policy.recovery_window, args.recovery_window);
    let client = Client::builder(config).policy(policy).build()?;
    let found = runtime::block_on(async { Ok(journal.recover_open(&client).await) })?.map_err(failure)?;
    for one in &found {
        if let Err(error) = &one.result {
            output::note(&format!("{}: {error}", one.key));
        }
    }
    let was_open = |write: &Write| found.iter().any(|one| one.key == write.key);
    list(journal.writes().map_err(failure)?.into_iter().filter(was_open).collect(), args.json)?;
    match journal.open_writes().map_err(failure)?.len() {
        0 => Ok(()),
        open => Err(Failure::new(TRANSPORT, format!("what became of {open} of the calls is not known"))
            .hint("do not make them again before you have asked the platform; --json tells why")),
    }
}

/// How a command ends for which the journal has nothing.
pub fn failure(error: Error) -> Failure {
    match error {
        Error::Call(error) => error.into(),
        Error::InUse { .. } => Failure::new(TRANSPORT, error.to_string()),
        _ => Failure::usage(error.to_string()),
    }
}

fn list(writes: Vec<Write>, json: bool) -> Result<(), Failure> {
    let failed = |error| Failure::usage(format!("the list cannot be written as JSON: {error}"));
    let rows: Vec<Row> = writes.into_iter().map(Row::new).collect::<Result<_, _>>().map_err(failed)?;
    if json {
        return Ok(output::line(&serde_json::to_string_pretty(&rows).map_err(failed)?)?);
    }
    if rows.is_empty() {
        output::note("no call");
        return Ok(());
    }
    let cells: Vec<_> = once(HEAD).chain(rows.iter().map(Row::cells)).collect();
    let table = Table::new(cells.iter().copied(), &[KEY, ENDPOINT]);
    let lines: String = cells.into_iter().map(|cells| table.line(cells) + "\n").collect();
    Ok(output::print(&lines)?)
}

const HEAD: [&str; 4] = ["KEY", "ENDPOINT", "STATE", "CHANGED"];

/// The columns that give way on a narrow terminal, the first one first.
const KEY: usize = 0;
const ENDPOINT: usize = 1;

impl Row {
    fn new(write: Write) -> Result<Self, serde_json::Error> {
        let Write { key, endpoint, entry, changed_ms, .. } = write;
        let changed = UNIX_EPOCH + Duration::from_millis(u64::try_from(changed_ms).unwrap_or_default());
        Ok(Self {
            key,
            endpoint,
            state: entry.state().as_str(),
            changed: humantime::format_rfc3339_seconds(changed).to_string(),
            entry: RawValue::from_string(entry.to_json())?,
        })
    }

    fn cells(&self) -> [&str; 4] {
        [&self.key, &self.endpoint, self.state, &self.changed]
    }
}
