//! The journal's file: its form, and all that is asked of it, in SQL. The code generator writes the same into the journals of
//! the other languages, so that a file of one is one of all.
//!
//! Parameters are bound in their order. An entry is the core's: nobody else reads it, but that its state stands beside it.

/// One thing that is asked of the file.
pub struct Statement {
    /// Its name.
    pub name: &'static str,
    /// In SQL.
    pub sql: &'static str,
}

/// The version of the form, as `user_version`.
pub const VERSION: i64 = 1;
/// What tells a journal from other files of SQLite, as `application_id`: "XPJL".
pub const APPLICATION: i64 = 0x5850_4a4c;

/// Set for every connection, before all else. A commit is on the disk when it returns.
pub const SETTINGS: &str = "\
PRAGMA busy_timeout = 10000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
";

/// Makes the tables of a new file.
pub const SCHEMA: &str = "\
CREATE TABLE writes (
    key TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    state TEXT NOT NULL,
    entry TEXT NOT NULL,
    owner TEXT,
    changed_ms INTEGER NOT NULL
);
CREATE INDEX open_writes ON writes (changed_ms) WHERE state IN ('open', 'unknown');
PRAGMA application_id = 1481656908;
PRAGMA user_version = 1;
";

/// Locks the file of an owner, which stays empty. No other connection gets it as long as one has it.
pub const LOCK: &str = "\
PRAGMA journal_mode = MEMORY;
BEGIN IMMEDIATE;
";

/// All statements, by name.
pub const STATEMENTS: &[Statement] = &[
    // A write by its key: its entry, and who works on it.
    Statement { name: "find", sql: "SELECT entry, owner FROM writes WHERE key = ?" },
    // Takes a write: the new owner, the key, the owner that was found. What has ended well needs none.
    Statement {
        name: "claim",
        sql: "UPDATE writes SET owner = ? WHERE key = ? AND owner IS ? AND state NOT IN ('answered', 'done', 'partly')",
    },
    // Keeps what is about to be sent, unless another has the key: key, endpoint, state, entry, owner, moment.
    Statement {
        name: "begin",
        sql: "\
INSERT INTO writes (key, endpoint, state, entry, owner, changed_ms) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET endpoint = excluded.endpoint, state = excluded.state, entry = excluded.entry,
    changed_ms = excluded.changed_ms WHERE owner = excluded.owner",
    },
    // Keeps how a write ended, and lets go of it: state, entry, moment, key, owner.
    Statement {
        name: "end",
        sql: "UPDATE writes SET state = ?, entry = ?, changed_ms = ?, owner = NULL WHERE key = ? AND owner = ?",
    },
    // Lets go of a write: key, owner.
    Statement { name: "release", sql: "UPDATE writes SET owner = NULL WHERE key = ? AND owner = ?" },
    // The writes of which it is still to be found out what became of them.
    Statement {
        name: "open",
        sql: "\
SELECT key, endpoint, state, entry, changed_ms FROM writes WHERE state IN ('open', 'unknown') ORDER BY changed_ms, key",
    },
    // All writes.
    Statement {
        name: "all",
        sql: "SELECT key, endpoint, state, entry, changed_ms FROM writes ORDER BY changed_ms, key",
    },
];
