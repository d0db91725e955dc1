//! Writes with a journal, on a platform that is written down here, in processes that die at any moment.

use proptest::prelude::*;
use std::time::Duration;
use xportcn_core::catalogue::find;
use xportcn_core::exchange::FailureKind;
use xportcn_core::{
    Config, Core, Entry, EntryState, Error, Exchange, Outcome, References, RetryPolicy, Settle, SettleStep, Settled,
    Step, Ticket, journal_key,
};

const START: u64 = 1_722_500_000_000;
const WINDOW: u64 = 20_000;
const DEADLINE: u64 = 5_000;

fn core() -> Core {
    let mut config = Config::new("key", "secret", "user");
    for id in ["taobao.order.purchase_page", "taobao.order.page"] {
        config.paths.insert(id.to_string(), find(id).unwrap().path.to_string());
    }
    Core::new(config).unwrap()
}

fn policy(retry_after_recovery: bool) -> RetryPolicy {
    RetryPolicy {
        max_retries: 0,
        deadline: Duration::from_millis(DEADLINE),
        recovery_window: Duration::from_millis(WINDOW),
        retry_after_recovery,
        ..RetryPolicy::default()
    }
}

const CANCEL: &str = r#"{"webSite":"1688","orderId":"77","cancelReason":"other"}"#;

fn create() -> String {
    let examples: serde_json::Value = serde_json::from_str(include_str!("../../tests/examples.json")).unwrap();
    let mut params = examples["examples"]["taobao.order.purchase_create"].clone();
    params["sellerOrderNumber"] = "shop-1".into();
    params.to_string()
}

/// The ticket of a call that was sent at this moment and never answered.
fn lost(core: &Core, id: &str, params: &str, now: u64) -> Ticket {
    let mut exchange = Exchange::begin_json(core, find(id).unwrap(), params.as_bytes(), policy(false)).unwrap();
    let Step::Send { .. } = exchange.step(now, [1; 32]) else { panic!("nothing was sent") };
    exchange.on_failure(FailureKind::Timeout, true, "").unwrap();
    let Step::Done(Err(error)) = exchange.step(now + 1_000, [2; 32]) else { panic!("it has not ended") };
    error.ticket().unwrap().clone()
}

/// The platform, the journal's file, and the ledger.
struct World {
    core: Core,
    id: &'static str,
    params: String,
    now: u64,
    kept: Option<String>,
    /// When each sending was carried out; never is absent.
    carried_out: Vec<Option<u64>>,
    /// What happens next.
    chance: u64,
}

/// How a process ended.
#[derive(Debug)]
enum Run {
    Died,
    Refused(Error),
    Ended(Settled),
}

impl World {
    fn new(id: &'static str, params: String, seed: u64) -> Self {
        Self { core: core(), id, params, now: START, kept: None, carried_out: Vec::new(), chance: seed | 1 }
    }

    /// One of so many choices.
    fn decide(&mut self, choices: u64) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % choices
    }

    fn dies(&mut self) -> bool {
        self.decide(30) == 0
    }

    fn is_done(&self) -> bool {
        self.carried_out.iter().flatten().any(|done| *done <= self.now)
    }

    fn effects(&self) -> usize {
        self.carried_out.iter().flatten().count()
    }

    /// One process, from its start to its end or death.
    fn process(&mut self, policy: &RetryPolicy, resumes: bool) -> Run {
        let entry = self.kept.as_deref().map(|json| Entry::parse(json).unwrap());
        let settle = match (resumes, entry) {
            (true, None) => return Run::Died,
            (true, Some(entry)) => Settle::resumed(&self.core, entry, policy),
            (false, entry) => Settle::journaled(&self.core, "key", find(self.id).unwrap(), &self.params, policy, entry),
        };
        let mut settle = match settle {
            Ok(settle) => settle,
            Err(error) => return Run::Refused(error),
        };
        for _ in 0..1_000 {
            match settle.step(self.now) {
                SettleStep::Keep(entry) => {
                    if self.dies() {
                        return Run::Died;
                    }
                    self.kept = Some(entry.to_json());
                    self.now += self.decide(3) * 1_500;
                    if self.dies() {
                        return Run::Died;
                    }
                    settle.on_kept();
                }
                SettleStep::Wait(millis) => {
                    self.now += millis;
                    if self.dies() {
                        return Run::Died;
                    }
                }
                SettleStep::Call { endpoint, params } if endpoint.id == self.id => {
                    assert!(!resumes, "a search sent the write");
                    assert!(self.send(policy), "it was sent although an earlier sending was carried out");
                    let sent = self.now;
                    self.now += self.decide(5) * 1_000;
                    if self.dies() {
                        return Run::Died;
                    }
                    match self.decide(3) {
                        // Only what was carried out is answered with success, and only what was not is refused.
                        0 if self.is_done() => {
                            settle.on_reply(r#"{"orderId":"10"}"#, r#"{"requestId":"r1","warnings":[]}"#)
                        }
                        1 if self.carried_out.last() == Some(&None) => settle.on_failure("refused", None),
                        _ => settle.on_failure("lost", Some(lost(&self.core, self.id, &params, sent))),
                    }
                }
                SettleStep::Call { endpoint, params } => {
                    assert_eq!(endpoint.safety.as_str(), "read");
                    if self.decide(6) == 0 {
                        settle.on_failure("no connection", None);
                    } else {
                        settle.on_reply(&self.seen(endpoint.id, &params), "{}");
                    }
                    if self.dies() {
                        return Run::Died;
                    }
                }
                SettleStep::Done(settled) => return Run::Ended(settled),
            }
        }
        panic!("it does not end");
    }

    /// A sending: the journal must have it, and no earlier one may come to anything.
    fn send(&mut self, policy: &RetryPolicy) -> bool {
        let kept = Entry::parse(self.kept.as_ref().unwrap()).unwrap();
        assert_eq!(kept.state(), EntryState::Open);
        let last: u64 = serde_json::from_str::<serde_json::Value>(&kept.ticket().to_json()).unwrap()["lastSentAt"]
            .as_u64()
            .unwrap();
        assert!(last >= self.now + policy.deadline.as_millis() as u64, "the call may outlast what the journal has");
        let is_first = self.carried_out.iter().all(Option::is_none);
        let done = match self.decide(4) {
            0 => Some(self.now),
            1 => Some(self.now + self.decide(4) * 4_000),
            _ => None,
        };
        self.carried_out.push(done);
        is_first
    }

    fn seen(&self, row: &str, params: &str) -> String {
        if self.id == "alibaba.order.cancel" {
            let status = if self.is_done() { "cancel" } else { "waitbuyerpay" };
            return match row {
                "alibaba.order.get" => format!(r#"{{"baseInfo":{{"id":"77","status":"{status}"}}}}"#),
                _ => r#"{"result":[]}"#.to_string(),
            };
        }
        let of = |id: u32, reference: &str| {
            format!(
                r#"{{"orderId":"{id}","sellerOrderNumber":"{reference}","createdTime":"2024-08-01 16:13:21+08:00"}}"#
            )
        };
        let orders = match (params.contains(r#""pageNo":1,"#), self.is_done()) {
            (false, _) => String::new(),
            (true, false) => of(9, "other"),
            (true, true) => [of(9, "other"), of(10, "shop-1")].join(","),
        };
        format!(r#"{{"data":[{orders}]}}"#)
    }
}

fn lives_and_deaths(id: &'static str, params: String, seed: u64, retries: bool) -> Result<(), TestCaseError> {
    let mut world = World::new(id, params, seed);
    for process in 0..12 {
        let resumes = world.decide(3) == 2;
        let run = world.process(&policy(retries), resumes);
        prop_assert!(world.effects() <= 1, "carried out {} times", world.effects());
        match run {
            Run::Died => {
                world.now += world.decide(3) * 3_000;
                continue;
            }
            Run::Refused(error) => panic!("process {process}: {error}"),
            Run::Ended(Settled::Answered | Settled::Kept { .. }) => prop_assert!(world.effects() == 1),
            Run::Ended(Settled::Failed | Settled::Recovered(Outcome::NotDone)) => prop_assert!(world.effects() == 0),
            Run::Ended(Settled::Recovered(Outcome::Done { .. })) => prop_assert!(world.effects() == 1),
            Run::Ended(Settled::Recovered(_)) => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_crashes_makes_two_of_one_creation(seed: u64, retries: bool) {
        lives_and_deaths("taobao.order.purchase_create", create(), seed, retries)?;
    }

    #[test]
    fn no_sequence_of_crashes_sends_a_change_after_it_was_carried_out(seed: u64, retries: bool) {
        lives_and_deaths("alibaba.order.cancel", CANCEL.to_string(), seed, retries)?;
    }
}

fn settle(kept: Option<&Entry>, id: &str, params: &str, policy: &RetryPolicy) -> Result<Settle, Error> {
    Settle::journaled(&core(), "key", find(id).unwrap(), params, policy, kept.cloned())
}

fn keep(settle: &mut Settle, now: u64) -> Entry {
    let SettleStep::Keep(entry) = settle.step(now) else { panic!("nothing is kept") };
    Entry::parse(&entry.to_json()).unwrap()
}

fn is_sent(settle: &mut Settle, now: u64) -> bool {
    matches!(settle.step(now), SettleStep::Call { endpoint, .. } if endpoint.id == "alibaba.order.cancel")
}

fn answered() -> Entry {
    let mut write = settle(None, "alibaba.order.cancel", CANCEL, &policy(false)).unwrap();
    keep(&mut write, START);
    write.on_kept();
    assert!(is_sent(&mut write, START));
    write.on_reply("true", r#"{"requestId":"r1","warnings":[]}"#);
    let entry = keep(&mut write, START);
    write.on_kept();
    assert!(matches!(write.step(START), SettleStep::Done(Settled::Answered)));
    entry
}

#[test]
fn an_answer_is_kept_and_given_again_without_a_call() {
    let entry = answered();
    assert_eq!((entry.state(), entry.sendings()), (EntryState::Answered, 1));
    let shown = format!("{entry:?}");
    assert!(shown.contains("Answered") && !shown.contains("r1") && !shown.contains("77"), "{shown}");
    let mut again = settle(Some(&entry), "alibaba.order.cancel", CANCEL, &policy(true)).unwrap();
    let SettleStep::Done(Settled::Kept { data, about }) = again.step(START) else { panic!() };
    assert_eq!((data.as_str(), about.as_str()), ("true", r#"{"requestId":"r1","warnings":[]}"#));
}

#[test]
fn a_key_belongs_to_one_write() {
    let entry = answered();
    // The same, in another order and spelling.
    let same = r#"{ "orderId": 77, "cancelReason": "\u006fther", "webSite": "1688" }"#;
    assert!(settle(Some(&entry), "alibaba.order.cancel", same, &policy(false)).is_ok());
    let others = [
        ("alibaba.order.cancel", CANCEL.replace("77", "78"), "other parameters"),
        ("alibaba.order.cancel", CANCEL.replace('}', r#","remark":"late"}"#), "other parameters"),
        ("taobao.order.purchase_create", create(), "`alibaba.order.cancel`"),
    ];
    for (id, params, words) in others {
        let refused = settle(Some(&entry), id, &params, &policy(false)).unwrap_err();
        let Error::InvalidRequest { path, reason, .. } = &refused else { panic!("{refused:?}") };
        assert!(path == "key" && reason.contains(words), "{reason}");
    }
    let other = Core::new(Config::new("key", "secret", "another")).unwrap();
    let refused =
        Settle::journaled(&other, "key", find("alibaba.order.cancel").unwrap(), CANCEL, &policy(false), Some(entry));
    assert!(refused.unwrap_err().to_string().contains("user_id"));
}

#[test]
fn a_key_whose_write_was_refused_is_free_again() {
    let mut write = settle(None, "alibaba.order.cancel", CANCEL, &policy(false)).unwrap();
    keep(&mut write, START);
    write.on_kept();
    assert!(is_sent(&mut write, START));
    write.on_failure("the reason is none of the platform's", None);
    let entry = keep(&mut write, START);
    assert_eq!(entry.state(), EntryState::Failed);
    assert!(entry.to_json().contains("none of the platform's"));
    write.on_kept();
    assert!(matches!(write.step(START), SettleStep::Done(Settled::Failed)));
    let other = CANCEL.replace("other", "buyerCancel");
    let mut again = settle(Some(&entry), "alibaba.order.cancel", &other, &policy(false)).unwrap();
    let entry = keep(&mut again, START + 60_000);
    assert_eq!((entry.state(), entry.sendings()), (EntryState::Open, 2));
    again.on_kept();
    assert!(is_sent(&mut again, START + 60_000));
}

#[test]
fn what_took_long_to_keep_is_kept_again_before_it_is_sent() {
    let mut write = settle(None, "alibaba.order.cancel", CANCEL, &policy(false)).unwrap();
    keep(&mut write, START);
    write.on_kept();
    let entry = keep(&mut write, START + 1_500);
    assert_eq!(entry.sendings(), 1);
    write.on_kept();
    assert!(is_sent(&mut write, START + 1_500));
}

#[test]
fn a_policy_that_may_send_twice_has_no_journal() {
    let twice = RetryPolicy { retry_writes: true, ..policy(false) };
    let refused = settle(None, "alibaba.order.cancel", CANCEL, &twice).unwrap_err();
    assert!(matches!(&refused, Error::Config { field, .. } if field == "retry_writes"), "{refused:?}");
}

#[test]
fn a_later_version_is_told() {
    for json in ["", "{}", r#"{"version":2}"#, "[]"] {
        let refused = Entry::parse(json).unwrap_err();
        assert!(refused.to_string().contains("later version"), "{refused}");
    }
    let entry = answered().to_json().replace(r#""answered""#, r#""half""#);
    assert!(Entry::parse(&entry).unwrap_err().to_string().contains("`state`"));
}

#[test]
fn the_key_of_a_creation_is_its_reference() {
    let key = |id: &str, params: &str| journal_key(find(id).unwrap(), params);
    assert_eq!(key("taobao.order.purchase_create", &create()).unwrap(), "shop-1");
    let refused = key("taobao.order.purchase_create", r#"{"sellerOrderNumber":""}"#).unwrap_err();
    assert!(refused.to_string().contains("`sellerOrderNumber`"), "{refused}");
    let refused = key("alibaba.order.cancel", CANCEL).unwrap_err();
    assert!(refused.to_string().contains("`alibaba.order.cancel`"), "{refused}");
}

#[test]
fn a_creation_without_a_reference_has_its_key_for_one_in_every_sending() {
    let mut config = Config::new("key", "secret", "user");
    config.references = References::Auto;
    let core = Core::new(config).unwrap();
    let row = find("taobao.order.purchase_create").unwrap();
    for empty in ["null", "\"\"", "left out"] {
        let mut params: serde_json::Value = serde_json::from_str(&create()).unwrap();
        params["sellerOrderNumber"] = serde_json::from_str(empty).unwrap_or_default();
        if empty == "left out" {
            params.as_object_mut().unwrap().remove("sellerOrderNumber");
        }
        let mut kept = None;
        for _ in 0..2 {
            let begun = Settle::journaled(&core, "job-7", row, &params.to_string(), &policy(false), kept.clone());
            let mut write = begun.unwrap();
            let entry = keep(&mut write, START);
            assert!(entry.to_json().contains(r#""sellerOrderNumber":"job-7""#), "{}", entry.to_json());
            write.on_kept();
            let SettleStep::Call { params, .. } = write.step(START) else { panic!() };
            let sent: serde_json::Value = serde_json::from_str(&params).unwrap();
            assert_eq!(sent["sellerOrderNumber"], "job-7");
            write.on_failure("refused", None);
            kept = Some(keep(&mut write, START));
        }
    }
}

/// Of a row of the cart, which only a comparison shows.
fn cart(first: Result<&str, &str>) -> (Settle, Entry) {
    let examples: serde_json::Value = serde_json::from_str(include_str!("../../tests/examples.json")).unwrap();
    let params = examples["examples"]["alibaba.cart.add"].to_string();
    let mut write = settle(None, "alibaba.cart.add", &params, &policy(false)).unwrap();
    let entry = loop {
        match write.step(START) {
            SettleStep::Call { .. } => match first {
                Ok(data) => write.on_reply(data, "{}"),
                Err(words) => write.on_failure(words, None),
            },
            SettleStep::Keep(entry) => break *entry,
            other => panic!("{other:?}"),
        }
    };
    write.on_kept();
    let SettleStep::Call { endpoint, params } = write.step(START) else { panic!() };
    assert_eq!(endpoint.id, "alibaba.cart.add");
    write.on_failure("lost", Some(lost(&core(), "alibaba.cart.add", &params, START)));
    (write, entry)
}

#[test]
fn what_was_seen_before_the_write_is_in_the_entry_and_in_the_ticket_of_a_search_that_is_ended() {
    let (write, entry) = cart(Ok(r#"{"enableList":[]}"#));
    let seen = r#""before":{"alibaba.cart.list":[]}"#;
    assert!(entry.to_json().contains(seen), "{}", entry.to_json());
    let ticket = write.ticket().unwrap().to_json();
    assert!(ticket.contains(seen), "{ticket}");
    assert!(ticket.contains(&format!(r#""sentAt":{START},"lastSentAt":{START},"#)), "{ticket}");
}

#[test]
fn a_look_before_that_failed_is_the_reason_why_it_is_not_known() {
    let (mut write, _) = cart(Err("no connection"));
    let line = r#"{"specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","offerId":"548818919805","quantity":5}"#;
    let cart = format!(r#"{{"enableList":[{{"cartItemInfos":[{line}]}}]}}"#);
    let mut now = START;
    let outcome = loop {
        match write.step(now) {
            SettleStep::Call { .. } => write.on_reply(&cart, "{}"),
            SettleStep::Wait(millis) => now += millis,
            SettleStep::Keep(_) => write.on_kept(),
            SettleStep::Done(Settled::Recovered(outcome)) => break outcome,
            SettleStep::Done(other) => panic!("{other:?}"),
        }
    };
    let Outcome::Unknown { reason } = &outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("the look before the call failed"), "{reason}");
}
