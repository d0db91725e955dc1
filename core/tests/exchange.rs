//! Exchanges: the traces of `tests/vectors/exchange.json`, and calls that run at the same time.

mod cases;

use cases::{Named, Recipe, named, run, same};
use serde::Deserialize;
use serde_json::Value as Json;
use std::time::Duration;
use xportcn_core::exchange::FailureKind;
use xportcn_core::taobao::after_sale::Submit;
use xportcn_core::{
    Call, Config, Core, Error, Exchange, Limit, Nonce, Request, Response, RetryPolicy, Step, TimestampUnit,
    TransportKind, Warning, catalogue, host,
};

#[test]
fn exchanges_go_as_the_traces_say() {
    run("exchange.json", |head: &Head, trace: &Trace| {
        let core = head.account.core(trace)?;
        let mut exchange = trace.begin.exchange(&core)?;
        for (number, event) in trace.steps.iter().enumerate() {
            match event {
                Event::Step { at, random, expect, events } => {
                    let told = exchange.step(*at, nonce_bytes(random)?);
                    let happened = host::events_json(&exchange.take_events());
                    compare_events(&happened, events).map_err(|wrong| format!("step {number}: {wrong}"))?;
                    compare(told, expect, exchange.attempts()).map_err(|wrong| format!("step {number}: {wrong}"))?;
                }
                Event::Report { report: Report::Response { status, headers, body } } => {
                    let response = Response { status: *status, headers: headers.clone(), body: body.bytes() };
                    // The next step tells whether a report did not fit.
                    drop(exchange.on_response(response));
                }
                Event::Report { report: Report::Failure { kind, maybe_sent } } => {
                    drop(exchange.on_failure(failure(kind)?, *maybe_sent, "the test's words"));
                }
                Event::Cancel { cancel } => {
                    same("cancel", cancel, &true)?;
                    exchange.cancel();
                }
                Event::Call { call } => exchange = call.exchange(&core)?,
            }
        }
        Ok(())
    });
}

const NOW: u64 = 1_722_484_800_000;
const RENDER: &str = r#"{"subOrderId":"1","goodsStatus":1,"refundType":1}"#;

#[test]
fn calls_that_were_refused_together_are_all_sent_again_with_the_clock_corrected() {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let render = catalogue::find("taobao.after_sale.render").unwrap();
    let call = || Exchange::begin_json(&core, render, RENDER.as_bytes(), RetryPolicy::default()).unwrap();
    let mut calls = [call(), call(), call()];
    for call in &mut calls {
        assert_eq!(sent(call.step(NOW, [1; Nonce::LENGTH])).header("timestamp"), Some("1722484800"));
    }
    for call in &mut calls {
        let date = ("date".to_string(), "Thu, 01 Aug 2024 05:00:00 GMT".to_string());
        let body = br#"{"code":40106,"msg":"the timestamp is off"}"#.to_vec();
        call.on_response(Response { status: 200, headers: vec![date], body }).unwrap();
        assert_eq!(sent(call.step(NOW, [2; Nonce::LENGTH])).header("timestamp"), Some("1722488400"));
        assert_eq!(core.platform_ms(NOW), NOW, "nobody knows yet whether it helps");
    }
    let success = || Response { status: 200, headers: Vec::new(), body: br#"{"code":200}"#.to_vec() };
    let [first, second, third] = &mut calls;
    first.on_response(success()).unwrap();
    assert_eq!(core.platform_ms(NOW), NOW + 3_600_000);
    // Neither one that fails nor one that succeeds later undoes it.
    second.on_failure(FailureKind::Lost(TransportKind::Reset), true, "reset by peer").unwrap();
    third.on_response(success()).unwrap();
    assert_eq!(core.platform_ms(NOW), NOW + 3_600_000);
    assert_eq!(sent(call().step(NOW, [3; Nonce::LENGTH])).header("timestamp"), Some("1722488400"));
}

#[test]
fn a_misspelt_field_is_warned_of_with_the_reply() {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let submit = Submit { refund_desc: Some("late".to_string()), ..Submit::default() };
    let mut misspelt = submit.clone();
    misspelt.extra.insert("subOrderIds".to_string(), serde_json::json!("1"));
    misspelt.extra.insert("voucherPicList".to_string(), serde_json::json!([]));
    for (call, expected) in [(submit, vec![]), (misspelt, vec!["request.subOrderIds: subOrderId"])] {
        let told = |warnings: &[Warning]| -> Vec<String> {
            warnings.iter().map(|warning| format!("{}: {}", warning.path, warning.expected)).collect()
        };
        let by_table = core.prepare_json(<Submit as Call>::ENDPOINT, &serde_json::to_vec(&call).unwrap()).unwrap();
        assert_eq!(told(by_table.warnings()), expected);
        assert_eq!(told(core.prepare(&call).unwrap().warnings()), expected);
        let mut exchange = Exchange::begin(&core, &call, RetryPolicy::default()).unwrap();
        let Step::Send { .. } = exchange.step(NOW, [1; Nonce::LENGTH]) else { panic!("not sent") };
        let body = br#"{"code":200,"data":{}}"#.to_vec();
        exchange.on_response(Response { status: 200, headers: Vec::new(), body }).unwrap();
        let Step::Done(Ok(reply)) = exchange.step(NOW, [2; Nonce::LENGTH]) else { panic!("no reply") };
        assert_eq!(told(&reply.warnings), expected);
    }
}

#[test]
fn an_error_of_the_deadline_tells_what_the_transport_said() {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let render = catalogue::find("taobao.after_sale.render").unwrap();
    let policy = RetryPolicy { deadline: Duration::from_millis(10), ..RetryPolicy::default() };
    let mut call = Exchange::begin_json(&core, render, RENDER.as_bytes(), policy).unwrap();
    sent(call.step(NOW, [1; Nonce::LENGTH]));
    call.on_failure(FailureKind::Lost(TransportKind::Reset), true, "reset by peer").unwrap();
    let Step::Done(Err(error)) = call.step(NOW + 10, [2; Nonce::LENGTH]) else { panic!("not over") };
    assert!(error.to_string().contains("reset by peer"), "{error}");
    assert_eq!(call.endpoint().id, "taobao.after_sale.render");
}

fn sent(step: Step<String>) -> Request {
    match step {
        Step::Send { request, .. } => request,
        other => panic!("{other:?}"),
    }
}

/// What the host was told, beside what the trace expects.
fn compare(told: Step<String>, expected: &Expect, attempts: u32) -> Result<(), String> {
    match (told, expected) {
        (Step::Send { request, timeout_ms }, Expect::Send(send)) => {
            let header = |name| request.header(name).unwrap_or("nothing");
            same("timestamp", header("timestamp"), &send.timestamp)?;
            same("nonce", header("nonce-str"), &send.nonce)?;
            same("signature", header("signature"), &send.signature)?;
            same("timeout", &timeout_ms, &send.timeout_ms)
        }
        (Step::Wait(millis), Expect::Wait(expected)) => same("wait", &millis, expected),
        (Step::Done(result), Expect::Done(done)) => {
            same("attempts", &attempts, &done.attempts)?;
            match (result, &done.ok, &done.error) {
                (Ok(reply), Some(data), None) => {
                    let found: Json = serde_json::from_str(&reply.data).map_err(|error| error.to_string())?;
                    same("data", &found, data)
                }
                (Err(error), None, Some(expected)) => compare_error(&error, expected),
                (found, ..) => Err(format!("found the end {found:?}")),
            }
        }
        (found, _) => Err(format!("found {found:?}")),
    }
}

/// What listeners were told, beside what the trace expects, which does not know the transport's words, nor those of a warning;
/// but which field was meant.
fn compare_events(told: &str, expected: &[Json]) -> Result<(), String> {
    let told = if told.is_empty() { "[]" } else { told };
    let mut found: Vec<Json> = serde_json::from_str(told).map_err(|error| error.to_string())?;
    for (event, wanted) in found.iter_mut().zip(expected) {
        let unknown: &[&str] = match event["event"].as_str() {
            Some("failed") => &["detail"],
            Some("warned") => &["expected", "found"],
            _ => &[],
        };
        for name in unknown.iter().filter(|name| wanted.get(name).is_none()) {
            let word = event.as_object_mut().and_then(|members| members.remove(*name));
            same(name, &word.is_some_and(|word| word.is_string()), &true)?;
        }
    }
    same("events", &found, &expected.to_vec())
}

fn compare_error(error: &Error, expected: &Failed) -> Result<(), String> {
    let mut found = Failed { contains: expected.contains.clone(), ..Failed::default() };
    found.kind = match error {
        Error::AmbiguousWrite { cause, .. } => {
            let cause_expected = expected.cause.as_deref().ok_or_else(|| format!("found {error:?}"))?;
            compare_error(cause, cause_expected)?;
            found.cause = Some(Box::new(cause_expected.clone()));
            "ambiguous_write"
        }
        Error::Api { code, .. } => {
            found.code = Some(code.clone());
            "api"
        }
        Error::Cancelled { .. } => "cancelled",
        Error::Decode { part, .. } => {
            found.path = Some(part.path().to_string());
            "decode"
        }
        Error::Http { status, .. } => {
            found.status = Some(*status);
            "http"
        }
        Error::Misuse { .. } => "misuse",
        Error::Timeout { .. } => "timeout",
        Error::TooLarge { .. } => {
            found.path = Some(String::new());
            "decode"
        }
        Error::Transport { kind, .. } => {
            found.transport = TRANSPORTS.iter().find(|(_, known)| known == kind).map(|(name, _)| name.to_string());
            "transport"
        }
        other => return Err(format!("found {other:?}")),
    }
    .to_string();
    same("error", &found, expected)?;
    let message = error.to_string();
    match expected.contains.iter().find(|part| !message.contains(*part)) {
        Some(part) => Err(format!("`{part}` is not in {message:?}")),
        None => Ok(()),
    }
}

const TRANSPORTS: [(&str, TransportKind); 5] = [
    ("connect", TransportKind::Connect),
    ("dns", TransportKind::Dns),
    ("other", TransportKind::Other),
    ("reset", TransportKind::Reset),
    ("tls", TransportKind::Tls),
];

fn failure(kind: &str) -> Result<FailureKind, String> {
    match kind {
        "broken" => Ok(FailureKind::Broken),
        "too-large" => Ok(FailureKind::TooLarge),
        "timeout" => Ok(FailureKind::Timeout),
        _ => {
            let known = TRANSPORTS.iter().find(|(name, _)| *name == kind);
            known.map(|(_, kind)| FailureKind::Lost(*kind)).ok_or_else(|| format!("{kind} is no failure"))
        }
    }
}

fn nonce_bytes(hex: &str) -> Result<[u8; Nonce::LENGTH], String> {
    let bytes: Option<Vec<u8>> =
        (0..Nonce::LENGTH).map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()).collect();
    bytes.filter(|_| hex.len() == 2 * Nonce::LENGTH).and_then(|b| b.try_into().ok()).ok_or_else(|| format!("{hex}?"))
}

named!(Trace);

#[derive(Deserialize)]
struct Head {
    account: Account,
}

#[derive(Deserialize)]
struct Account {
    method: String,
    access_key: String,
    access_secret: String,
    user_id: String,
}

impl Account {
    fn core(&self, trace: &Trace) -> Result<Core, String> {
        let mut config = Config::new(self.access_key.as_str(), self.access_secret.as_str(), self.user_id.as_str());
        config.signature = self.method.parse().map_err(|error| format!("{error}"))?;
        config.timestamp_unit = match trace.unit.as_deref() {
            None => TimestampUnit::Seconds,
            Some("ms") => TimestampUnit::Milliseconds,
            Some(other) => return Err(format!("{other} is no unit")),
        };
        config.limit = trace.limit.as_ref().map(Calls::read);
        Core::new(config).map_err(|error| error.to_string())
    }
}

#[derive(Deserialize)]
struct Trace {
    name: String,
    #[serde(flatten)]
    begin: Begin,
    limit: Option<Calls>,
    unit: Option<String>,
    steps: Vec<Event>,
}

#[derive(Deserialize)]
struct Begin {
    endpoint: String,
    params: String,
    policy: Policy,
}

impl Begin {
    fn exchange(&self, core: &Core) -> Result<Exchange<String>, String> {
        let endpoint = catalogue::find(&self.endpoint).ok_or_else(|| format!("there is no {}", self.endpoint))?;
        let policy = RetryPolicy {
            max_retries: self.policy.max_retries,
            timeout: Duration::from_millis(self.policy.timeout),
            deadline: Duration::from_millis(self.policy.deadline),
            initial_backoff: Duration::from_millis(self.policy.initial_backoff),
            max_backoff: Duration::from_millis(self.policy.max_backoff),
            retry_writes: self.policy.retry_writes,
            ..RetryPolicy::default()
        };
        let mut exchange =
            Exchange::begin_json(core, endpoint, self.params.as_bytes(), policy).map_err(|error| error.to_string())?;
        exchange.listen();
        Ok(exchange)
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    max_retries: u32,
    timeout: u64,
    deadline: u64,
    initial_backoff: u64,
    max_backoff: u64,
    retry_writes: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    per_second: f64,
    burst: u32,
}

impl Calls {
    fn read(&self) -> Limit {
        Limit::every(Duration::from_secs_f64(1.0 / self.per_second)).burst(self.burst)
    }
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Event {
    Step { at: u64, random: String, expect: Expect, events: Vec<Json> },
    Report { report: Report },
    Cancel { cancel: bool },
    Call { call: Begin },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Report {
    Response { status: u16, headers: Vec<(String, String)>, body: Recipe },
    Failure { kind: String, maybe_sent: bool },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Expect {
    Send(Sent),
    Wait(u64),
    Done(Done),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    timestamp: String,
    nonce: String,
    signature: String,
    timeout_ms: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Done {
    ok: Option<Json>,
    error: Option<Failed>,
    attempts: u32,
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Failed {
    kind: String,
    code: Option<String>,
    status: Option<u16>,
    path: Option<String>,
    transport: Option<String>,
    cause: Option<Box<Failed>>,
    #[serde(default)]
    contains: Vec<String>,
}
