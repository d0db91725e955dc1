//! Where the state stands: in memory, and in a file where one is given.

use crate::call::Call;
use crate::event::Event;
use crate::rows::{Row, RowContext, RowResult};
use crate::state::{self, State, StateFile};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::spawn_blocking;

/// The state, and what is to be pushed of its changes.
#[derive(Debug, Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
    file: Option<Arc<Mutex<StateFile>>>,
}

#[derive(Debug, Default)]
struct Inner {
    state: State,
    events: Vec<Event>,
}

impl Store {
    /// The state in a file.
    ///
    /// # Errors
    /// As [`StateFile::open`].
    pub(crate) fn in_file(path: &Path) -> io::Result<Self> {
        let (file, state) = StateFile::open(path)?;
        let inner = Mutex::new(Inner { state, events: Vec::new() });
        Ok(Self { inner, file: Some(Arc::new(Mutex::new(file))) })
    }

    /// Answers a call to a row.
    pub(crate) fn answer(&self, row: &Row, call: &Call<'_>) -> RowResult {
        let (_, answer) = row;
        let Inner { state, events } = &mut *lock(&self.inner);
        answer(&mut RowContext { call, state, events })
    }

    /// Looks at the state, or changes it otherwise than through a call.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State, &mut Vec<Event>) -> T) -> T {
        let Inner { state, events } = &mut *lock(&self.inner);
        act(state, events)
    }

    /// Takes what is to be pushed.
    pub(crate) fn take_events(&self) -> Vec<Event> {
        std::mem::take(&mut lock(&self.inner).events)
    }

    /// Comes back when all changes so far are in the file. Calls at the same time share one writing.
    pub(crate) async fn persist(self: &Arc<Self>) -> io::Result<()> {
        let changes = lock(&self.inner).state.changes();
        let Some(file) = self.file.clone() else { return Ok(()) };
        let store = self.clone();
        let written = spawn_blocking(move || {
            let mut file = lock(&file);
            if !file.lacks(changes) {
                return Ok(());
            }
            let (text, changes) = {
                let inner = lock(&store.inner);
                (state::text(&inner.state)?, inner.state.changes())
            };
            file.write(&text, changes)
        });
        written.await.map_err(io::Error::other)?
    }
}

/// Rows check before they change anything, so what a panic leaves behind is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
