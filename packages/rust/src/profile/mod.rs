//! Accounts by name, from a file of the user's own.
//!
//! ```toml
//! [profile.default]
//! access_key = "your-access-key"
//! access_secret_in = "keyring"     # or access_secret = "..", and then only the owner may read the file
//! user_id = "your-user-id"
//!
//! [profile.test]
//! access_key = "sandbox-key"
//! access_secret = "sandbox-secret"
//! user_id = "sandbox-user"
//! base_url = "http://127.0.0.1:8080"
//! timeout = "10s"
//! limit = { per_second = 5, burst = 2 }
//! ```
//!
//! A profile holds any [setting](crate::settings), by its name; lengths of time have their unit. The file is that of
//! `XPORTCN_CONFIG`, or else `xportcn/config.toml` in `XDG_CONFIG_HOME` or `~/.config`. The command line's `xportcn login`
//! writes it.

mod file;
mod keyring;
mod settings;

pub use self::keyring::{forget, keep};

use self::file::File;
use std::path::{Path, PathBuf};
use xportcn_core::{Config, Error, RetryPolicy, Secret, nearest};

/// One account and its settings.
#[derive(Clone, Debug)]
pub struct Profile {
    name: String,
    file: PathBuf,
    config: Config,
    policy: RetryPolicy,
    is_in_keyring: bool,
}

/// The profile that is taken where none is named.
pub const DEFAULT: &str = "default";

/// The variable that names a profile.
pub const VARIABLE: &str = "XPORTCN_PROFILE";

impl Profile {
    /// The profile of this name.
    ///
    /// # Errors
    /// [`Error::Config`] where there is none, or where it or its file is wrong.
    pub fn named(name: &str) -> Result<Self, Error> {
        let path = path().ok_or_else(|| wrong("has no file: there is no home folder; name one with XPORTCN_CONFIG"))?;
        Self::of(
            name,
            &File::read(&path)?
                .ok_or_else(|| wrong(format!("`{name}` is not there: there is no file {}", path.display())))?,
        )
    }

    /// The profile of this name, or else that of `XPORTCN_PROFILE`, or else the one called `default`, which need not be
    /// there.
    ///
    /// # Errors
    /// As for [`Profile::named`].
    pub fn find(name: Option<&str>) -> Result<Option<Self>, Error> {
        let of_variable = std::env::var(VARIABLE).ok().filter(|name| !name.is_empty());
        if let Some(name) = name.or(of_variable.as_deref()) {
            return Self::named(name).map(Some);
        }
        match path().map(|path| File::read(&path)).transpose()?.flatten() {
            Some(file) if file.has(DEFAULT) => Self::of(DEFAULT, &file).map(Some),
            _ => Ok(None),
        }
    }

    /// All profiles of the file, in the order of their names.
    ///
    /// # Errors
    /// As for [`Profile::named`].
    pub fn all() -> Result<Vec<Self>, Error> {
        match path().map(|path| File::read(&path)).transpose()?.flatten() {
            Some(file) => file.names().map(|name| Self::of(name, &file)).collect(),
            None => Ok(Vec::new()),
        }
    }

    fn of(name: &str, file: &File) -> Result<Self, Error> {
        let table = file.profile(name).ok_or_else(|| {
            let near = nearest(name, file.names()).map(|near| format!("; did you mean `{near}`?"));
            wrong(format!("`{name}` is not in {}{}", file.path.display(), near.unwrap_or_default()))
        })?;
        let (config, policy, is_in_keyring) = settings::read(table).map_err(|error| within(error, name, &file.path))?;
        Ok(Self { name: name.to_string(), file: file.path.clone(), config, policy, is_in_keyring })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file that it stands in.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether its secret is kept in the system's keyring.
    pub fn is_in_keyring(&self) -> bool {
        self.is_in_keyring
    }

    /// Its settings, without a secret that is in the keyring.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// When calls are tried again.
    pub fn policy(&self) -> RetryPolicy {
        self.policy
    }

    /// Its secret, from the file or the keyring, which is asked only now.
    ///
    /// # Errors
    /// [`Error::Config`] where the keyring gives none.
    pub fn secret(&self) -> Result<Secret, Error> {
        if !self.is_in_keyring {
            return Ok(self.config.access_secret.clone());
        }
        keyring::secret(&self.config.access_key).map_err(|error| within(error, &self.name, &self.file))
    }

    /// Its settings, with its secret.
    ///
    /// # Errors
    /// As for [`Profile::secret`].
    pub fn settings(self) -> Result<(Config, RetryPolicy), Error> {
        let secret = self.secret()?;
        let mut config = self.config;
        config.access_secret = secret;
        Ok((config, self.policy))
    }
}

/// The file in which profiles are looked for; absent where the user has no home folder.
pub fn path() -> Option<PathBuf> {
    let given = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = || {
        let home = || given("HOME").or_else(|| given("USERPROFILE"));
        given("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute()).or_else(|| Some(home()?.join(".config")))
    };
    given("XPORTCN_CONFIG").or_else(|| Some(folder()?.join("xportcn").join("config.toml")))
}

/// An error of a setting, which says where it was read.
fn within(error: Error, name: &str, file: &Path) -> Error {
    let place = format!("in the profile `{name}` of {}", file.display());
    match error {
        Error::Config { field, reason } => Error::Config { field, reason: format!("{reason}, {place}") },
        Error::UnknownSetting { name, nearest } => {
            let near = nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Error::Config { field: name, reason: format!("is none, {place}{near}") }
        }
        other => other,
    }
}

fn wrong(reason: impl Into<String>) -> Error {
    Error::Config { field: "profile".to_string(), reason: reason.into() }
}
