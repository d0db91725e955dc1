//! Many users at once on one sandbox, till they have written enough; then the ledger judges.

use crate::dice::Dice;
use crate::faults::LATE_MS;
use crate::judge::Ledger;
use crate::killed;
use crate::platform::Platform;
use crate::shopper::Shopper;
use crate::tally::Tally;
use crate::write::Told;
use crate::{alibaba, taobao};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Writes that a user makes at least.
const FEWEST: usize = 5;

/// Makes so many writes or a few more. `made` is told how many there are.
pub async fn round(seed: u64, writes: usize, together: usize, made: Arc<AtomicUsize>) -> io::Result<Tally> {
    let users = writes / FEWEST + together + 1;
    // One in a hundred is of a process that is killed.
    let keepers = (writes / killed::EACH / 100).max(4);
    let platform = Arc::new(Platform::start(seed, users + keepers).await?);
    let kept = {
        let platform = platform.clone();
        tokio::spawn(async move { killed::killed(&platform, seed, users..users + keepers).await })
    };
    let started = Instant::now();
    let mut shopping: JoinSet<Vec<Told>> = JoinSet::new();
    let mut told = Vec::new();
    let (mut next, mut done) = (0, 0);
    while done < writes {
        // As many as are under way will make about as many writes each.
        let each = if next > shopping.len() { done.div_ceil(next - shopping.len()).max(FEWEST) } else { FEWEST };
        while shopping.len() < together && next < users && done + shopping.len() * each < writes {
            let (platform, made) = (platform.clone(), made.clone());
            let shopper = Shopper::new(platform, next, Dice::new(seed, next as u64));
            shopping.spawn(shop(shopper, made));
            next += 1;
        }
        let Some(shopped) = shopping.join_next().await else { break };
        let shopped = shopped.map_err(io::Error::other)?;
        done += shopped.len();
        told.extend(shopped);
    }
    while let Some(shopped) = shopping.join_next().await {
        told.extend(shopped.map_err(io::Error::other)?);
    }
    let (kept, kills) = kept.await.map_err(io::Error::other)??;
    // What may still be carried out must be before the ledger is read.
    tokio::time::sleep(Duration::from_millis(LATE_MS + 400)).await;
    let mut tally = Tally::default();
    tally.seconds = started.elapsed().as_secs_f64();
    let ledger = Ledger::read(&platform.ask("GET", "ledger").await?);
    tally.kills = kills;
    tally.kept = kept.len() as u64;
    told.extend(kept);
    tally.add_faults(&platform.ask("GET", "faults").await?);
    told.iter().for_each(|told| tally.add(told, &ledger));
    match Arc::into_inner(platform) {
        Some(platform) => platform.stop().await,
        None => return Err(io::Error::other("somebody still shops")),
    }
    Ok(tally)
}

/// One user's writes.
async fn shop(mut shopper: Shopper, made: Arc<AtomicUsize>) -> Vec<Told> {
    let mut counted = 0;
    while shopper.told.len() < FEWEST {
        match shopper.dice.below(8) {
            0..=2 => taobao::shop(&mut shopper).await,
            3..=5 => alibaba::shop(&mut shopper).await,
            6 => {
                // Each variant is put into a cart once, so that a line there is of that write.
                if shopper.dice.one_in(2) {
                    taobao::cart(&mut shopper).await;
                } else {
                    alibaba::cart(&mut shopper).await;
                }
                taobao::save_address(&mut shopper).await;
                taobao::shop(&mut shopper).await;
            }
            _ => {
                for _ in 0..3 {
                    taobao::save_address(&mut shopper).await;
                }
                alibaba::shop(&mut shopper).await;
            }
        }
        made.fetch_add(shopper.told.len() - counted, Ordering::Relaxed);
        counted = shopper.told.len();
    }
    shopper.told
}
