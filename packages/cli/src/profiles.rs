//! `xportcn profiles`: lists the accounts that are kept by name; and the file in which they are.

use crate::args::ProfilesArgs;
use crate::failure::Failure;
use crate::output;
use crate::table::Table;
use serde::Serialize;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::iter::once;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Table as Members};
use xportcn::profile::{self, Profile};

pub fn run(args: &ProfilesArgs) -> Result<(), Failure> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Row {
        name: String,
        access_key: String,
        user_id: String,
        base_url: String,
        secret: &'static str,
    }
    let rows: Vec<Row> = Profile::all()?
        .iter()
        .map(|profile| Row {
            name: profile.name().to_string(),
            access_key: profile.config().access_key.clone(),
            user_id: profile.config().user_id.clone(),
            base_url: profile.config().base_url.clone(),
            secret: place(profile),
        })
        .collect();
    if args.json {
        return Ok(output::line(&output::json(&serde_json::to_string_pretty(&rows).unwrap_or_default()))?);
    }
    if rows.is_empty() {
        output::note("no account is kept; `xportcn login` keeps one");
        return Ok(());
    }
    let cells = rows.iter().map(|row| [&row.name, &row.access_key, &row.user_id, &row.base_url, row.secret]);
    let cells: Vec<[&str; 5]> = once(["NAME", "ACCESS KEY", "USER", "PLATFORM", "SECRET"]).chain(cells).collect();
    let table = Table::new(cells.iter().copied(), &[3]);
    let lines: String = cells.iter().map(|row| output::printable(&table.line(*row)).into_owned() + "\n").collect();
    Ok(output::print(&lines)?)
}

/// Where the secret of a profile is.
fn place(profile: &Profile) -> &'static str {
    match (profile.is_in_keyring(), profile.config().access_secret.expose()) {
        (true, _) => "keyring",
        (false, "") => "none",
        (false, _) => "file",
    }
}

/// The file of profiles, to be changed. What else stands in it stays as it is.
pub struct Kept {
    path: PathBuf,
    document: DocumentMut,
}

impl Kept {
    /// The file, which need not be there.
    pub fn open() -> Result<Self, Failure> {
        let path = profile::path()
            .ok_or_else(|| Failure::usage("there is no home folder: XPORTCN_CONFIG names the file of profiles"))?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(unusable(&path, &error)),
        };
        // The reader has told what is wrong with it, and where; this error would show the line, in which a secret may stand.
        let document =
            text.parse().map_err(|_| Failure::usage(format!("{} cannot be changed: it is no TOML", path.display())))?;
        Ok(Self { path, document })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The members of a profile, which is made if it is not there.
    pub fn profile(&mut self, name: &str) -> Result<&mut Members, Failure> {
        let wrong = || Failure::usage(format!("`profile` is no table in {}", self.path.display()));
        let profiles = self.document.entry("profile").or_insert_with(|| {
            let mut profiles = Members::new();
            profiles.set_implicit(true);
            Item::Table(profiles)
        });
        let profile = profiles.as_table_mut().ok_or_else(wrong)?.entry(name).or_insert_with(toml_edit::table);
        profile.as_table_mut().ok_or_else(wrong)
    }

    /// Takes a profile out.
    pub fn remove(&mut self, name: &str) {
        if let Some(profiles) = self.document.get_mut("profile").and_then(Item::as_table_mut) {
            profiles.remove(name);
        }
    }

    /// Writes the file, for its owner alone: whoever reads it while it is written sees the old or the new one, whole.
    pub fn write(self) -> Result<PathBuf, Failure> {
        let path = self.path;
        self::write(&path, &self.document.to_string()).map_err(|error| unusable(&path, &error))?;
        Ok(path)
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    // Behind a link stands the file itself.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension(format!("toml.{}", std::process::id()));
    let written = owners_alone().open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, &path));
    if moved.is_err() {
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// Makes a file that only its owner may read.
fn owners_alone() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("the file of profiles, {}: {error}", path.display()))
}
