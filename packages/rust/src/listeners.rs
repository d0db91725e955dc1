//! Who is told of what happens to calls: listeners, and the log.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tracing::Level;
use xportcn_core::{Event, EventKind, Request};

/// Listeners of a client. Clones are cheap.
#[derive(Clone, Default)]
pub(crate) struct Listeners(Vec<Arc<Listener>>);

pub(crate) type Listener = dyn Fn(&Event) + Send + Sync;

/// Whoever is told of one call.
pub(crate) struct Watch<'c> {
    pub(crate) listeners: &'c Listeners,
    #[cfg(feature = "opentelemetry")]
    pub(crate) spans: Option<crate::telemetry::CallSpans<'c>>,
}

impl Watch<'_> {
    /// Whether anybody would be told: to keep events takes time.
    pub(crate) fn wants_events(&self) -> bool {
        #[cfg(feature = "opentelemetry")]
        if self.spans.is_some() {
            return true;
        }
        !self.listeners.0.is_empty() || tracing::enabled!(Level::INFO)
    }

    pub(crate) fn tell(&mut self, events: &[Event]) {
        #[cfg(feature = "opentelemetry")]
        if let Some(spans) = &mut self.spans {
            spans.tell(events);
        }
        self.listeners.tell(events);
    }

    /// Gives a request the headers that those who watch need.
    #[cfg_attr(not(feature = "opentelemetry"), expect(unused_variables, reason = "only spans need headers"))]
    pub(crate) fn prepare(&self, request: &mut Request) {
        #[cfg(feature = "opentelemetry")]
        if let Some(spans) = &self.spans {
            spans.inject(request);
        }
    }
}

impl Listeners {
    pub(crate) fn add(&mut self, listener: impl Fn(&Event) + Send + Sync + 'static) {
        self.0.push(Arc::new(listener));
    }

    /// Tells everybody. A listener that panics costs no reply.
    fn tell(&self, events: &[Event]) {
        for event in events {
            log(event);
            for listener in &self.0 {
                if catch_unwind(AssertUnwindSafe(|| listener(event))).is_err() {
                    tracing::error!(event = event.kind.as_str(), "a listener of the client panicked");
                }
            }
        }
    }
}

/// The levels are those of all languages: what a program does not expect stands out.
fn log(event: &Event) {
    match &event.kind {
        EventKind::Limited { wait_ms } => tracing::info!(wait_ms, "the call waits for its place within the limit"),
        EventKind::Sent { attempt, method, url, .. } => {
            tracing::debug!(attempt, method = method.as_str(), url, "an attempt is sent");
        }
        EventKind::Answered { attempt, duration_ms, status, code, .. } => {
            tracing::debug!(attempt, duration_ms, status, code, "the attempt was answered");
        }
        EventKind::Failed { attempt, duration_ms, failure, maybe_sent, detail } => {
            tracing::debug!(attempt, duration_ms, failure, maybe_sent, detail, "the attempt has no answer");
        }
        EventKind::ClockCorrected { behind_ms } => {
            tracing::info!(behind_ms, "the clock is off: the call is signed with the platform's time");
        }
        EventKind::Retrying { attempt, wait_ms, error, is_asked } => {
            tracing::info!(attempt, wait_ms, error, is_asked, "the call is tried again");
        }
        EventKind::Ended { attempts, duration_ms, error: Some(error), code, request_id }
            if *error == "AmbiguousWrite" =>
        {
            tracing::warn!(attempts, duration_ms, code, request_id, "the write may have been carried out");
        }
        EventKind::Ended { attempts, duration_ms, error, code, request_id } => {
            tracing::debug!(attempts, duration_ms, error, code, request_id, "the call is over");
        }
        // The span tells the first, and one line of a reply the other.
        _ => {}
    }
}
