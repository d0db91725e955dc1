//! The sandbox's state, as soon as it changes, for all pages that watch.

use crate::control::Control;
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// How often it is looked whether a page watches, and how long is waited after a failure.
const PAUSE: Duration = Duration::from_millis(200);

/// What pages are told, until the explorer is stopped.
pub(crate) struct Live {
    states: watch::Sender<Arc<str>>,
    stopped: watch::Receiver<()>,
}

/// A page that watches.
pub(crate) struct Watching {
    states: watch::Receiver<Arc<str>>,
    stopped: watch::Receiver<()>,
    has_begun: bool,
}

/// What is read of a state.
#[derive(Deserialize)]
struct Known {
    revision: u64,
}

impl Live {
    /// Looks until stopped, as long as a page watches.
    pub(crate) fn start(control: Control, stopped: watch::Receiver<()>) -> (Self, JoinHandle<()>) {
        let states = watch::Sender::new(Arc::from(""));
        let task = tokio::spawn(look(control, states.clone(), stopped.clone()));
        (Self { states, stopped }, task)
    }

    /// The states, from the one that is known on.
    pub(crate) fn watch(&self) -> Watching {
        Watching { states: self.states.subscribe(), stopped: self.stopped.clone(), has_begun: false }
    }
}

impl Watching {
    /// The next state; absent when the explorer stops.
    pub(crate) async fn next(&mut self) -> Option<Arc<str>> {
        let known = self.states.borrow_and_update().clone();
        if !std::mem::replace(&mut self.has_begun, true) && !known.is_empty() {
            return Some(known);
        }
        tokio::select! {
            changed = self.states.changed() => changed.ok()?,
            _ = self.stopped.changed() => return None,
        }
        Some(self.states.borrow_and_update().clone())
    }
}

async fn look(control: Control, states: watch::Sender<Arc<str>>, mut stopped: watch::Receiver<()>) {
    let mut revision = None;
    loop {
        if states.receiver_count() == 0 {
            revision = None;
        } else if let Some((next, state)) = state(&control, revision).await {
            if revision != Some(next) {
                states.send_replace(state.into());
            }
            revision = Some(next);
            if stopped.has_changed().is_ok() {
                continue;
            }
        }
        tokio::select! {
            _ = stopped.changed() => return,
            () = sleep(PAUSE) => {}
        }
    }
}

/// The state, once it is beyond a revision or a second is over.
async fn state(control: &Control, revision: Option<u64>) -> Option<(u64, String)> {
    let path = revision.map_or("state".to_string(), |revision| format!("state?after={revision}"));
    let (status, body) = control.get(&path).await.ok()?;
    let text = String::from_utf8(body.to_vec()).ok().filter(|_| status == StatusCode::OK)?;
    let Known { revision } = serde_json::from_str(&text).ok()?;
    Some((revision, text))
}
