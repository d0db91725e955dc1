//! The file.

use crate::error::Error;
use crate::owner::Owner;
use crate::statements::{APPLICATION, SCHEMA, SETTINGS, STATEMENTS, VERSION};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Params, Row, TransactionBehavior};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use xportcn::{Entry, EntryState};

/// A journal's file, and who this process is in it.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    owner: Owner,
}

/// A row of the file.
pub struct Found {
    pub key: String,
    pub endpoint: String,
    pub entry: String,
    pub changed_ms: i64,
}

impl Store {
    /// Opens a file, or makes it, for its owner only.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |reason: String| Error::File { path: path.to_path_buf(), reason };
        match create(path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(error.to_string())),
            _ => {}
        }
        let connection = opened(path)?;
        let owner = Owner::new(path).map_err(failed)?;
        Ok(Self { path: path.to_path_buf(), connection, owner })
    }

    /// Takes the write of a key, unless another process has it, and gives what there is of it. `true` if it was taken: what has
    /// ended well is only read, and what is new is taken as it is first kept.
    pub fn claim(&mut self, key: &str) -> Result<(Option<String>, bool), Error> {
        let Self { path, connection, owner } = self;
        let found = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?));
                let Some((entry, other)) = transaction.query_row(sql("find"), [key], read).optional()? else {
                    return Ok(Some((None, false)));
                };
                if other.as_ref().is_some_and(|other| *other != owner.id && owner.is_alive(other, path)) {
                    return Ok(None);
                }
                let taken = transaction.execute(sql("claim"), (&owner.id, key, other))?;
                transaction.commit()?;
                Ok(Some((Some(entry), taken > 0)))
            })
            .map_err(|error| self.failed(error))?;
        found.ok_or_else(|| Error::InUse { key: key.to_string() })
    }

    /// Keeps an entry.
    pub fn keep(&mut self, key: &str, entry: &Entry) -> Result<(), Error> {
        let (state, json, now) = (entry.state().as_str(), entry.to_json(), now_ms());
        let kept = match entry.state() {
            EntryState::Open => {
                let endpoint = entry.ticket().endpoint().id;
                self.execute("begin", (key, endpoint, state, json, &self.owner.id, now))?
            }
            _ => self.execute("end", (state, json, now, key, &self.owner.id))?,
        };
        if kept == 0 {
            return Err(Error::InUse { key: key.to_string() });
        }
        Ok(())
    }

    /// Lets go of a write that has not ended.
    pub fn release(&mut self, key: &str) -> Result<(), Error> {
        self.execute("release", (key, &self.owner.id)).map(drop)
    }

    /// The rows that a statement selects.
    pub fn rows(&self, name: &str) -> Result<Vec<Found>, Error> {
        let read = |row: &Row<'_>| {
            Ok(Found { key: row.get(0)?, endpoint: row.get(1)?, entry: row.get(3)?, changed_ms: row.get(4)? })
        };
        let rows = self.connection.prepare(sql(name)).and_then(|mut statement| {
            let rows = statement.query_map([], read)?;
            rows.collect()
        });
        rows.map_err(|error| self.failed(error))
    }

    fn execute(&self, name: &str, params: impl Params) -> Result<usize, Error> {
        let done = self.connection.prepare(sql(name)).and_then(|mut statement| statement.execute(params));
        done.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: rusqlite::Error) -> Error {
        Error::File { path: self.path.clone(), reason: error.to_string() }
    }
}

/// Makes a file that only its owner can read, unless there is one. It must not be opened otherwise: to close a file takes all
/// locks that the process has on it.
pub fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn opened(path: &Path) -> Result<Connection, Error> {
    let failed = |error: rusqlite::Error| Error::File { path: path.to_path_buf(), reason: error.to_string() };
    let mut connection = Connection::open(path).map_err(failed)?;
    // Whoever makes a file of the same name at the same time holds it for a moment, and SQLite does not wait for that.
    let mut tries = 0;
    while let Err(error) = connection.execute_batch(SETTINGS) {
        tries += 1;
        if !is_busy(&error) || tries == 100 {
            return Err(failed(error));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let (application, version) = form(&connection).map_err(failed)?;
    match (application, version) {
        (APPLICATION, VERSION) => {}
        (APPLICATION, found) if found > VERSION => {
            return Err(Error::LaterVersion { path: path.to_path_buf(), found, known: VERSION });
        }
        (0, 0) => make(&mut connection, path)?,
        _ => return Err(Error::File { path: path.to_path_buf(), reason: "is a database, but no journal".into() }),
    }
    Ok(connection)
}

/// Makes the tables, unless another process has done so meanwhile.
fn make(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let failed = |error: rusqlite::Error| Error::File { path: path.to_path_buf(), reason: error.to_string() };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    if form(&transaction).map_err(failed)? != (0, 0) {
        return Ok(());
    }
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    if tables > 0 {
        return Err(Error::File { path: path.to_path_buf(), reason: "is a database, but no journal".into() });
    }
    transaction.execute_batch(SCHEMA).and_then(|()| transaction.commit()).map_err(failed)
}

/// What the file says that it is, and its version.
fn form(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((pragma("application_id")?, pragma("user_version")?))
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn sql(name: &str) -> &'static str {
    STATEMENTS.iter().find(|statement| statement.name == name).map_or("", |statement| statement.sql)
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
