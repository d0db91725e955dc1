//! Injected faults: seeded and repeatable, so that a host can be shown to survive them.

mod connection;
mod damage;
mod file;
mod injector;
mod text;

pub(crate) use self::connection::{Connection, Cut};
pub(crate) use self::damage::damage;
pub(crate) use self::injector::{FaultInjector, Injection};

use crate::delay::{Delay, InvalidDelay};
use crate::route::Served;
use std::fmt;
use std::time::Duration;

/// What goes wrong, how often, and where.
///
/// As text, one rule: `rate=0.3,kinds=503|429|reset,seed=7`. As JSON, several: see [`Faults::from_json`]. The README
/// has the names.
#[derive(Clone, Debug)]
pub struct Faults {
    seed: u64,
    slow: Duration,
    refuse: Duration,
    late: Delay,
    retry_after: Option<u32>,
    rules: Vec<Rule>,
}

/// A text or file of faults that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidFaults(String);

/// The faults of some of the calls.
#[derive(Clone, Debug)]
struct Rule {
    /// An endpoint's id or a path; a star at the end stands for anything. Absent for all calls.
    of: Option<String>,
    kinds: Vec<Kind>,
    /// How many calls of a million get a fault.
    per_million: u64,
    when: When,
    /// The most calls that get a fault.
    count: u64,
    /// So many calls pass before the first fault.
    skip: u64,
    /// How long after them reads show what these calls do, whatever else goes wrong.
    show_after: Option<Delay>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An envelope under HTTP 200 whose code says that the platform failed.
    Envelope(u16),
    /// Bytes that are no JSON.
    Garbage,
    /// The call is answered, and reads show late what it did.
    Hidden,
    /// A page for people, with HTTP 200.
    Html,
    /// The connection is reset, and the call is carried out only after that.
    Late,
    /// The reply arrives, and then the port is closed for a while.
    Refuse,
    /// The connection is reset before a byte of the reply.
    Reset,
    /// The call is answered, and what it began fails when it is settled.
    Settle,
    /// No answer ever comes.
    Silent,
    /// The reply takes its time.
    Slow,
    /// An HTTP status of something before the platform.
    Status(u16),
    /// The reply breaks off in the middle.
    Truncate,
}

/// When a fault comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    /// The call has been carried out.
    After,
    /// The whole call has arrived, and is not carried out.
    Before,
    /// Before or after: the seed decides.
    Either,
    /// Only the head of the request has been read.
    Within,
}

/// The waits where none is set.
const SLOW: Duration = Duration::from_secs(3);
const REFUSE: Duration = Duration::from_millis(300);
const LATE: Delay = Delay::of_ms(1000);
const SHOW_AFTER: Delay = Delay::of_ms(1000);
/// How long a connection stays open on which no answer comes.
const SILENCE: Duration = Duration::from_secs(600);
const MILLION: u64 = 1_000_000;

impl Faults {
    /// Several rules, of which the first that fits a call counts:
    ///
    /// ```
    /// # use xportcn_sandbox::Faults;
    /// let faults = Faults::from_json(r#"{
    ///     "seed": 7,
    ///     "rules": [
    ///         {"endpoint": "taobao.order.pay", "kinds": ["reset"], "when": "after", "count": 1},
    ///         {"path": "/alibaba/*", "kinds": ["503", "slow"], "rate": 0.5, "skip": 10}
    ///     ]
    /// }"#)?;
    /// # Ok::<(), xportcn_sandbox::InvalidFaults>(())
    /// ```
    ///
    /// # Errors
    /// Refuses what is no JSON of this form, and kinds and rates that there are not.
    pub fn from_json(json: &str) -> Result<Self, InvalidFaults> {
        file::parse(json)
    }

    fn none() -> Self {
        Self { seed: 0, slow: SLOW, refuse: REFUSE, late: LATE, retry_after: None, rules: Vec::new() }
    }
}

impl Rule {
    fn new(kinds: Vec<Kind>) -> Self {
        Self { of: None, kinds, per_million: MILLION, when: When::Either, count: u64::MAX, skip: 0, show_after: None }
    }

    /// Whether it is for calls of one of these rows, or to this path.
    fn matches(&self, served: &[Served], path: &str) -> bool {
        let Some(of) = &self.of else { return true };
        let fits = |name: &str| match of.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == of,
        };
        fits(path) || served.iter().any(|row| fits(row.endpoint.id) || fits(row.endpoint.path))
    }
}

impl Kind {
    fn parse(name: &str) -> Result<Self, InvalidFaults> {
        let status =
            |text: &str, codes: std::ops::RangeInclusive<u16>| text.parse().ok().filter(|code| codes.contains(code));
        Ok(match name {
            "garbage" => Kind::Garbage,
            "hidden" => Kind::Hidden,
            "html" => Kind::Html,
            "late" => Kind::Late,
            "refuse" => Kind::Refuse,
            "reset" => Kind::Reset,
            "settle" => Kind::Settle,
            "silent" => Kind::Silent,
            "slow" => Kind::Slow,
            "truncate" => Kind::Truncate,
            _ => {
                let envelope = name.strip_prefix("envelope-").and_then(|code| status(code, 500..=599));
                let kind = envelope.map(Kind::Envelope).or_else(|| status(name, 400..=599).map(Kind::Status));
                kind.ok_or_else(|| InvalidFaults(format!("there is no kind `{name}`: write {KINDS}")))?
            }
        })
    }
}

const KINDS: &str = "an HTTP status from 400 to 599, envelope-500 to envelope-599, garbage, hidden, html, late, refuse, reset, \
    settle, silent, slow or truncate";

impl When {
    fn parse(name: &str) -> Result<Self, InvalidFaults> {
        match name {
            "after" => Ok(When::After),
            "before" => Ok(When::Before),
            "either" => Ok(When::Either),
            "within" => Ok(When::Within),
            _ => Err(InvalidFaults(format!("when `{name}`: write after, before, either or within"))),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Envelope(code) => write!(f, "envelope-{code}"),
            Kind::Garbage => f.write_str("garbage"),
            Kind::Hidden => f.write_str("hidden"),
            Kind::Html => f.write_str("html"),
            Kind::Late => f.write_str("late"),
            Kind::Refuse => f.write_str("refuse"),
            Kind::Reset => f.write_str("reset"),
            Kind::Settle => f.write_str("settle"),
            Kind::Silent => f.write_str("silent"),
            Kind::Slow => f.write_str("slow"),
            Kind::Status(status) => write!(f, "{status}"),
            Kind::Truncate => f.write_str("truncate"),
        }
    }
}

impl fmt::Display for InvalidFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidFaults {}

impl From<InvalidDelay> for InvalidFaults {
    fn from(error: InvalidDelay) -> Self {
        Self(error.to_string())
    }
}

/// How many of a million a share of calls is.
fn per_million(rate: f64) -> Result<u64, InvalidFaults> {
    if !(0.0..=1.0).contains(&rate) {
        return Err(InvalidFaults(format!("rate {rate}: write a number from 0 to 1")));
    }
    // Between 0 and a million, so nothing is cut off.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let calls = (rate * 1_000_000.0).round() as u64;
    Ok(calls)
}
