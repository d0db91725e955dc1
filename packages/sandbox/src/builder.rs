//! How a sandbox is set up.

use crate::account::{ACCESS_KEY, ACCESS_SECRET, Accounts, USER_ID};
use crate::answer::{Answer, Answers};
use crate::browser::Guard;
use crate::clock::{Clock, Source};
use crate::delay::Delay;
use crate::drift::Drift;
use crate::fault::{FaultInjector, Faults};
use crate::nonces::Nonces;
use crate::platform::{BODY_TIMEOUT, MAX_NONCES, Platform};
use crate::push::{Pusher, RETRY, Target, Warn};
use crate::pushed::PushLog;
use crate::reply::RequestIds;
use crate::revision::Revision;
use crate::route::router;
use crate::server::{self, Running, Signals};
use crate::settle::settle;
use crate::store::Store;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use xportcn_core::catalogue;

/// The platform on loopback.
#[derive(Debug)]
pub struct Sandbox(());

/// A sandbox's settings.
pub struct Builder {
    address: SocketAddr,
    accounts: Vec<[String; 3]>,
    answers: Answers,
    body_timeout: Duration,
    clock: Source,
    clock_offset_ms: i64,
    drift: Drift,
    faults: Option<Faults>,
    hosts: Vec<String>,
    is_remote: bool,
    origins: Vec<String>,
    push_retry: Duration,
    push_url: Option<String>,
    settle: Duration,
    show_after: Delay,
    state: Option<PathBuf>,
    warn: Warn,
    unknown: Option<String>,
}

impl Sandbox {
    /// The usual settings: a free port of 127.0.0.1, one account, the machine's clock.
    pub fn builder() -> Builder {
        Builder {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            accounts: Vec::new(),
            answers: Answers::new(),
            body_timeout: BODY_TIMEOUT,
            clock: Arc::new(machine_clock),
            clock_offset_ms: 0,
            drift: Drift::default(),
            faults: None,
            hosts: Vec::new(),
            is_remote: false,
            origins: Vec::new(),
            push_retry: RETRY,
            push_url: None,
            settle: Duration::ZERO,
            show_after: Delay::default(),
            state: None,
            warn: Arc::new(|warning| tracing::warn!("{warning}")),
            unknown: None,
        }
    }
}

impl Builder {
    /// Where to listen; on loopback only, unless other machines may call. Port 0 takes a free one.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Adds an account, in place of the one that is there unless others are set. An access key may have several
    /// users.
    pub fn account(mut self, access_key: &str, access_secret: &str, user_id: &str) -> Self {
        self.accounts.push([access_key, access_secret, user_id].map(String::from));
        self
    }

    /// A further name by which the sandbox may be called, without scheme and port. Addresses and names that are of
    /// private networks, as `localhost`, `sandbox` and `host.docker.internal`, need not be given; by others, a page in a
    /// browser could come near it whose name is made to lead here.
    pub fn allow_host(mut self, host: &str) -> Self {
        self.hosts.push(host.to_string());
        self
    }

    /// An origin whose pages may call the sandbox by a browser, as `http://localhost:3000`. Others are refused.
    pub fn allow_origin(mut self, origin: &str) -> Self {
        self.origins.push(origin.to_string());
        self
    }

    /// Lets it listen on addresses that other machines reach, and push messages to them. Everybody who reaches the port
    /// can then drive the sandbox, whose secret is no secret.
    pub fn allow_remote(mut self) -> Self {
        self.is_remote = true;
        self
    }

    /// Answers the calls of an endpoint, in place of sample data.
    pub fn answer(mut self, endpoint_id: &str, answer: impl Answer) -> Self {
        match catalogue::find(endpoint_id) {
            Some(endpoint) => self.answers.set(endpoint, answer),
            None => self.unknown = Some(endpoint_id.to_string()),
        }
        self
    }

    /// How long a request's body may take to arrive: 10 seconds unless set.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.body_timeout = timeout;
        self
    }

    /// Another clock than the machine's: milliseconds since 1970. It decides on timestamps and sets the Date header.
    pub fn clock(mut self, clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How far the clock is ahead of the machine's, or of the one that is set; behind it, if negative.
    pub fn clock_offset_ms(mut self, offset_ms: i64) -> Self {
        self.clock_offset_ms = offset_ms;
        self
    }

    /// Stands for a platform that differs from the tables.
    pub fn drift(mut self, drift: Drift) -> Self {
        self.drift = drift;
        self
    }

    /// Injects faults into calls. `GET /sandbox/faults` counts them.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = Some(faults);
        self
    }

    /// How long to wait before a message that was not taken is pushed again: half an hour unless set.
    pub fn push_retry(mut self, wait: Duration) -> Self {
        self.push_retry = wait;
        self
    }

    /// Where messages on orders are pushed to: an `http` URL on loopback, or anywhere if other machines may
    /// call. None are pushed unless it is set.
    pub fn push_url(mut self, url: &str) -> Self {
        self.push_url = Some(url.to_string());
        self
    }

    /// What to do with a warning, as that messages do not arrive at the push URL. It goes to the log unless set.
    pub fn on_warning(mut self, warn: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.warn = Arc::new(warn);
        self
    }

    /// How long payments and cancellations take where the platform settles them after the call: none unless set.
    pub fn settle_after(mut self, wait: Duration) -> Self {
        self.settle = wait;
        self
    }

    /// How long after a write, by the sandbox's clock, reads show what it made or changed: at once unless set. The write is
    /// carried out and answered all the same.
    pub fn show_after(mut self, delay: impl Into<Delay>) -> Self {
        self.show_after = delay.into();
        self
    }

    /// Keeps the state in a file, which is created if it is not there. A call that changes something is answered when
    /// its change is on the disk. Without a file, the state ends with the sandbox. A file that another sandbox has open
    /// is refused, and so is a symbolic link.
    pub fn state(mut self, path: impl Into<PathBuf>) -> Self {
        self.state = Some(path.into());
        self
    }

    /// Starts listening. Runs on tokio until stopped.
    ///
    /// # Errors
    /// Refuses addresses off loopback and a push URL off loopback, unless other machines may call; accounts that cannot
    /// be sent in a header, answers for endpoints that there are none of, what is no host or origin, and a state file that holds something else; passes on that the
    /// port is taken or the file cannot be used.
    pub async fn start(self) -> io::Result<Running> {
        let address = self.address;
        if !address.ip().is_loopback() && !self.is_remote {
            let reason = "the sandbox listens on loopback only, unless it is said that other machines may call";
            return Err(wrong(format!("{reason} (--allow-remote): {}", address.ip())));
        }
        let is_remote = self.is_remote;
        let target = self.push_url.as_deref().map(|url| Target::parse(url, is_remote)).transpose()?;
        let (push_retry, warn) = (self.push_retry, self.warn.clone());
        let (closing, closed) = mpsc::unbounded_channel();
        let mut platform = self.platform(closing)?;
        let listener = TcpListener::bind(address).await?;
        let (stop, stopped) = watch::channel(());
        let log = platform.pushes.clone();
        let pusher = target.map(|target| Pusher::start(target, push_retry, warn, log, stopped.clone()));
        let (pusher, pushing) = pusher.unzip();
        platform.pusher = pusher;
        let platform = Arc::new(platform);
        // Without messages, nobody sees whether what is due is settled before it is looked at.
        let settling = pushing.is_some().then(|| tokio::spawn(settle(platform.clone(), stopped.clone())));
        let ends = Signals { stop, stopped, closed };
        server::start(listener, router(platform), ends, pushing.into_iter().chain(settling).collect())
    }

    /// The sandbox without a socket: a service that answers requests in the same process. It pushes no messages, and
    /// faults of the connection leave an answer without a body.
    ///
    /// # Errors
    /// As [`Builder::start`], and refuses a push URL.
    pub fn router(self) -> io::Result<axum::Router> {
        if self.push_url.is_some() {
            return Err(wrong("a sandbox without a socket pushes no messages".to_string()));
        }
        let (closing, _) = mpsc::unbounded_channel();
        Ok(router(Arc::new(self.platform(closing)?)))
    }

    fn platform(self, closing: mpsc::UnboundedSender<Duration>) -> io::Result<Platform> {
        if let Some(id) = self.unknown {
            return Err(wrong(format!("there is no endpoint {id}")));
        }
        let store = self.state.as_deref().map(Store::in_file).transpose()?.unwrap_or_default();
        let wait_ms = u64::try_from(self.settle.as_millis()).unwrap_or(u64::MAX);
        let revision = Revision::new();
        Ok(Platform {
            accounts: checked(&self.accounts)?,
            answers: self.answers,
            store: Arc::new(store.settle_after(wait_ms).show_after(self.show_after)),
            pusher: None,
            pushes: PushLog::new(revision.clone()),
            revision,
            guard: Guard::new(self.hosts, &self.origins)?,
            clock: Clock::new(self.clock, self.clock_offset_ms),
            drift: self.drift,
            injector: FaultInjector::new(self.faults),
            closing,
            nonces: Mutex::new(Nonces::new(MAX_NONCES)),
            request_ids: RequestIds::new(),
            body_timeout: self.body_timeout,
        })
    }
}

fn checked(given: &[[String; 3]]) -> io::Result<Accounts> {
    let mut accounts = Accounts::default();
    for [access_key, access_secret, user_id] in given {
        accounts.add(access_key, access_secret, user_id)?;
    }
    if accounts.is_empty() {
        accounts.add(ACCESS_KEY, ACCESS_SECRET, USER_ID)?;
    }
    Ok(accounts)
}

fn machine_clock() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn wrong(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("address", &self.address).finish_non_exhaustive()
    }
}
