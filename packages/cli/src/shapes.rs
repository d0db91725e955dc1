//! The file of shapes: a line of JSON for each run.

use crate::failure::Failure;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Adds a line.
pub fn append(file: &Path, shapes: &str) -> Result<(), Failure> {
    let opened = OpenOptions::new().create(true).append(true).open(file);
    let written = opened.and_then(|mut file| file.write_all(format!("{shapes}\n").as_bytes()));
    written.map_err(|error| Failure::usage(format!("the shapes cannot be written to {}: {error}", file.display())))
}
