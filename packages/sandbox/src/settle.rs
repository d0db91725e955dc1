//! Settles what is due by the sandbox's clock, so that its messages are pushed though nobody looks.

use crate::platform::Platform;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// A clock that stands still must not be asked without a pause.
const SHORTEST: Duration = Duration::from_millis(10);
/// The clock may be set, or be another than the machine's.
const LONGEST: Duration = Duration::from_secs(1);

/// Runs until stopped.
pub(crate) async fn settle(platform: Arc<Platform>, mut stopped: watch::Receiver<()>) {
    loop {
        let next = platform.store.next_settlement();
        let now_ms = platform.clock.now_ms();
        let wait = next.map(|due| u64::try_from(due).unwrap_or_default().saturating_sub(now_ms));
        let wait = Duration::from_millis(wait.unwrap_or_default()).clamp(SHORTEST, LONGEST);
        tokio::select! {
            _ = stopped.changed() => return,
            () = platform.store.begun() => continue,
            () = sleep(wait), if next.is_some() => {}
        }
        platform.settle();
        if let Err(refusal) = platform.commit(Ok(())).await {
            tracing::warn!(%refusal, "what was due is settled, but not saved");
        }
    }
}
