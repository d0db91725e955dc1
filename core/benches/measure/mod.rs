//! Two programs that take turns, and what one of them costs beside the other; a row of JSON for each comparison.

use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

const ROUNDS: usize = 200;
/// A case whose rounds take longer has fewer of them.
const LONGEST: Duration = Duration::from_secs(3);

/// What the rounds came to, in microseconds.
pub struct Compared {
    pub ours: f64,
    pub theirs: f64,
    /// The median of the rounds' ratios, which a machine that slows down hardly moves.
    pub ratio: f64,
}

/// A row of the report.
pub struct Row<'a> {
    pub case: &'a str,
    pub ours: f64,
    pub peer: &'a str,
    pub peer_value: f64,
    pub ratio: f64,
    pub budget: Option<f64>,
    pub unit: &'a str,
}

/// Runs both in turn, and prints how long they take; tells whether that is within the budget.
pub fn compare(case: &str, peer: &str, budget: Option<f64>, ours: impl FnMut(), theirs: impl FnMut()) -> bool {
    let Compared { ours, theirs, ratio } = in_turn(ours, theirs);
    Row { case, ours, peer, peer_value: theirs, ratio, budget, unit: "µs" }.print()
}

/// Runs both in turn.
pub fn in_turn(mut ours: impl FnMut(), mut theirs: impl FnMut()) -> Compared {
    let calls = (Duration::from_millis(1).as_nanos() / time(1, &mut ours).as_nanos().max(1)).clamp(1, 2000) as u32;
    let mut rounds = Vec::with_capacity(ROUNDS);
    let started = Instant::now();
    while rounds.len() < ROUNDS && (rounds.len() < 15 || started.elapsed() < LONGEST) {
        rounds.push((micros(time(calls, &mut ours)), micros(time(calls, &mut theirs))));
    }
    let median = |value: fn(&(f64, f64)) -> f64| median(rounds.iter().map(value).collect());
    Compared {
        ours: median(|round| round.0),
        theirs: median(|round| round.1),
        ratio: median(|round| round.0 / round.1),
    }
}

/// The resident megabytes at the peak of this program run with `argument`, above those at the start of what it measures:
/// it prints them by [`print_growth`]. Only Linux tells.
pub fn growth_of(argument: &str) -> Option<f64> {
    let program = env::current_exe().ok()?;
    let output = Command::new(program).arg(argument).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Prints by how many megabytes this process grows at the most.
pub fn print_growth(run: impl FnOnce()) {
    let kilobytes = |name: &str| -> Option<f64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    let before = kilobytes("VmRSS");
    run();
    if let (Some(before), Some(peak)) = (before, kilobytes("VmHWM")) {
        println!("{}", (peak - before) * 1024.0 / 1e6);
    }
}

impl Row<'_> {
    /// Prints the row, and tells whether it is within its budget.
    pub fn print(&self) -> bool {
        let Row { case, ours, peer, peer_value, ratio, unit, .. } = self;
        let ok = self.budget.is_none_or(|budget| *ratio <= budget);
        let budget = self.budget.map(|budget| format!("\"budget\":{budget},")).unwrap_or_default();
        println!(
            "{{\"host\":\"rust\",\"case\":{case:?},\"ours\":{ours:.3},\"peer\":{peer:?},\"peer_value\":{peer_value:.3},\
             \"ratio\":{ratio:.3},{budget}\"better\":\"lower\",\"unit\":{unit:?},\"ok\":{ok}}}"
        );
        ok
    }
}

fn time(calls: u32, run: &mut impl FnMut()) -> Duration {
    let started = Instant::now();
    (0..calls).for_each(|_| run());
    started.elapsed() / calls
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
