//! What goes over the wire in one call: every request as it was sent, and every answer as it came.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use xportcn::{Failure, Request, Response, Sending, Transport};

/// A transport that notes what passes, for the call that it belongs to.
pub(crate) struct Recorder(Arc<dyn Transport>);

/// One attempt of a call.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) request: Request,
    /// Absent while none has come.
    pub(crate) answer: Option<Result<Response, Failure>>,
}

/// The attempts of one call.
pub(crate) type Attempts = Arc<Mutex<Vec<Attempt>>>;

tokio::task_local! {
    static ATTEMPTS: Attempts;
}

/// Runs a call, and notes its attempts.
pub(crate) async fn recorded<T>(attempts: Attempts, call: impl Future<Output = T>) -> T {
    ATTEMPTS.scope(attempts, call).await
}

impl Recorder {
    pub(crate) fn around(inner: Arc<dyn Transport>) -> Self {
        Self(inner)
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> Sending<'_> {
        let attempts = ATTEMPTS.try_with(Arc::clone).ok();
        let at = attempts.as_ref().map(|attempts| {
            let mut attempts = attempts.lock().unwrap_or_else(PoisonError::into_inner);
            attempts.push(Attempt { request: request.clone(), answer: None });
            attempts.len() - 1
        });
        Box::pin(async move {
            let answer = self.0.send(request).await;
            if let (Some(attempts), Some(at)) = (attempts, at) {
                attempts.lock().unwrap_or_else(PoisonError::into_inner)[at].answer = Some(answer.clone());
            }
            answer
        })
    }
}
