//! Where the state is: in memory, and in a file where one is given.

use crate::call::Call;
use crate::event::Event;
use crate::rows::{Row, RowContext, RowResult};
use crate::state::{State, StateFile};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::spawn_blocking;

/// The state, and the events that are to be pushed.
#[derive(Debug, Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
    file: Option<Mutex<StateFile>>,
    /// How many of the changes are in the file.
    saved: AtomicU64,
}

#[derive(Debug, Default)]
struct Inner {
    state: State,
    events: Vec<Event>,
    /// Grows with every change that is to be saved.
    changes: u64,
}

impl Store {
    /// The state in a file.
    ///
    /// # Errors
    /// As [`StateFile::open`].
    pub(crate) fn in_file(path: &Path) -> io::Result<Self> {
        let (file, state) = StateFile::open(path)?;
        let inner = Inner { state, ..Inner::default() };
        Ok(Self { inner: Mutex::new(inner), file: Some(Mutex::new(file)), saved: AtomicU64::new(0) })
    }

    /// Answers a call to a row.
    pub(crate) fn answer(&self, row: &Row, call: &Call<'_>) -> RowResult {
        let (_, answer) = row;
        self.with(|state, events| answer(&mut RowContext { call, state, events }))
    }

    /// Looks at the state, or changes it otherwise than through a call.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State, &mut Vec<Event>) -> T) -> T {
        let Inner { state, events, changes } = &mut *lock(&self.inner);
        let result = act(state, events);
        *changes += u64::from(state.has_unsaved());
        result
    }

    /// Takes the events that are to be pushed.
    pub(crate) fn take_events(&self) -> Vec<Event> {
        std::mem::take(&mut lock(&self.inner).events)
    }

    /// Comes back when all changes so far are in the file. Calls at the same time share one writing, in which the
    /// changes of each stand together.
    pub(crate) async fn persist(self: &Arc<Self>) -> io::Result<()> {
        if self.file.is_none() {
            return Ok(());
        }
        let changes = lock(&self.inner).changes;
        if self.saved.load(Ordering::Acquire) >= changes {
            return Ok(());
        }
        let store = self.clone();
        spawn_blocking(move || store.save(changes)).await.map_err(io::Error::other)?
    }

    fn save(&self, changes: u64) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut file = lock(file);
        if self.saved.load(Ordering::Acquire) >= changes {
            return Ok(());
        }
        let (unsaved, changes) = {
            let mut inner = lock(&self.inner);
            (inner.state.take_unsaved()?, inner.changes)
        };
        let written = file.write(&unsaved);
        match written {
            Ok(()) => self.saved.store(changes, Ordering::Release),
            Err(_) => lock(&self.inner).state.put_back(&unsaved),
        }
        written
    }
}

/// Rows check before they change anything, so what a panic leaves behind is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
