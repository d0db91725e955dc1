//! Other people's JSON: every file of a folder is read as the body and as the data of every endpoint's reply.

use crate::decode::check_row;
use crate::rows::all;
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

/// Reads all files below the folder, and tells what came of it; it panics where a check fails. Files whose names begin
/// with `y_` are taken to be JSON, and those with `n_` not to be.
///
/// # Errors
/// Passes on that the folder cannot be read.
pub fn run(folder: &Path) -> io::Result<Json> {
    let mut files = Vec::new();
    gather(folder, &mut files)?;
    files.sort();
    let (mut valid_refused, mut invalid_read) = (Vec::new(), Vec::new());
    let (mut bodies, mut read, mut bytes, mut slowest) = (0_u64, 0_u64, 0, Duration::ZERO);
    for file in &files {
        let content = fs::read(file)?;
        bytes += content.len();
        let in_envelope = [br#"{"code":200,"data":"#.as_slice(), &content, b"}"].concat();
        let in_field = [br#"{"code":200,"data":{"a field of later days":"#.as_slice(), &content, b"}}"].concat();
        let mut as_data = false;
        for row in all() {
            for body in [&content, &in_envelope, &in_field] {
                let started = Instant::now();
                bodies += 1;
                as_data = check_row(row, body);
                read += u64::from(as_data);
                slowest = slowest.max(started.elapsed());
            }
        }
        // The last body has the file as the value of a field.
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match name.get(..2) {
            Some("y_") if !as_data => valid_refused.push(name),
            Some("n_") if as_data => invalid_read.push(name),
            _ => {}
        }
    }
    Ok(json!({
        "files": files.len(),
        "bytes": bytes,
        "bodies": bodies,
        "read": read,
        "refused": bodies - read,
        "slowest_ms": slowest.as_millis(),
        "valid_refused": valid_refused,
        "invalid_read": invalid_read,
    }))
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
