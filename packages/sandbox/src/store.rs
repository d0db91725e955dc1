//! Where the state is: in memory, and in a file where one is given.

use crate::call::Call;
use crate::delay::Delay;
use crate::event::Event;
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::Seed;
use crate::state::{State, StateFile, View};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::task::spawn_blocking;

/// The state, and the events that are to be pushed.
#[derive(Debug, Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
    file: Option<Mutex<StateFile>>,
    /// How many of the changes are in the file.
    saved: AtomicU64,
    /// Tells that something began that is due before all else.
    begun: Notify,
    /// How long after a write reads show what it did.
    show_after: Delay,
    /// How many writes show late.
    hidden: AtomicU64,
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
        Ok(Self { inner: Mutex::new(inner), file: Some(Mutex::new(file)), ..Self::default() })
    }

    /// Has what goes on after a call be settled so many milliseconds later.
    pub(crate) fn settle_after(self, wait_ms: u64) -> Self {
        lock(&self.inner).state.settle_after(wait_ms);
        self
    }

    /// Has what writes do show in reads so much later.
    pub(crate) fn show_after(self, delay: Delay) -> Self {
        Self { show_after: delay, ..self }
    }

    /// Answers a call to a row.
    pub(crate) fn answer(&self, row: &Row, call: &Call<'_>) -> RowResult {
        let (_, answer) = row;
        self.with(call.now_ms, |state, events| {
            state.look(self.view(call));
            let before = state.before();
            let result = answer(&mut RowContext { call, state, events });
            if result.is_ok() {
                state.note_change(&before, call);
            }
            state.look(View::All);
            result
        })
    }

    /// What a call sees, and when what it does shows in reads.
    fn view(&self, call: &Call<'_>) -> View {
        let now = i64::try_from(call.now_ms).unwrap_or(i64::MAX);
        if call.endpoint.effect.is_none() {
            return View::Shown { at: now };
        }
        let delay = call.shows_after.unwrap_or(self.show_after);
        if delay.is_zero() {
            return View::All;
        }
        let count = self.hidden.fetch_add(1, Ordering::Relaxed);
        let wait = delay.draw(Seed::new("show").at(usize::try_from(count).unwrap_or_default()));
        View::Hiding { until: now.saturating_add(i64::try_from(wait).unwrap_or(i64::MAX)) }
    }

    /// Looks at the state as it is at this moment, or changes it otherwise than through a call.
    pub(crate) fn with<T>(&self, now_ms: u64, act: impl FnOnce(&mut State, &mut Vec<Event>) -> T) -> T {
        let Inner { state, events, changes } = &mut *lock(&self.inner);
        // A row that panicked may have left another.
        state.look(View::All);
        state.settle(now_ms, events);
        let next = state.next_settlement();
        let result = act(state, events);
        *changes += u64::from(state.has_unsaved());
        if state.next_settlement() != next {
            self.begun.notify_one();
        }
        result
    }

    /// When the next settlement is due, in milliseconds since 1970.
    pub(crate) fn next_settlement(&self) -> Option<i64> {
        lock(&self.inner).state.next_settlement()
    }

    /// Waits until something begins that is due before all else.
    pub(crate) async fn begun(&self) {
        self.begun.notified().await;
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
