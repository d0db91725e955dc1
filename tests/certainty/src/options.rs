//! What is asked for on the command line.

use std::path::PathBuf;

/// How many writes, and how.
#[derive(Debug)]
pub struct Options {
    pub writes: usize,
    pub seed: u64,
    /// Users at the same time.
    pub together: usize,
    /// Sandboxes at the same time.
    pub lanes: usize,
    pub json: bool,
    /// Where the same goes as a file.
    pub report: Option<PathBuf>,
}

pub const USAGE: &str = "\
usage: xportcn-certainty [--writes N] [--seed N] [--together N] [--lanes N] [--json] [--report FILE]

Makes N writes (20000) with the client on sandboxes that lose answers, carry writes out late and show them late, and holds
what was told of each against their ledgers. --json prints what came of them as JSON before the last lines, and
--report keeps it in a file.";

impl Options {
    /// Reads words of the command line.
    pub fn read(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { writes: 20_000, seed: 7, together: 3200, lanes: 4, json: false, report: None };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == "--json" {
                options.json = true;
                continue;
            }
            let value = words.next().ok_or_else(|| format!("{word} wants a value, or there is no such option"))?;
            let number = || value.parse::<usize>().map_err(|_| format!("{word} wants a number, not {value}"));
            match word.as_str() {
                "--lanes" => options.lanes = number()?.max(1),
                "--report" => options.report = Some(value.into()),
                "--seed" => options.seed = number()? as u64,
                "--together" => options.together = number()?.max(1),
                "--writes" => options.writes = number()?,
                _ => return Err(format!("there is no option {word}")),
            }
        }
        Ok(options)
    }
}
