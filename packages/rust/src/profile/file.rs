//! The file of profiles.

use super::wrong;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::{Table, Value};
use xportcn_core::{Error, nearest};

/// The file, read.
pub(super) struct File {
    pub(super) path: PathBuf,
    profiles: Table,
}

/// What the file may hold.
const KEYS: [&str; 1] = ["profile"];

impl File {
    /// The file, if it is there.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Error> {
        let at_fault = |reason: &str| wrong(format!("cannot be read: {} {reason}", path.display()));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at_fault(&format!("gives: {error}"))),
        };
        // The error's own words show the line, and a secret may stand there.
        let mut tables: Table = text.parse().map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            at_fault(&format!("is no TOML in line {}: {}", before.matches('\n').count() + 1, error.message()))
        })?;
        if let Some(other) = tables.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let near = nearest(other, KEYS).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(at_fault(&format!("holds `{other}`, but only [profile.NAME]{near}")));
        }
        let profiles = match tables.remove("profile") {
            None => Table::new(),
            Some(Value::Table(profiles)) => profiles,
            Some(_) => return Err(at_fault("holds `profile`, but not as [profile.NAME]")),
        };
        if let Some((name, _)) = profiles.iter().find(|(_, profile)| !profile.is_table()) {
            return Err(at_fault(&format!("holds `profile.{name}`, but not as [profile.{name}]")));
        }
        let has_secret = profiles.iter().any(|(_, profile)| profile.get("access_secret").is_some());
        if has_secret {
            owners_alone(path)?;
        }
        Ok(Some(Self { path: path.to_path_buf(), profiles }))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.profiles.contains_key(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    pub(super) fn profile(&self, name: &str) -> Option<&Table> {
        self.profiles.get(name)?.as_table()
    }
}

/// Refuses a file with a secret that others may read.
#[cfg(unix)]
fn owners_alone(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map(|metadata| metadata.permissions().mode() & 0o777).unwrap_or(0o777);
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(wrong(format!(
        "is not taken from {path}: the file holds a secret, and others may read it (mode {mode:04o}); run: chmod 600 {path}"
    )))
}

/// Elsewhere folders of users are closed to others.
#[cfg(not(unix))]
fn owners_alone(_: &Path) -> Result<(), Error> {
    Ok(())
}
