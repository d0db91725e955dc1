//! Why a write with a journal has no result.

use std::path::PathBuf;

/// Why a write with a journal has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The call failed, as [`xportcn::Error`] says: the write was certainly not carried out. Also where the key belongs to
    /// another write.
    #[error(transparent)]
    Call(#[from] xportcn::Error),
    /// Another process, or another task of this one, is at work on the write of this key. Nothing was sent.
    #[error("the write `{key}` is being settled elsewhere; wait until that is over, and ask again")]
    InUse {
        /// The key.
        key: String,
    },
    /// The file cannot be opened, read or written. If that was before a sending, nothing was sent.
    #[error("the journal {path}: {reason}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file was written by a later version of this program.
    #[error("the journal {path} is of version {found}, and this program knows versions up to {known}: update it", path = .path.display())]
    LaterVersion {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The last version that is known here.
        known: i64,
    },
}
