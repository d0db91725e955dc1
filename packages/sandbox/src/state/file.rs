//! The state in a file: a database of one table for each kind of object, in which a write changes only its own rows.

use super::State;
use super::records::Change;
use redb::backends::FileBackend;
use redb::{Builder, Database, DatabaseError, ReadableDatabase, ReadableTable, TableDefinition, TableError};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

/// What says that the file is a state, and in which form.
const HEAD: TableDefinition<'static, &str, &str> = TableDefinition::new("head");
const FORMAT: &str = "xportcn-sandbox-state";
const VERSION: &str = "1";

/// Everything is in memory, too, so nothing is read twice.
const CACHE: usize = 16 << 20;

/// The file that holds the state. No other process can open it meanwhile.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    identity: Identity,
    /// Absent after a failed write, from which the database does not recover while it is open.
    database: Option<Database>,
}

impl StateFile {
    /// Opens the file, or creates one that does not exist.
    ///
    /// # Errors
    /// Refuses links, a file that another process has open, and one that does not hold a state of this version, which
    /// it leaves as it is; passes on that the file cannot be read or written.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, State)> {
        if fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            create(path).map_err(|error| named(path, "written", &error))?;
        }
        let file = open(path)?;
        let identity = Identity::of(&file)?;
        // On a damaged file, the database may panic instead of giving an error.
        let (database, state) = catch_unwind(|| read(&file))
            .unwrap_or_else(|_| Err(Failure::Unfit("it is damaged".to_string())))
            .map_err(|failure| failure.explain(path))?;
        restrict(&file).map_err(|error| named(path, "restricted to its owner", &error))?;
        Ok((Self { path: path.to_path_buf(), identity, database: Some(database) }, state))
    }

    /// Writes changes, all or none; they are on the disk when it returns.
    pub(crate) fn write(&mut self, changes: &[Change]) -> io::Result<()> {
        // What is written to a file without a name is lost.
        if Identity::from(&fs::symlink_metadata(&self.path)?) != self.identity {
            return Err(io::Error::new(ErrorKind::NotFound, "another file has taken its place"));
        }
        let database = match self.database.take() {
            Some(database) => database,
            None => database(&open(&self.path)?).map_err(|failure| failure.explain(&self.path))?,
        };
        write(&database, changes).map_err(io::Error::other)?;
        self.database = Some(database);
        Ok(())
    }
}

/// Why a file is not used.
enum Failure {
    /// It holds something else than a state of this version.
    Unfit(String),
    InUse,
    Io(io::Error),
}

/// Creates a file with an empty state. It gets its name when it is whole, so that an end in between leaves none that
/// cannot be read.
fn create(path: &Path) -> io::Result<()> {
    let mut name = OsString::from(path.as_os_str());
    name.push(format!(".{}.new", std::process::id()));
    let draft = PathBuf::from(name);
    // Of an earlier process with the same number.
    let _ = fs::remove_file(&draft);
    let created = new_file(&draft).and_then(|file| {
        restrict(&file)?;
        initialise(file).map_err(io::Error::other)?;
        name_it(&draft, path)?;
        sync_folder(path)
    });
    let _ = fs::remove_file(&draft);
    created
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn initialise(file: File) -> Result<(), redb::Error> {
    let database = Builder::new().create_with_backend(FileBackend::new(file)?)?;
    let transaction = database.begin_write()?;
    {
        let mut head = transaction.open_table(HEAD)?;
        head.insert("format", FORMAT)?;
        head.insert("version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Gives a draft its name, unless another process was faster.
fn name_it(draft: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no links.
        Err(_) => fs::rename(draft, path),
        Ok(()) => Ok(()),
    }
}

/// Opens a file that exists, and is no link.
fn open(path: &Path) -> io::Result<File> {
    let wrong = |what: &str| {
        let message = format!("the state file {} {what}", path.display());
        io::Error::new(ErrorKind::InvalidInput, message)
    };
    let found = fs::symlink_metadata(path).map_err(|error| named(path, "opened", &error))?;
    if found.is_symlink() {
        return Err(wrong("is a symbolic link: give the path of the file itself"));
    }
    if !found.is_file() {
        return Err(wrong("is no regular file"));
    }
    let file = OpenOptions::new().read(true).write(true).open(path).map_err(|error| named(path, "opened", &error))?;
    // A link may have taken the file's place in between.
    if Identity::from(&found) != Identity::of(&file)? {
        return Err(wrong("was replaced while it was opened"));
    }
    Ok(file)
}

/// What a file holds. One that was closed as it should be is first read without writing to it, so that one that does not
/// fit stays as it is, to the last byte.
fn read(file: &File) -> Result<(Database, State), Failure> {
    let backend = FileBackend::new(file.try_clone().map_err(Failure::Io)?)?;
    let state = match Builder::new().set_cache_size(CACHE).open_read_only_with_backend(backend) {
        Ok(database) => Some(load(&database)?),
        // A process was killed: it is repaired when it is opened for writing.
        Err(DatabaseError::RepairAborted) => None,
        Err(error) => return Err(error.into()),
    };
    let database = database(file)?;
    let state = state.map_or_else(|| load(&database), Ok)?;
    Ok((database, state))
}

/// A database whose sums are checked, and which is repaired if need be.
fn database(file: &File) -> Result<Database, Failure> {
    let backend = FileBackend::new(file.try_clone().map_err(Failure::Io)?)?;
    Ok(Builder::new().set_cache_size(CACHE).set_check_integrity_on_open(true).create_with_backend(backend)?)
}

fn load(database: &impl ReadableDatabase) -> Result<State, Failure> {
    let transaction = database.begin_read().map_err(redb::Error::from)?;
    check_head(transaction.open_table(HEAD))?;
    State::load(|name, row| {
        let table = match transaction.open_table(rows(name)) {
            Ok(table) => table,
            Err(TableError::TableDoesNotExist(_)) => return Ok(()),
            Err(error) => return Err(redb::Error::from(error).into()),
        };
        for entry in table.iter().map_err(redb::Error::from)? {
            let (id, json) = entry.map_err(redb::Error::from)?;
            row(id.value(), json.value()).map_err(|error| Failure::Unfit(format!("{name} {}: {error}", id.value())))?;
        }
        Ok(())
    })
}

fn check_head(table: Result<impl ReadableTable<&'static str, &'static str>, TableError>) -> Result<(), Failure> {
    let table = table.map_err(|error| Failure::Unfit(error.to_string()))?;
    let value = |name: &str| -> Result<String, Failure> {
        let value = table.get(name).map_err(redb::Error::from)?;
        Ok(value.map(|value| value.value().to_string()).unwrap_or_default())
    };
    let (format, version) = (value("format")?, value("version")?);
    if format != FORMAT {
        return Err(Failure::Unfit(format!("its format is {format:?}, not {FORMAT:?}")));
    }
    if version != VERSION {
        return Err(Failure::Unfit(format!("it is of version {version}, and this program reads version {VERSION}")));
    }
    Ok(())
}

fn write(database: &Database, changes: &[Change]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    for change in changes {
        let mut table = transaction.open_table(rows(change.table))?;
        match &change.json {
            Some(json) => drop(table.insert(change.id.as_str(), json.as_slice())?),
            None => drop(table.remove(change.id.as_str())?),
        }
    }
    Ok(transaction.commit()?)
}

fn rows(name: &str) -> TableDefinition<'_, &'static str, &'static [u8]> {
    TableDefinition::new(name)
}

/// Lets nobody but the owner read or write the file.
fn restrict(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Makes a name last: it stands in the folder.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Which file it is, whatever its name; where the system does not tell, all are the same.
#[derive(Debug, PartialEq, Eq)]
struct Identity(u64, u64);

impl Identity {
    fn of(file: &File) -> io::Result<Self> {
        Ok(Self::from(&file.metadata()?))
    }

    #[cfg(unix)]
    fn from(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(metadata.dev(), metadata.ino())
    }

    #[cfg(not(unix))]
    fn from(_: &fs::Metadata) -> Self {
        Self(0, 0)
    }
}

impl Failure {
    fn explain(self, path: &Path) -> io::Error {
        let path = path.display();
        match self {
            Failure::Unfit(reason) => {
                let message = format!("the state file {path} is no state of a sandbox: {reason}; it is left as it is");
                io::Error::new(ErrorKind::InvalidData, message)
            }
            Failure::InUse => {
                let message =
                    format!("the state file {path} is in use by another sandbox: every sandbox needs its own");
                io::Error::new(ErrorKind::ResourceBusy, message)
            }
            Failure::Io(error) => {
                io::Error::new(error.kind(), format!("the state file {path} cannot be read: {error}"))
            }
        }
    }
}

impl From<redb::Error> for Failure {
    fn from(error: redb::Error) -> Self {
        match error {
            redb::Error::DatabaseAlreadyOpen => Failure::InUse,
            redb::Error::Io(error) if !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) => {
                Failure::Io(error)
            }
            error => Failure::Unfit(error.to_string()),
        }
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        redb::Error::from(error).into()
    }
}

fn named(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the state file {} cannot be {what}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state with one change that is not saved.
    fn changed(mut state: State) -> (String, Vec<Change>) {
        let id = state.next_id(0);
        (id, state.take_unsaved().unwrap())
    }

    #[test]
    fn the_database_is_opened_again_after_a_failed_write() {
        let path = std::env::temp_dir().join(format!("xportcn-sandbox-state-{}", std::process::id()));
        let (mut file, state) = StateFile::open(&path).unwrap();
        file.database = None;
        let (id, changes) = changed(state);
        file.write(&changes).unwrap();
        drop(file);
        let (file, state) = StateFile::open(&path).unwrap();
        let (next, _) = changed(state);
        assert!(next > id, "{next} after {id}");
        drop(file);
        fs::remove_file(&path).unwrap();
    }
}
