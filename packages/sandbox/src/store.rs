//! Where the state stands: in memory, and in a file where one is given.

use crate::answer::Call;
use crate::news::News;
use crate::rows::{Data, Row, Visit};
use crate::state::State;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The state, and what is to be pushed of its changes.
#[derive(Debug, Default)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    state: State,
    news: Vec<News>,
}

impl Store {
    /// Answers a call to a row.
    pub(crate) fn answer(&self, row: &Row, call: &Call<'_>) -> Data {
        let (_, answer) = row;
        let Inner { state, news } = &mut *self.lock();
        answer(&mut Visit { call, state, news })
    }

    /// Looks at the state, or changes it otherwise than through a call.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State, &mut Vec<News>) -> T) -> T {
        let Inner { state, news } = &mut *self.lock();
        act(state, news)
    }

    /// Takes what is to be pushed.
    pub(crate) fn take_news(&self) -> Vec<News> {
        std::mem::take(&mut self.lock().news)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Rows check before they change anything, so what a panic leaves behind is whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
