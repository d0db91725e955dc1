//! Waiting until an order or a refund comes into a state.

use crate::client::Client;
use crate::fresh;
use futures_timer::Delay;
use futures_util::future::select;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Notify;
use xportcn_core::host::reply_json;
use xportcn_core::push::Message;
use xportcn_core::{Error, Wait, WaitStep, Waited};

/// The waits of a client that are under way.
#[derive(Default)]
pub(crate) struct Waits(Mutex<Vec<Weak<Watched>>>);

struct Watched {
    wait: Mutex<Wait>,
    woken: Notify,
}

impl Client {
    /// Waits until the order or the refund with this id comes into a state, by calls that only read. It looks again with
    /// growing pauses, and at once where [`Client::on_push`] brings a message on it; it ends early where the state cannot
    /// come any more, and else after [`RetryPolicy::wait_timeout`](crate::RetryPolicy::wait_timeout).
    /// [`goals`](crate::goals) lists the states by group.
    ///
    /// ```no_run
    /// # async fn example(client: xportcn::Client) -> Result<(), xportcn::Error> {
    /// use xportcn::Waited;
    ///
    /// match client.wait_until("taobao.order", "shipped", "1024285237573584051").await? {
    ///     Waited::Reached { .. } => println!("on its way"),
    ///     Waited::Never { .. } => println!("closed"),
    ///     other => println!("not yet: {other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] where there is no such state; the last error where three looks in a row failed and it does
    /// not help to try again.
    pub async fn wait_until(&self, of: &str, state: &str, id: &str) -> Result<Waited, Error> {
        self.watch_until(of, state, id, |_, _| ()).await
    }

    /// As [`Client::wait_until`]; before each pause `told` is called with what was seen and how long the pause is.
    ///
    /// # Errors
    /// As for [`Client::wait_until`].
    pub async fn watch_until(
        &self,
        of: &str,
        state: &str,
        id: &str,
        mut told: impl FnMut(&Wait, Duration),
    ) -> Result<Waited, Error> {
        let watched = self.waits().add(Wait::for_id(of, state, id, self.policy())?);
        let mut last = Error::Misuse { reason: "nothing was looked at" };
        loop {
            let step = watched.lock().step(fresh::now_ms());
            match step {
                WaitStep::Look { endpoint, params } => match self.send_json(endpoint.id, params).await {
                    Ok(reply) => watched.lock().on_reply(&reply.data, &reply_json(&reply)),
                    Err(error) => {
                        watched.lock().on_failure(&error.to_string(), error.is_retryable());
                        last = error;
                    }
                },
                WaitStep::Wait(millis) => {
                    let pause = Duration::from_millis(millis);
                    told(&watched.lock(), pause);
                    select(Delay::new(pause), pin!(watched.woken.notified())).await;
                }
                WaitStep::Done(Waited::Failed) => return Err(last),
                WaitStep::Done(waited) => return Ok(waited),
            }
        }
    }

    /// Has the waits of this client look at once if they are for what a pushed message is on.
    pub fn on_push(&self, message: &Message) {
        self.waits().wake(&message.body);
    }
}

impl Waits {
    fn add(&self, wait: Wait) -> Arc<Watched> {
        let watched = Arc::new(Watched { wait: Mutex::new(wait), woken: Notify::new() });
        let mut waits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waits.retain(|wait| wait.strong_count() > 0);
        waits.push(Arc::downgrade(&watched));
        watched
    }

    fn wake(&self, body: &str) {
        let waits = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for watched in waits.iter().filter_map(Weak::upgrade) {
            if watched.lock().on_push(body) {
                watched.woken.notify_one();
            }
        }
    }
}

impl Watched {
    fn lock(&self) -> std::sync::MutexGuard<'_, Wait> {
        self.wait.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
