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

/// What pages are told.
pub(crate) struct Live(watch::Sender<Arc<str>>);

/// What is read of a state.
#[derive(Deserialize)]
struct Known {
    revision: u64,
}

impl Live {
    /// Looks until stopped, as long as a page watches.
    pub(crate) fn start(control: Control, stopped: watch::Receiver<()>) -> (Self, JoinHandle<()>) {
        let states = watch::Sender::new(Arc::from(""));
        let task = tokio::spawn(look(control, states.clone(), stopped));
        (Self(states), task)
    }

    /// The states, from the one that is known on.
    pub(crate) fn watch(&self) -> watch::Receiver<Arc<str>> {
        self.0.subscribe()
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
