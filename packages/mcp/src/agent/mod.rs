//! What agents can do, without the protocol by which they ask.

mod arguments;
mod buying;
mod following;
mod markets;
mod reading;
mod writing;

pub use self::markets::MARKETS;
pub use self::writing::Confirmation;

use crate::answer::Answer;
use crate::audit::{Audit, masked};
use crate::guard::{LIFETIME, Limits, Money, Refusal, Tokens, made};
use crate::kept::{Fate, Kept};
use crate::path;
use arguments::Arguments;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::Mutex;
use xportcn::{Client, Config, Entry, RetryPolicy};
use xportcn_journal::Journal;

/// How a server is set up.
pub struct Settings {
    /// The account, and where the platform is.
    pub config: Config,
    /// When calls are tried again. Writes that may have arrived are not, whatever it says.
    pub policy: RetryPolicy,
    /// What agents may do.
    pub limits: Limits,
    /// The journal's file, which has what limits need to hold across restarts.
    pub journal: PathBuf,
    /// The audit log's file.
    pub audit: PathBuf,
    /// How long a proposal can be confirmed: two minutes at most, whatever it says.
    pub confirm_within: Duration,
    /// Whether a write needs a person's word: it is refused where the client cannot ask one.
    pub needs_person: bool,
    /// Whether each call is a tool of its own, beside the few.
    pub every_call: bool,
}

/// What carries tools out.
pub struct Agent {
    client: Client,
    policy: RetryPolicy,
    tokens: Tokens,
    limits: Limits,
    kept: Kept,
    journal: Journal,
    audit: Audit,
    /// Held by who looks for open writes, so that another waits for what is found.
    looking: Mutex<()>,
    /// How long a proposal can be confirmed.
    pub confirm_within: Duration,
    /// Whether a write needs a person's word.
    pub needs_person: bool,
    /// Whether each call is a tool of its own.
    pub every_call: bool,
}

impl Agent {
    /// Opens the journal and the audit log, and ends the reservations of which it is known how their writes ended.
    ///
    /// # Errors
    /// If one of them cannot be opened, or a setting is wrong.
    pub fn new(settings: Settings) -> Result<Self, Refusal> {
        let Settings { config, policy, limits, journal, audit, confirm_within, needs_person, every_call } = settings;
        let confirm_within = confirm_within.min(LIFETIME);
        let policy = RetryPolicy { retry_writes: false, retry_after_recovery: false, ..policy };
        let tokens = Tokens::new(&config);
        let client = Client::builder(config).policy(policy).build().map_err(crate::asking::refusal)?;
        let opened = Journal::open(&journal).map_err(|error| Refusal::unavailable(&error))?;
        let kept = Kept::open(&journal)?;
        let audit = Audit::open(&audit)?;
        let looking = Mutex::new(());
        let agent = Self {
            client,
            policy,
            tokens,
            limits,
            kept,
            journal: opened,
            audit,
            looking,
            confirm_within,
            needs_person,
            every_call,
        };
        agent.reconcile()?;
        Ok(agent)
    }

    /// Does what a tool is for, but confirming, which [`Agent::check`] and [`Agent::confirm`] do. All of it is in the audit log.
    ///
    /// # Errors
    /// Why it is not done.
    pub async fn call(&self, tool: &str, given: Map<String, Value>) -> Result<Answer, Refusal> {
        let started = Instant::now();
        let mut line = line(tool, &given);
        let mut arguments = Arguments::new(given);
        let result = self.carry_out(tool, &mut arguments, &mut line).await;
        self.note(line, started, result)
    }

    async fn carry_out(&self, tool: &str, arguments: &mut Arguments, line: &mut Value) -> Result<Answer, Refusal> {
        match tool {
            "search_calls" => reading::search_calls(arguments),
            "describe_call" => reading::describe_call(arguments),
            "read" => self.read(arguments).await,
            "find_products" => self.find_products(arguments).await,
            "product_details" => self.product_details(arguments).await,
            "quote_order" => self.quote_order(arguments).await,
            "propose_write" => self.propose(arguments, line).await,
            "order_status" => self.order_status(arguments).await,
            "wait_for" => self.wait_for(arguments).await,
            "recover" => self.recover(arguments).await,
            _ => Err(Refusal::invalid(format!("there is no tool `{tool}`"))),
        }
    }

    /// Writes the line of a tool that is done, and gives its answer. A write that was sent has its line already.
    fn note(&self, mut line: Value, started: Instant, result: Result<Answer, Refusal>) -> Result<Answer, Refusal> {
        line["ms"] = json!(u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
        match &result {
            Ok(_) => line["result"] = json!("done"),
            Err(refusal) => {
                line["result"] = json!("refused");
                line["kind"] = json!(refusal.kind);
                line["limit"] = json!(refusal.limit);
            }
        }
        let written = self.audit.write(&line, false);
        if line.get("person").is_none() {
            written?;
        }
        result
    }

    /// Looks for the writes that an earlier run left open.
    pub fn recover_in_background(self: &Arc<Self>) {
        let agent = Arc::clone(self);
        tokio::spawn(async move {
            agent.look().await;
            // What cannot be kept now is found again by the next look.
            let _ = agent.reconcile();
        });
    }

    /// Looks for all open writes, by calls that only read, until the time for that is over.
    async fn look(&self) {
        let _looking = self.looking.lock().await;
        let _ = self.journal.recover_open(&self.client).await;
    }

    /// What agents may do, and what the last 24 hours have cost.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn standing(&self) -> Result<Value, Refusal> {
        let limits = &self.limits;
        let shown = |money: &Option<Money>| money.as_ref().map(Money::to_string);
        let currency =
            limits.max_day.as_ref().or(limits.max_order.as_ref()).map_or("CNY", |most| most.currency.as_str());
        Ok(json!({
            "read_only": limits.read_only,
            "max_order": shown(&limits.max_order),
            "max_day": shown(&limits.max_day),
            "spent_in_24_hours": self.kept.spent(currency, now_ms())?.to_string(),
            "writes_per_hour": limits.writes_per_hour,
            "calls": limits.calls,
            "sellers": limits.sellers,
            "categories": limits.categories,
            "addresses": limits.addresses.len(),
            "unknown_sums_allowed_for": limits.unknown_sums,
            "a_person_must_confirm": self.needs_person,
        }))
    }

    /// Ends the reservations of which the journal knows how their writes ended.
    fn reconcile(&self) -> Result<(), Refusal> {
        self.kept.reserved()?.iter().try_for_each(|id| self.fate(id).map(drop))
    }

    /// What became of a write that was confirmed.
    fn fate(&self, id: &str) -> Result<Fate, Refusal> {
        self.kept.settle(id, orders)
    }
}

/// The orders that an answered write made.
fn orders(entry: &Entry) -> Vec<String> {
    let Some((data, _)) = entry.answer() else { return Vec::new() };
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    let places = made(entry.ticket().endpoint().id).iter();
    let ids = places.flat_map(|place| path::all(&data, place));
    ids.filter_map(|id| id.as_str().map_or_else(|| id.as_u64().map(|id| id.to_string()), |id| Some(id.to_string())))
        .collect()
}

/// The beginning of a line of the audit log: what was asked for, without what may be a person's.
fn line(tool: &str, given: &Map<String, Value>) -> Value {
    let mut line = json!({"at": humantime::format_rfc3339_millis(now()).to_string(), "tool": tool});
    let row = given.get("call").and_then(Value::as_str).and_then(|id| xportcn::endpoint(id).ok());
    if let Some(row) = row {
        line["call"] = json!(row.id);
        if let Some(Value::Object(params)) = given.get("params") {
            line["params"] = masked(row, params);
        }
    }
    for name in ["market", "id", "of", "state", "proposal"] {
        let is_plain = |text: &&str| {
            text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        if let Some(text) = given.get(name).and_then(Value::as_str).filter(is_plain) {
            line[name] = json!(text);
        }
    }
    line
}

/// A moment so much later.
fn after(now_ms: i64, time: Duration) -> i64 {
    now_ms.saturating_add(i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
}

fn now() -> SystemTime {
    SystemTime::now()
}

fn now_ms() -> i64 {
    i64::try_from(now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_millis()).unwrap_or(i64::MAX)
}

/// Random text that nobody can guess.
///
/// # Errors
/// If the system gives no randomness.
pub fn random() -> Result<String, Refusal> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Refusal::new("unavailable", error.to_string()))?;
    Ok(base16ct::lower::encode_string(&bytes))
}
