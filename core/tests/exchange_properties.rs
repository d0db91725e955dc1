//! What holds for every exchange, whatever is reported and however the host's clock moves.

use chrono::{Datelike, Timelike};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use std::time::Duration;
use xportcn_core::exchange::FailureKind;
use xportcn_core::{
    Config, Core, Error, Exchange, Limit, Nonce, Reply, Response, RetryPolicy, Step, TimestampUnit, TransportKind,
    catalogue,
};

#[test]
fn an_exchange_keeps_its_promises_whatever_happens() {
    let mut runner = TestRunner::new(Cases { cases: 2000, failure_persistence: None, ..Cases::default() });
    runner.run(&play(), |play| Host::new(&play).run()).unwrap();
}

#[test]
fn an_exchange_whose_clock_runs_ends_by_its_deadline() {
    let mut runner = TestRunner::new(Cases { cases: 1000, failure_persistence: None, ..Cases::default() });
    runner
        .run(&play(), |mut play| {
            for moment in &mut play.moments {
                moment.clock = Clock::Runs;
                moment.misuse = None;
            }
            let mut host = Host::new(&play);
            let started = host.now;
            host.run()?;
            prop_assert!(host.now - started <= millis(play.policy.deadline).saturating_add(1));
            Ok(())
        })
        .unwrap();
}

/// Endpoints that read, write, and write with GET, with their parameters.
const CALLS: [(&str, &str, bool); 3] = [
    ("taobao.after_sale.render", r#"{"subOrderId":"1","goodsStatus":1,"refundType":1}"#, false),
    ("taobao.order.pay", r#"{"orderId":"1"}"#, true),
    ("taobao.after_sale.cancel", r#"{"refundId":"1"}"#, true),
];

const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What a host does, and what happens to it, moment by moment.
#[derive(Clone, Debug)]
struct Play {
    call: usize,
    policy: RetryPolicy,
    limit: Option<(u32, u32)>,
    start: u64,
    moments: Vec<Moment>,
}

#[derive(Clone, Debug)]
struct Moment {
    random: [u8; Nonce::LENGTH],
    clock: Clock,
    report: Report,
    misuse: Option<Misuse>,
    cancels: Option<Cancels>,
}

/// What a host does against the contract.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Misuse {
    /// It asks for a step where a report is due.
    StepForReport,
    /// It reports an attempt twice.
    SecondReport,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Cancels {
    BeforeTheStep,
    BeforeTheReport,
}

/// How the host's clock moves while it waits or sends.
#[derive(Clone, Copy, Debug)]
enum Clock {
    Runs,
    StandsStill,
    Forward(u64),
    Back(u64),
}

#[derive(Clone, Debug)]
enum Report {
    Success,
    /// A refusal in the envelope; the platform's clock, as an offset in hours, may explain it.
    Refusal(u16, Option<i64>),
    Page(u16, &'static str, Option<i64>),
    Failure(FailureKind, bool),
}

struct Host<'p> {
    play: &'p Play,
    core: Core,
    exchange: Exchange<String>,
    writes: bool,
    now: u64,
    moment: usize,
    steps: usize,
    waited: u64,
    attempts: u32,
    /// Some attempt may have been carried out.
    may_have_arrived: bool,
    /// The last attempt allows a write to be sent again.
    resend: Resend,
    corrections: usize,
    /// How far the clock is behind by the date of a refusal.
    behind_ms: i64,
    cancelled: bool,
    succeeded: bool,
    misused: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Resend {
    First,
    NeverArrived,
    ClockRefused,
    No,
}

impl<'p> Host<'p> {
    fn new(play: &'p Play) -> Self {
        let (id, params, writes) = CALLS[play.call];
        let mut config = Config::new("sandbox-key", "sandbox-secret", "sandbox-user");
        config.timestamp_unit = TimestampUnit::Milliseconds;
        config.limit = play.limit.map(|(per_second, burst)| Limit::per_second(per_second).burst(burst));
        let core = Core::new(config).unwrap();
        let exchange =
            Exchange::begin_json(&core, catalogue::find(id).unwrap(), params.as_bytes(), play.policy).unwrap();
        Self {
            play,
            core,
            exchange,
            writes,
            now: play.start,
            moment: 0,
            steps: 0,
            waited: 0,
            attempts: 0,
            may_have_arrived: false,
            resend: Resend::First,
            corrections: 0,
            behind_ms: 0,
            cancelled: false,
            succeeded: false,
            misused: false,
        }
    }

    fn run(&mut self) -> Result<(), TestCaseError> {
        let retries = self.play.policy.max_retries as usize;
        let result = loop {
            let moment = self.next();
            if moment.cancels == Some(Cancels::BeforeTheStep) {
                self.exchange.cancel();
                self.cancelled = true;
            }
            self.steps += 1;
            // One attempt more than the retries for the clock; before each, a pause and a place within the limit.
            prop_assert!(self.steps <= 3 * (retries + 2) + 1, "{} steps", self.steps);
            match self.exchange.step(self.now, moment.random) {
                Step::Send { request, timeout_ms } => {
                    prop_assert!(!self.cancelled);
                    self.attempts += 1;
                    let nonce: String =
                        moment.random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 62)])).collect();
                    let stamp = self.now.saturating_add_signed(self.behind_ms);
                    let written = stamp.to_string();
                    prop_assert_eq!(request.header("nonce-str"), Some(nonce.as_str()));
                    prop_assert_eq!(request.header("timestamp"), Some(written.as_str()));
                    self.sent(timeout_ms)?;
                    if let Some(result) = self.report(&moment, stamp, timeout_ms)? {
                        break result;
                    }
                }
                Step::Wait(wait) => {
                    prop_assert!(!self.cancelled);
                    prop_assert!(wait > 0);
                    self.waited += wait;
                    prop_assert!(self.waited < millis(self.play.policy.deadline), "waits for {} in all", self.waited);
                    self.pass(moment.clock, wait);
                }
                Step::Done(result) => break result,
            }
        };
        prop_assert!(self.attempts as usize <= retries + 1 + self.corrections);
        prop_assert!(self.corrections <= 1);
        // The client keeps what helped, and nothing else.
        let kept = if self.succeeded { self.behind_ms } else { 0 };
        let middle = u64::MAX / 2;
        prop_assert_eq!(self.core.platform_ms(middle), middle.saturating_add_signed(kept));
        match result {
            Ok(_) => prop_assert!(self.succeeded),
            Err(Error::AmbiguousWrite { recovery, .. }) => {
                prop_assert!(self.writes && self.may_have_arrived);
                prop_assert!(recovery.contains(" 1"), "{}", recovery);
            }
            Err(Error::Misuse { reason }) => {
                prop_assert!(self.misused && !(self.writes && self.may_have_arrived), "{}", reason);
            }
            Err(error) => prop_assert!(!(self.writes && self.may_have_arrived), "{error}"),
        }
        self.is_over()
    }

    /// An attempt was sent: it may be, and it does not go beyond the deadline.
    fn sent(&mut self, timeout_ms: u64) -> Result<(), TestCaseError> {
        let policy = &self.play.policy;
        prop_assert!(timeout_ms <= millis(policy.timeout));
        prop_assert!(self.waited.saturating_add(timeout_ms) <= millis(policy.deadline));
        if self.resend == Resend::ClockRefused {
            self.corrections += 1;
        } else if self.writes && !policy.retry_writes {
            prop_assert!(self.resend != Resend::No, "a write was sent again");
            prop_assert!(!self.may_have_arrived, "a write was sent again that may have arrived");
        }
        prop_assert_eq!(self.exchange.attempts(), self.attempts);
        Ok(())
    }

    /// Reports what became of the attempt, or does what ends the call.
    fn report(
        &mut self,
        moment: &Moment,
        stamp: u64,
        timeout_ms: u64,
    ) -> Result<Option<Result<Reply<String>, Error>>, TestCaseError> {
        if moment.misuse == Some(Misuse::StepForReport) {
            (self.misused, self.may_have_arrived) = (true, true);
            let step = self.exchange.step(self.now, moment.random);
            let Step::Done(result) = step else { return Err(TestCaseError::fail(format!("{step:?}"))) };
            return Ok(Some(result));
        }
        self.tell(moment, stamp, timeout_ms)?;
        if moment.misuse == Some(Misuse::SecondReport) {
            self.misused = true;
            let second = self.exchange.on_failure(FailureKind::Lost(TransportKind::Connect), false, "");
            prop_assert!(matches!(second, Err(Error::Misuse { .. })), "{:?}", second);
            let step = self.exchange.step(self.now, moment.random);
            let Step::Done(result) = step else { return Err(TestCaseError::fail(format!("{step:?}"))) };
            return Ok(Some(result));
        }
        Ok(None)
    }

    /// Reports what became of the attempt.
    fn tell(&mut self, moment: &Moment, stamp: u64, timeout_ms: u64) -> Result<(), TestCaseError> {
        self.pass(moment.clock, timeout_ms.min(moment.random[0].into()));
        if moment.cancels == Some(Cancels::BeforeTheReport) {
            self.exchange.cancel();
            self.cancelled = true;
            self.may_have_arrived = true;
        }
        self.succeeded = matches!(moment.report, Report::Success) && !self.cancelled;
        self.may_have_arrived |= match &moment.report {
            Report::Failure(kind, maybe_sent) => *maybe_sent || was_answered(*kind),
            Report::Page(status, ..) => !TURNED_AWAY.contains(status),
            Report::Refusal(code, _) => matches!(code, 500 | 503),
            Report::Success => false,
        };
        let moved = |offset: &Option<i64>| offset.map(|hours| stamp.saturating_add_signed(hours * 3_600_000));
        let headers = |offset: &Option<i64>| {
            let date = moved(offset).and_then(http_date);
            date.map(|date| ("Date".to_string(), date)).into_iter().collect::<Vec<_>>()
        };
        self.resend = match &moment.report {
            Report::Failure(kind, false) if !was_answered(*kind) => Resend::NeverArrived,
            Report::Refusal(..) | Report::Page(..) if self.cancelled || self.corrections > 0 => Resend::No,
            Report::Refusal(40106, offset) => self.learn(stamp, moved(offset)),
            Report::Page(401 | 403, _, offset) if !self.writes => self.learn(stamp, moved(offset)),
            _ => Resend::No,
        };
        let (status, body, headers) = match &moment.report {
            Report::Failure(kind, maybe_sent) => {
                let told = self.exchange.on_failure(*kind, *maybe_sent, "the test's words");
                prop_assert_eq!(told.is_err(), self.cancelled);
                return Ok(());
            }
            Report::Success => (200, r#"{"code":200,"data":{}}"#.to_string(), Vec::new()),
            Report::Refusal(code, offset) => (200, format!(r#"{{"code":{code},"msg":"refused"}}"#), headers(offset)),
            Report::Page(status, after, offset) => {
                let mut headers = headers(offset);
                headers.push(("retry-after".to_string(), after.to_string()));
                (*status, "<html></html>".to_string(), headers)
            }
        };
        let told = self.exchange.on_response(Response { status, headers, body: body.into_bytes() });
        prop_assert_eq!(told.is_err(), self.cancelled);
        Ok(())
    }

    /// Takes note of the date of a refusal that can be about the time.
    fn learn(&mut self, stamp: u64, date: Option<u64>) -> Resend {
        let Some(date) = date.filter(|date| http_date(*date).is_some()) else { return Resend::No };
        let seconds = date / 1000 * 1000;
        if seconds.abs_diff(stamp) <= 601_000 {
            return Resend::No;
        }
        self.behind_ms = i64::try_from(i128::from(seconds) - i128::from(stamp)).unwrap();
        Resend::ClockRefused
    }

    /// After the end there is nothing but misuse.
    fn is_over(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..3 {
            let moment = self.next();
            let step = self.exchange.step(self.now, moment.random);
            prop_assert!(matches!(step, Step::Done(Err(Error::Misuse { .. }))), "{step:?}");
            self.exchange.cancel();
            let success = br#"{"code":200}"#.to_vec();
            let late = self.exchange.on_response(Response { status: 200, headers: Vec::new(), body: success });
            prop_assert!(late.is_err());
            prop_assert!(self.exchange.on_failure(FailureKind::Timeout, false, "").is_err());
        }
        prop_assert_eq!(self.exchange.attempts(), self.attempts);
        Ok(())
    }

    fn next(&mut self) -> Moment {
        let moment = self.play.moments[self.moment % self.play.moments.len()].clone();
        self.moment += 1;
        moment
    }

    fn pass(&mut self, clock: Clock, millis: u64) {
        self.now = match clock {
            Clock::Runs => self.now.saturating_add(millis),
            Clock::StandsStill => self.now,
            Clock::Forward(by) => self.now.saturating_add(by),
            Clock::Back(by) => self.now.saturating_sub(by),
        };
    }
}

/// Statuses of requests that were turned away before anything acted on them.
const TURNED_AWAY: [u16; 15] = [400, 401, 404, 405, 407, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431];

/// The moment as HTTP writes it; absent for years that it cannot write.
fn http_date(millis: u64) -> Option<String> {
    let moment = chrono::DateTime::from_timestamp_millis(i64::try_from(millis).ok()?)?;
    if !(0..=9999).contains(&moment.year()) {
        return None;
    }
    let month = &"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * moment.month0() as usize..][..3];
    let (weekday, day, year, time) = (moment.weekday(), moment.day(), moment.year(), moment.time());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Some(format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap()
}

fn play() -> impl Strategy<Value = Play> {
    let millis = || prop_oneof![Just(0), 1..2_000_u64, 1..100_000_u64, any::<u64>()];
    let policy = (0..8_u32, millis(), millis(), millis(), millis(), any::<bool>()).prop_map(
        |(max_retries, initial_backoff, max_backoff, timeout, deadline, retry_writes)| RetryPolicy {
            max_retries,
            timeout: Duration::from_millis(timeout),
            deadline: Duration::from_millis(deadline),
            initial_backoff: Duration::from_millis(initial_backoff),
            max_backoff: Duration::from_millis(max_backoff),
            retry_writes,
            ..RetryPolicy::default()
        },
    );
    let limit = prop::option::of((1..100_u32, 1..5_u32));
    let start = prop_oneof![6 => Just(1_722_484_800_000), 1 => Just(0), 1 => Just(u64::MAX - 5), 1 => any::<u64>()];
    (0..CALLS.len(), policy, limit, start, vec(moment(), 1..30))
        .prop_map(|(call, policy, limit, start, moments)| Play { call, policy, limit, start, moments })
}

fn moment() -> impl Strategy<Value = Moment> {
    let misuse = prop::option::weighted(0.05, prop::sample::select(vec![Misuse::StepForReport, Misuse::SecondReport]));
    let cancels =
        prop::option::weighted(0.05, prop::sample::select(vec![Cancels::BeforeTheStep, Cancels::BeforeTheReport]));
    (any::<[u8; Nonce::LENGTH]>(), clock(), report(), misuse, cancels)
        .prop_map(|(random, clock, report, misuse, cancels)| Moment { random, clock, report, misuse, cancels })
}

fn clock() -> impl Strategy<Value = Clock> {
    prop_oneof![
        6 => Just(Clock::Runs),
        2 => Just(Clock::StandsStill),
        1 => (0..10_000_u64).prop_map(Clock::Forward),
        1 => (0..10_000_u64).prop_map(Clock::Back),
        1 => any::<u64>().prop_map(Clock::Forward),
        1 => any::<u64>().prop_map(Clock::Back),
    ]
}

fn report() -> impl Strategy<Value = Report> {
    let offset = || prop::option::of(-3..4_i64);
    let code = prop_oneof![Just(429), Just(503), Just(500), Just(40106), Just(1001)];
    let status = prop_oneof![
        200..600_u16,
        Just(200),
        Just(401),
        Just(403),
        Just(408),
        Just(429),
        Just(502),
        Just(503),
        Just(504)
    ];
    let after =
        prop::sample::select(vec!["", "0", "2", "60", "99999999999999999999", "soon", "Thu, 01 Aug 2024 04:00:09 GMT"]);
    let kind = prop::sample::select(vec![
        FailureKind::Broken,
        FailureKind::Timeout,
        FailureKind::TooLarge,
        FailureKind::Lost(TransportKind::Connect),
        FailureKind::Lost(TransportKind::Dns),
        FailureKind::Lost(TransportKind::Other),
        FailureKind::Lost(TransportKind::Reset),
        FailureKind::Lost(TransportKind::Tls),
    ]);
    prop_oneof![
        1 => Just(Report::Success),
        3 => (code, offset()).prop_map(|(code, offset)| Report::Refusal(code, offset)),
        4 => (status, after, offset()).prop_map(|(status, after, offset)| Report::Page(status, after, offset)),
        6 => (kind, any::<bool>()).prop_map(|(kind, maybe_sent)| Report::Failure(kind, maybe_sent)),
    ]
}

fn was_answered(kind: FailureKind) -> bool {
    matches!(kind, FailureKind::Broken | FailureKind::TooLarge)
}
