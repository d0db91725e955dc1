//! Runs the checks without cargo-fuzz.
//!
//!     xportcn-fuzz run TARGET CORPUS SECONDS LAST   changed inputs of a folder; the last one stands in the file LAST
//!     xportcn-fuzz replay TARGET FILE..             these inputs
//!     xportcn-fuzz collection FOLDER                other people's JSON as replies; prints what came of it as JSON
#![forbid(unsafe_code)]

use std::error::Error;
use std::fs::File;
use std::io::{Seek, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs, io};
use xportcn_fuzz::{TARGETS, Target, collection, in_process};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match act(&arguments) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn act(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    match arguments {
        ["run", name, corpus, seconds, last] => {
            let time = Duration::from_secs(seconds.parse()?);
            let mut last = File::create(last)?;
            let keep = |input: &[u8]| rewrite(&mut last, input);
            let checked = in_process::run(target(name)?, Path::new(corpus), time, 1, keep)?;
            Ok(format!("{checked} inputs checked"))
        }
        ["replay", name, files @ ..] => {
            let target = target(name)?;
            for file in files {
                (target.1)(&fs::read(file)?);
            }
            Ok(format!("{} inputs checked", files.len()))
        }
        ["collection", folder] => Ok(collection::run(Path::new(folder))?.to_string()),
        _ => Err("xportcn-fuzz run TARGET CORPUS SECONDS LAST | replay TARGET FILE.. | collection FOLDER".into()),
    }
}

/// Replaces what the file holds. A file that is emptied first is written to the disk each time.
fn rewrite(file: &mut File, content: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(content)?;
    file.set_len(content.len() as u64)
}

fn target(name: &str) -> Result<Target, String> {
    let names = || TARGETS.map(|(name, _)| name).join(", ");
    TARGETS.into_iter().find(|target| target.0 == name).ok_or_else(|| format!("{name} is none of {}", names()))
}
