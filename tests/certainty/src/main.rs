//! Faulted writes in great number: what the client tells of each must agree with the sandbox's ledger.
#![forbid(unsafe_code)]

mod alibaba;
mod dice;
mod faults;
mod judge;
mod killed;
mod options;
mod platform;
mod round;
mod shopper;
mod tally;
mod taobao;
mod write;

use crate::judge::Fault;
use crate::options::{Options, USAGE};
use crate::tally::Tally;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Both sides of every call are in this process, and what they do most is to take and give back small pieces of memory.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How writes end, the rare ends last.
const WORDS: [&str; 6] = ["answered", "done", "unknown", "not done", "failed", "partly"];
/// Writes on one sandbox: its ledger is read as a whole.
const ROUND: usize = 50_000;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == killed::WORD) {
        let ran = tokio::runtime::Runtime::new().and_then(|runtime| runtime.block_on(killed::run(&words[1..])));
        return ran.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS);
    }
    let options = match Options::read(words) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let ran = tokio::runtime::Runtime::new().and_then(|runtime| runtime.block_on(run(&options)));
    match ran.and_then(|tally| report(&options, &tally)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn failed(error: &io::Error) -> ExitCode {
    eprintln!("{error}");
    ExitCode::from(2)
}

/// Rounds until there are enough writes, some at the same time: while one waits for its last writes, others work.
async fn run(options: &Options) -> io::Result<Tally> {
    let started = Instant::now();
    let made = Arc::new(AtomicUsize::new(0));
    let progress = tokio::spawn(progress(made.clone(), options.writes));
    let together = options.together.div_ceil(options.lanes);
    let (mut rounds, mut tally) = (JoinSet::new(), Tally::default());
    let (mut begun, mut seed) = (0, options.seed);
    loop {
        while rounds.len() < options.lanes && begun < options.writes {
            let writes = (options.writes / options.lanes).clamp(1, ROUND).min(options.writes - begun);
            rounds.spawn(round::round(seed, writes, together, made.clone()));
            begun += writes;
            seed += 1;
        }
        let Some(round) = rounds.join_next().await else { break };
        tally.merge(round.map_err(io::Error::other)??);
    }
    progress.abort();
    tally.seconds = started.elapsed().as_secs_f64();
    Ok(tally)
}

/// How far it has come, on a terminal.
async fn progress(made: Arc<AtomicUsize>, all: usize) {
    if !io::stderr().is_terminal() {
        return;
    }
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        eprint!("\r{} of {all} writes\x1b[K", made.load(Ordering::Relaxed));
        let _ = io::stderr().flush();
    }
}

/// Says what came of it; whether all is well.
fn report(options: &Options, tally: &Tally) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
    for wrong in &tally.wrong {
        writeln!(out, "FAILED {wrong}")?;
    }
    if options.json {
        writeln!(out, "{:#}", tally.json())?;
    }
    if let Some(file) = &options.report {
        file.parent().map(std::fs::create_dir_all).transpose()?;
        std::fs::write(file, format!("{:#}\n", tally.json()))?;
    }
    // Of each kind of end there must be some, of the rare ones where there are many writes.
    let words: &[&str] = if tally.writes < 20_000 { &WORDS[..4] } else { &WORDS };
    let unseen: Vec<&str> = words.iter().copied().filter(|word| tally.end(word) == 0).collect();
    if !unseen.is_empty() {
        writeln!(out, "FAILED no write ended as {}", unseen.join(", "))?;
    }
    writeln!(
        out,
        "{} writes in {:.1} s: {} answered, {} done, {} not done, {} partly, {} unknown, {} failed; {} were carried out; {} of processes that were killed {} times; {} lost, {} doubled, {} misreported",
        tally.writes,
        tally.seconds,
        tally.end("answered"),
        tally.end("done"),
        tally.end("not done"),
        tally.end("partly"),
        tally.end("unknown"),
        tally.end("failed"),
        tally.carried_out,
        tally.kept,
        tally.kills,
        tally.count(Fault::Lost),
        tally.count(Fault::Doubled),
        tally.count(Fault::Misreported),
    )?;
    let failed = tally.faults.values().sum::<u64>() + u64::from(!unseen.is_empty());
    writeln!(out, "{} passed, {failed} failed", tally.writes.saturating_sub(tally.faults.values().sum()))?;
    Ok(failed == 0)
}
