//! A journal of writes to the Xportcn OpenAPI: none is sent twice, also where a process dies. Unofficial.
//!
//! What is about to be sent is on the disk before it is sent, and how it ended after. Whoever starts again calls with the same
//! key, and gets the answer that was kept, or what became of the write: it is looked for before anything is sent, and sent
//! again only if it certainly was not carried out.
//!
//! ```no_run
//! use xportcn::{Client, Config, Outcome, Settled};
//! use xportcn_journal::Journal;
//!
//! # async fn example(config: Config, order: String) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(config)?;
//! let journal = Journal::open("orders.journal")?;
//! // What an earlier run has left open. It sends nothing.
//! for recovered in journal.recover_open(&client).await? {
//!     println!("{}: {:?}", recovered.key, recovered.result);
//! }
//! // The key is the order's own reference, `sellerOrderNumber`, because none is named.
//! match journal.settle(&client, None, "taobao.order.purchase_create", &order).await? {
//!     Settled::Answered(reply) => println!("ordered: {}", reply.data),
//!     Settled::Kept { data, .. } => println!("ordered by an earlier run: {data}"),
//!     Settled::Recovered(Outcome::Done { found }) => println!("ordered, and the answer was lost: {found:?}"),
//!     Settled::Recovered(other) => println!("{other:?}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The file is one of SQLite, for its owner only. It holds no secret, but requests and answers, and so addresses. Many processes
//! may have it open; a key is settled by one at a time.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod error;
mod owner;
mod statements;
mod store;

pub use self::error::Error;
use futures_util::StreamExt;
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Found, Store};
use xportcn::{Client, Entry, EntryState, Settled, journal_key};

/// A journal. Clones are the same one.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    store: Mutex<Store>,
    /// The keys that tasks of this process are at work on.
    busy: Mutex<HashSet<String>>,
}

/// A write that a journal has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Write {
    /// Its key.
    pub key: String,
    /// What was called.
    pub endpoint: String,
    /// How far it has come, with its ticket.
    pub entry: Entry,
    /// When that was kept, in milliseconds since 1970.
    pub changed_ms: i64,
}

/// What was found out about a write that an earlier run had left open.
#[derive(Debug)]
#[non_exhaustive]
pub struct Recovered {
    /// Its key.
    pub key: String,
    /// What was called.
    pub endpoint: String,
    /// What became of it, or why it was not looked for: it is of another account, for example.
    pub result: Result<Settled<String>, Error>,
}

/// A write that this process works on, until it is dropped.
struct Claim {
    shared: Arc<Shared>,
    key: String,
    /// Whether the file says so, too.
    is_kept: AtomicBool,
}

/// Open writes that are looked for at the same time.
const TOGETHER: usize = 8;

impl Journal {
    /// Opens a journal, or makes it.
    ///
    /// # Errors
    /// [`Error::File`] if it cannot be opened or is no journal, [`Error::LaterVersion`] if a later version wrote it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let store = Mutex::new(Store::open(path.as_ref())?);
        Ok(Self(Arc::new(Shared { store, busy: Mutex::default() })))
    }

    /// Sends a write, or goes on with the write of this key, until it is known what became of it.
    ///
    /// - A key that the journal does not have is sent, after it is kept.
    /// - What was answered, or found done, is told again. Nothing is sent.
    /// - What may have been sent is looked for. If it certainly was not carried out and
    ///   [`RetryPolicy::retry_after_recovery`](xportcn::RetryPolicy::retry_after_recovery) is set, it is sent again, once.
    /// - What was refused, or found not done, has its key free again, also for other parameters: it is sent.
    ///
    /// The key is the caller's: an order's number, or `pay 77`. A creation that names none has its reference for one.
    ///
    /// # Errors
    /// [`Error::Call`] as for [`Client::settle_json`], and if the key belongs to another write; [`Error::InUse`] while another
    /// is at work on the key; [`Error::File`] if it cannot be kept, and so was not sent.
    pub async fn settle(
        &self,
        client: &Client,
        key: Option<&str>,
        id: &str,
        params: impl AsRef<[u8]>,
    ) -> Result<Settled<String>, Error> {
        let params = String::from_utf8_lossy(params.as_ref());
        let key = match key {
            Some(key) => key.to_string(),
            None => journal_key(xportcn::endpoint(id)?, &params)?,
        };
        let (entry, claim) = self.claim(&key).await?;
        client.settle_kept(&key, id, params.as_bytes(), entry, |entry| Arc::clone(&claim).keep(entry)).await
    }

    /// Finds out about all writes that are open, a few at a time, and keeps what it finds out. Nothing is sent. Those that
    /// another process is at work on are left to it.
    ///
    /// # Errors
    /// [`Error::File`] if the journal cannot be read.
    pub async fn recover_open(&self, client: &Client) -> Result<Vec<Recovered>, Error> {
        let open = self.open_writes()?.into_iter();
        let looks = open.map(async |Write { key, endpoint, .. }| {
            let result = self.recover(client, &key).await;
            Recovered { key, endpoint, result }
        });
        let found: Vec<Recovered> = futures_util::stream::iter(looks).buffered(TOGETHER).collect().await;
        Ok(found.into_iter().filter(|found| !matches!(found.result, Err(Error::InUse { .. }))).collect())
    }

    /// The writes of which it is still to be found out what became of them, the oldest first.
    ///
    /// # Errors
    /// [`Error::File`] if the journal cannot be read.
    pub fn open_writes(&self) -> Result<Vec<Write>, Error> {
        self.writes_of("open")
    }

    /// All writes, those that changed last at the end.
    ///
    /// # Errors
    /// As for [`Journal::open_writes`].
    pub fn writes(&self) -> Result<Vec<Write>, Error> {
        self.writes_of("all")
    }

    async fn recover(&self, client: &Client, key: &str) -> Result<Settled<String>, Error> {
        let (entry, claim) = self.claim(key).await?;
        let entry = entry.ok_or_else(|| Error::InUse { key: key.to_string() })?;
        client.recover_kept(entry, |entry| Arc::clone(&claim).keep(entry)).await
    }

    fn writes_of(&self, name: &str) -> Result<Vec<Write>, Error> {
        let read = |Found { key, endpoint, entry, changed_ms }| {
            Ok(Write { key, endpoint, entry: Entry::parse(&entry)?, changed_ms })
        };
        locked(&self.0.store).rows(name)?.into_iter().map(read).collect()
    }

    /// Takes a key, and what the journal has under it.
    async fn claim(&self, key: &str) -> Result<(Option<Entry>, Arc<Claim>), Error> {
        if !locked(&self.0.busy).insert(key.to_string()) {
            return Err(Error::InUse { key: key.to_string() });
        }
        let claim = Claim { shared: Arc::clone(&self.0), key: key.to_string(), is_kept: AtomicBool::new(false) };
        let (entry, is_taken) = claim.in_file(|store, key| store.claim(key)).await?;
        claim.is_kept.store(is_taken, Ordering::Relaxed);
        Ok((entry.map(|json| Entry::parse(&json)).transpose()?, Arc::new(claim)))
    }
}

impl Claim {
    async fn keep(self: Arc<Self>, entry: Entry) -> Result<(), Error> {
        let is_open = entry.state() == EntryState::Open;
        if is_open {
            self.is_kept.store(true, Ordering::Relaxed);
        }
        self.in_file(move |store, key| store.keep(key, &entry)).await?;
        self.is_kept.store(is_open, Ordering::Relaxed);
        Ok(())
    }

    /// Does what waits for the disk, in a thread where that is no harm.
    async fn in_file<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store, &str) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (shared, key) = (Arc::clone(&self.shared), self.key.clone());
        let done = tokio::task::spawn_blocking(move || work(&mut locked(&shared.store), &key)).await;
        done.unwrap_or_else(|_| Err(Error::InUse { key: self.key.clone() }))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.is_kept.load(Ordering::Relaxed) {
            // Who cannot let go keeps it until the process ends.
            let _ = locked(&self.shared.store).release(&self.key);
        }
        locked(&self.shared.busy).remove(&self.key);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The examples of the README, which are compiled with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
