//! Which call is made when.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use xportcn_core::{Core, Error, Nonce, Prepared, Request, Response};

/// The calls of all connections.
pub struct Plan {
    core: Core,
    calls: Vec<Prepared>,
    taken: AtomicU64,
    most: u64,
    time: Duration,
    rate: Option<u32>,
    started: OnceLock<Instant>,
}

/// One call that is to be made.
pub struct Turn<'p> {
    call: &'p Prepared,
    /// When it is due.
    pub due: Instant,
}

impl Plan {
    /// At most so many calls in at most this time; `rate` a second, or as many as are answered.
    pub fn new(core: Core, calls: Vec<Prepared>, most: u64, time: Duration, rate: Option<u32>) -> Self {
        Self { core, calls, taken: AtomicU64::new(0), most, time, rate, started: OnceLock::new() }
    }

    /// Starts the clock.
    pub fn begin(&self, started: Instant) {
        self.started.get_or_init(|| started);
    }

    /// The next call; absent when there are no more, or no time.
    pub fn next(&self) -> Option<Turn<'_>> {
        let started = *self.started.get()?;
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let due = match self.rate {
            Some(rate) => started + Duration::from_secs_f64(number as f64 / f64::from(rate)),
            None => Instant::now(),
        };
        let index = usize::try_from(number % self.calls.len() as u64).ok()?;
        let call = self.calls.get(index)?;
        (number < self.most && due < started + self.time).then_some(Turn { call, due })
    }

    /// The request, signed for this moment.
    pub fn request(&self, turn: &Turn<'_>) -> Result<Request, getrandom::Error> {
        let mut random = [0; Nonce::LENGTH];
        getrandom::fill(&mut random)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now_ms = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        Ok(self.core.sign(turn.call, now_ms, &Nonce::from_random(random)))
    }

    /// Whether the answer says that the call was accepted.
    pub fn read(&self, turn: &Turn<'_>, status: u16, body: Vec<u8>) -> Result<(), Error> {
        let response = Response { status, headers: Vec::new(), body };
        self.core.read_json(turn.call.endpoint(), response).map(drop)
    }
}
