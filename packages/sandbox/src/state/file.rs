//! The state in a file: whole at any moment, whatever happens to the program.

use super::State;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<S> {
    format: String,
    version: u32,
    state: S,
}

/// The part of the file that is read before the rest.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

const FORMAT: &str = "xportcn-sandbox-state";
const VERSION: u32 = 1;

/// The file that holds the state.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    /// The changes that the file has.
    kept: u64,
}

impl StateFile {
    /// Opens the file, or begins one that does not exist.
    ///
    /// # Errors
    /// Refuses a file that does not hold a state of this version, and leaves it as it is; passes on that it cannot be
    /// read or written.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, State)> {
        // What a link points to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let state = match fs::read(&path) {
            Ok(bytes) => parse(&bytes).map_err(|reason| {
                let message = format!("the state file {} {reason}; it is left as it is", path.display());
                io::Error::new(io::ErrorKind::InvalidData, message)
            })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(named(&path, "read", &error)),
        };
        let mut file = Self { path, kept: 0 };
        file.write(&text(&state)?, 0).map_err(|error| named(&file.path, "written", &error))?;
        Ok((file, state))
    }

    /// Whether the file lacks some of this many changes.
    pub(crate) fn lacks(&self, changes: u64) -> bool {
        self.kept < changes
    }

    /// Replaces what the file holds, at once: whoever reads it finds the old state or the new one.
    pub(crate) fn write(&mut self, text: &[u8], changes: u64) -> io::Result<()> {
        let mut name = OsString::from(self.path.as_os_str());
        name.push(".new");
        let new = PathBuf::from(name);
        let mut file = File::create(&new)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        sync_folder(&self.path)?;
        self.kept = changes;
        Ok(())
    }
}

/// The text that a file with this state holds.
pub(crate) fn text(state: &State) -> io::Result<Vec<u8>> {
    let document = Document { format: FORMAT.to_string(), version: VERSION, state };
    Ok(serde_json::to_vec(&document)?)
}

fn parse(bytes: &[u8]) -> Result<State, String> {
    let broken = |error: serde_json::Error| format!("is no state of a sandbox: {error}");
    let head: Head = serde_json::from_slice(bytes).map_err(broken)?;
    if head.format != FORMAT {
        return Err(format!("is of the format {:?}, not {FORMAT:?}", head.format));
    }
    if head.version != VERSION {
        return Err(format!("is of version {}, and this program reads version {VERSION}", head.version));
    }
    let document: Document<State> = serde_json::from_slice(bytes).map_err(broken)?;
    Ok(document.state)
}

/// Makes a rename last: the name stands in the folder.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn named(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the state file {} cannot be {what}: {error}", path.display()))
}
