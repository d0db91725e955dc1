//! Who works on a write. An owner lives as long as its process: it holds a lock on an empty file of its own beside the journal,
//! and the system takes the lock when the process dies, however that happens. No clock tells it, so a process that only stood
//! still is not taken for dead.

use crate::statements::LOCK;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// The owner that this process is, for one journal.
pub struct Owner {
    /// Its name in the file.
    pub id: String,
    file: PathBuf,
    lock: Connection,
}

impl Owner {
    /// A new owner, beside this journal.
    pub fn new(journal: &Path) -> Result<Self, String> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|error| format!("the system gives no randomness: {error}"))?;
        let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let file = beside(journal, &id);
        let begin = || {
            super::store::create(&file).map_err(|error| error.to_string())?;
            let lock = Connection::open(&file).map_err(|error| error.to_string())?;
            lock.execute_batch(LOCK).map_err(|error| error.to_string())?;
            Ok(lock)
        };
        let lock = begin().map_err(|error: String| format!("{} cannot be locked: {error}", file.display()))?;
        Ok(Self { id, file, lock })
    }

    /// Whether another owner still lives. The file of one that does not is removed.
    pub fn is_alive(&self, other: &str, journal: &Path) -> bool {
        // What a file says must lead nowhere else.
        if other.len() != self.id.len() || !other.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return false;
        }
        let file = beside(journal, other);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let Ok(lock) = Connection::open_with_flags(&file, flags) else { return file.exists() };
        let is_alive = lock.busy_timeout(std::time::Duration::ZERO).and_then(|()| lock.execute_batch(LOCK)).is_err();
        if !is_alive {
            let _ = std::fs::remove_file(&file);
        }
        is_alive
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // Before the lock goes: whoever finds no file knows as much as who gets the lock.
        let _ = std::fs::remove_file(&self.file);
        let _ = self.lock.execute_batch("ROLLBACK");
    }
}

fn beside(journal: &Path, id: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_os_string();
    name.push("-owner-");
    name.push(id);
    name.into()
}
