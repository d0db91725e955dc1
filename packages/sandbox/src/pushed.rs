//! What became of the messages that were pushed, the newest first.

use crate::revision::Revision;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Messages that are remembered.
const MAX_SHOWN: usize = 200;

/// The last messages, with the answers to each. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct PushLog {
    messages: Arc<Mutex<VecDeque<Message>>>,
    revision: Revision,
}

#[derive(Debug)]
struct Message {
    number: u64,
    body: String,
    /// When each attempt was answered, in milliseconds since 1970, and how.
    answers: Vec<(u64, String)>,
    state: PushState,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PushState {
    /// It is sent, or will be again.
    Waiting,
    /// It was answered with HTTP 200.
    Taken,
    /// It is not sent again.
    GivenUp,
}

impl PushLog {
    pub(crate) fn new(revision: Revision) -> Self {
        Self { messages: Arc::default(), revision }
    }

    /// Notes a message, and gives its number.
    pub(crate) fn add(&self, body: &str) -> u64 {
        let number = self.with(|messages| {
            let number = messages.front().map_or(1, |last| last.number + 1);
            let message = Message { number, body: body.to_string(), answers: Vec::new(), state: PushState::Waiting };
            messages.push_front(message);
            messages.truncate(MAX_SHOWN);
            number
        });
        self.revision.grow();
        number
    }

    /// Notes how an attempt ended.
    pub(crate) fn answered(&self, number: u64, answer: &str, state: PushState) {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        self.with(|messages| {
            if let Some(message) = messages.iter_mut().find(|message| message.number == number) {
                message.answers.push((u64::try_from(at).unwrap_or(u64::MAX), answer.to_string()));
                message.state = state;
            }
        });
        self.revision.grow();
    }

    pub(crate) fn shown(&self) -> Value {
        self.with(|messages| messages.iter().map(Message::shown).collect())
    }

    fn with<T>(&self, act: impl FnOnce(&mut VecDeque<Message>) -> T) -> T {
        act(&mut self.messages.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Message {
    fn shown(&self) -> Value {
        json!({
            "number": self.number,
            "body": self.body,
            "state": match self.state {
                PushState::Waiting => "waiting",
                PushState::Taken => "taken",
                PushState::GivenUp => "given_up",
            },
            "answers": self.answers.iter().map(|(at, answer)| json!({"atMs": at, "answer": answer})).collect::<Vec<_>>(),
        })
    }
}
