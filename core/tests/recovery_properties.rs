//! What holds for every search for a lost write, on a platform that carries it out, loses it, carries it out in part, shows it
//! late, in pages and in any order, and does not always answer.

use chrono::{DateTime, Datelike, Timelike};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;
use xportcn_core::catalogue::find;
use xportcn_core::endpoint::{Endpoint, Safety};
use xportcn_core::{Config, Core, Outcome, Recovery, RecoveryStep, RetryPolicy, Settle, SettleStep, Settled, Ticket};

#[test]
fn a_search_keeps_its_promises_whatever_the_platform_does() {
    run(1_500, world(), |world| {
        let search = world.search()?;
        world.check(&search)
    });
}

/// Not vacuous: on a platform that answers, it does not hide behind "unknown".
#[test]
fn a_search_on_a_platform_that_answers_ends_in_certainty() {
    run(600, world(), |mut world| {
        world.faults = vec![Fault::None];
        world.is_set = true;
        // Only so is an absence proof, where a reference is looked for.
        world.others.resize(world.others.len().max(1), Other { made_s: 60, has_reference: true });
        world.others[0].has_reference = true;
        let search = world.search()?;
        world.check(&search)?;
        let made = world.made.iter().flatten().count();
        let certain = match &search.outcome {
            Outcome::Done { .. } => made == world.made.len(),
            Outcome::NotDone => made == 0,
            Outcome::Partly { missing, .. } => 0 < made && made < world.made.len() && !missing.is_empty(),
            // Payments in the background, and deletions that did not happen, are never certainly not done.
            Outcome::Unknown { .. } => made == 0 && matches!(world.write, Write::Pay | Write::PayAll | Write::Delete),
            _ => false,
        };
        prop_assert!(certain, "{:?}", search.outcome);
        Ok(())
    });
}

#[test]
fn a_write_is_sent_again_only_after_it_was_certainly_not_carried_out() {
    let sendings = (vec(sending(), 3), world(), any::<bool>());
    run(1_000, sendings, |(sendings, mut world, may_resend)| {
        world.write = Write::Cancel;
        world.made = vec![None];
        world.settle(&sendings, may_resend)
    });
}

fn run<T: std::fmt::Debug>(
    cases: u32,
    strategy: impl Strategy<Value = T>,
    check: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(Cases { cases, failure_persistence: None, ..Cases::default() });
    runner.run(&strategy, check).unwrap();
}

const SENT: u64 = 1_722_500_000_000;
/// Between the first sending and the last.
const SENDINGS_MS: u64 = 40_000;
const WINDOW_MS: u64 = 60_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Write {
    /// Orders that hold a reference, in two lists.
    Create,
    /// One object by its id, which the call answers with its end.
    Cancel,
    /// One object by its id, paid in the background.
    Pay,
    /// Several by their ids.
    PayAll,
    /// Lines of a cart, which nobody else changes.
    Delete,
    /// What only a comparison shows.
    Refund,
}

/// A part of the write that is carried out: an order, a payment, a deletion. Milliseconds.
#[derive(Clone, Copy, Debug)]
struct Made {
    /// After the first sending.
    at: u64,
    /// How much later each of two rows shows it. One of two lists does so within the window; of an object that is there
    /// anyway, both do.
    shown: [u64; 2],
}

/// An order of somebody else's.
#[derive(Clone, Copy, Debug)]
struct Other {
    /// Seconds before the sending.
    made_s: i64,
    has_reference: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    Failure,
    Misfit,
    Garbage,
}

#[derive(Clone, Copy, Debug)]
enum Sorted {
    YoungestFirst,
    OldestFirst,
    Somehow(u64),
}

#[derive(Clone, Debug)]
struct World {
    write: Write,
    /// Each part of the write, if it is carried out.
    made: Vec<Option<Made>>,
    /// Lines of each order.
    lines: usize,
    others: Vec<Other>,
    sorted: Sorted,
    /// Objects of a page at most.
    page: usize,
    has_totals: bool,
    faults: Vec<Fault>,
    /// Milliseconds that a call takes.
    takes: u64,
    /// How far the platform's clock is off.
    off_ms: i64,
    /// Whether the user has set the paths.
    is_set: bool,
    earlier_refunds: usize,
}

/// What a search did.
struct Search {
    outcome: Outcome,
    /// When it ended, after the first sending.
    ended: u64,
    /// Parts that a reply has shown.
    shown: BTreeSet<usize>,
}

fn world() -> impl Strategy<Value = World> {
    let write = prop_oneof![
        3 => Just(Write::Create),
        1 => Just(Write::Cancel),
        1 => Just(Write::Pay),
        2 => Just(Write::PayAll),
        1 => Just(Write::Delete),
        1 => Just(Write::Refund),
    ];
    let other = (prop_oneof![-60..400_000_i64, 300..2_000_i64], prop::bool::weighted(0.9))
        .prop_map(|(made_s, has_reference)| Other { made_s, has_reference });
    let sorted = prop_oneof![
        2 => Just(Sorted::YoungestFirst),
        1 => Just(Sorted::OldestFirst),
        2 => any::<u64>().prop_map(Sorted::Somehow),
    ];
    let fault = prop_oneof![
        12 => Just(Fault::None),
        1 => Just(Fault::Failure),
        1 => Just(Fault::Misfit),
        1 => Just(Fault::Garbage),
    ];
    (
        (write, vec(option::of(made()), 1..4), 1..3_usize, vec(other, 0..25), sorted),
        (1..60_usize, any::<bool>(), vec(fault, 1..30), 0..900_u64, -200_000..200_000_i64),
        (prop::bool::weighted(0.8), 0..3_usize),
    )
        .prop_map(|((write, mut made, lines, others, sorted), (page, has_totals, faults, takes, off_ms), rest)| {
            if matches!(write, Write::Cancel | Write::Pay | Write::Refund) {
                made.truncate(1);
            }
            if write != Write::Create {
                for made in made.iter_mut().flatten() {
                    made.shown = made.shown.map(|shown| shown.min(SENDINGS_MS + WINDOW_MS - made.at));
                }
            }
            let (is_set, earlier_refunds) = rest;
            World {
                write,
                made,
                lines,
                others,
                sorted,
                page,
                has_totals,
                faults,
                takes,
                off_ms,
                is_set,
                earlier_refunds,
            }
        })
}

/// Carried out, and shown by one list, within the window; by the other at any time.
fn made() -> impl Strategy<Value = Made> {
    let end = SENDINGS_MS + WINDOW_MS;
    (0..=end, 0..=end, prop_oneof![0..=end, Just(end * 100)], any::<bool>()).prop_map(
        move |(at, within, other, first)| {
            let within = within.min(end - at);
            Made { at, shown: if first { [within, other] } else { [other, within] } }
        },
    )
}

impl World {
    fn core(&self) -> Core {
        let mut config = Config::new("key", "secret", "user");
        let rows = ["taobao.order.purchase_page", "taobao.order.page", "alibaba.cart.list"];
        config.paths.extend(rows.iter().filter(|_| self.is_set).map(path));
        Core::new(config).unwrap()
    }

    fn id(&self) -> &'static str {
        match self.write {
            Write::Create => "taobao.order.purchase_create",
            Write::Cancel => "alibaba.order.cancel",
            Write::Pay => "taobao.order.pay",
            Write::PayAll => "alibaba.order.batch_submit_payment",
            Write::Delete => "alibaba.cart.delete",
            Write::Refund => "alibaba.after_sale.create",
        }
    }

    fn params(&self) -> Json {
        let parts = 0..self.made.len();
        match self.write {
            Write::Create => {
                let lines: Vec<Json> = parts.flat_map(|part| self.lines_of(part)).collect();
                json!({"sellerOrderNumber": "mine", "orderLineList": Json::Array(lines).to_string()})
            }
            Write::Cancel | Write::Pay | Write::Refund => {
                json!({"webSite": "1688", "orderId": "1000", "cancelReason": "other"})
            }
            Write::PayAll => json!({"orderIds": parts.map(number).collect::<Vec<_>>()}),
            Write::Delete => json!({"cartIds": parts.map(number).collect::<Vec<_>>()}),
        }
    }

    fn ticket(&self, first_ms: u64, last_ms: u64) -> Ticket {
        let mut ticket = json!({
            "version": 1, "endpoint": self.id(), "userId": "user", "baseUrl": Config::BASE_URL,
            "sentAt": first_ms, "lastSentAt": last_ms, "params": self.params(),
        });
        if let Some(before) = self.before() {
            ticket["before"] = before;
        }
        Ticket::parse(&ticket.to_string()).unwrap()
    }

    /// What a look before the write has seen.
    fn before(&self) -> Option<Json> {
        let lines = || (0..self.made.len()).map(|part| json!({"id": number(part)})).collect::<Vec<_>>();
        match self.write {
            Write::Delete => Some(json!({"alibaba.cart.list": lines()})),
            Write::Refund => Some(json!({"alibaba.order.get": [self.refunded(false)]})),
            _ => None,
        }
    }

    fn search(&self) -> Result<Search, TestCaseError> {
        let (first_ms, last_ms) = (SENT, SENT + SENDINGS_MS);
        let window = Duration::from_millis(WINDOW_MS);
        let mut recovery = Recovery::new(&self.core(), self.ticket(first_ms, last_ms), window).unwrap();
        let (mut now, mut calls, mut shown) = (last_ms, 0, BTreeSet::new());
        // So many pages a row at most, in as many looks as fit into the window.
        for _ in 0..10 * (3 * self.most_pages() + 2 * self.made.len() + 4) {
            match recovery.step(now) {
                RecoveryStep::Look { endpoint, params } => {
                    reads(endpoint, &params)?;
                    let answer = self.answer(calls, now - SENT, endpoint.id, &params, &mut shown);
                    calls += 1;
                    now += self.takes;
                    match answer {
                        Ok((data, about)) => recovery.on_reply(&data, &about),
                        Err(words) => recovery.on_failure(words),
                    }
                }
                RecoveryStep::Wait(millis) => {
                    prop_assert!(millis > 0);
                    now += millis;
                }
                RecoveryStep::Done(outcome) => return Ok(Search { outcome, ended: now - SENT, shown }),
            }
        }
        Err(TestCaseError::fail("it does not end"))
    }

    fn most_pages(&self) -> usize {
        (self.others.len() + self.made.len()).div_ceil(self.page.min(50)) + 2
    }

    /// What the search says, held against what was done.
    fn check(&self, search: &Search) -> Result<(), TestCaseError> {
        let is_made = |part: usize| self.made[part].is_some_and(|made| made.at <= search.ended);
        let parts = 0..self.made.len();
        match &search.outcome {
            Outcome::Done { found } => {
                prop_assert!(parts.clone().all(is_made), "said to be done");
                prop_assert!(found.iter().all(|object| self.is_mine(object)), "{found:?}");
                prop_assert!(self.write == Write::Delete || !found.is_empty());
            }
            Outcome::NotDone => prop_assert!(!parts.clone().any(|part| self.made[part].is_some()), "said not to be"),
            Outcome::Partly { found, missing, reason } => {
                prop_assert!(parts.clone().any(is_made), "said to be done in part");
                prop_assert!(found.iter().all(|object| self.is_mine(object)), "{found:?}");
                for part in parts.filter(|part| self.names(missing, *part)) {
                    prop_assert!(!search.shown.contains(&part), "{part} was shown, and is said to be missing");
                    let is_certain = matches!(reason.as_str(), CERTAINLY_MISSING | CERTAINLY_NOT_DONE);
                    prop_assert!(!is_certain || self.made[part].is_none(), "{part} is said to be certainly missing");
                }
            }
            Outcome::Unknown { reason } => prop_assert!(!reason.is_empty()),
            other => prop_assert!(false, "{other:?}"),
        }
        Ok(())
    }

    fn is_mine(&self, object: &str) -> bool {
        match self.write {
            Write::Create => object.contains(r#""mine""#),
            _ => (0..self.made.len()).any(|part| object.contains(&format!("\"{}\"", number(part)))),
        }
    }

    fn names(&self, missing: &[String], part: usize) -> bool {
        match self.write {
            Write::Create => (0..self.lines).any(|line| missing.contains(&named(part, line))),
            _ => missing.contains(&number(part)),
        }
    }

    /// The platform. `now` is after the first sending.
    fn answer(
        &self,
        call: usize,
        now: u64,
        row: &str,
        params: &str,
        shown: &mut BTreeSet<usize>,
    ) -> Result<(String, String), &'static str> {
        let fault = self.faults[call % self.faults.len()];
        if fault == Fault::Failure {
            return Err("no connection");
        }
        let params: Json = serde_json::from_str(params).unwrap();
        let seen = |part: usize, place: usize| {
            self.made[part].is_some_and(|made| made.at.saturating_add(made.shown[place]) <= now)
        };
        let parts = || 0..self.made.len();
        let mut show = |part: usize| _ = shown.insert(part);
        let data = match row {
            "taobao.order.purchase_page" | "taobao.order.page" => {
                let place = usize::from(row == "taobao.order.page");
                let mut orders = self.others();
                match self.write {
                    Write::Create => {
                        orders.extend(parts().filter(|part| seen(*part, place)).map(|part| self.order(part)))
                    }
                    _ => orders.push(json!({"orderId": "1000", "orderStatus": if seen(0, place) { 10 } else { 1 }})),
                }
                let page = self.page(orders, &params);
                if fault == Fault::None {
                    let ids = |order: &Json| order["orderId"].as_str().unwrap_or_default().to_string();
                    let ids: Vec<String> = page["data"].as_array().unwrap().iter().map(ids).collect();
                    parts().filter(|part| seen(*part, place) && ids.contains(&number(*part))).for_each(&mut show);
                }
                page
            }
            "taobao.order.get" => json!({"orderId": "1000", "orderStatus": if seen(0, 0) { 10 } else { 1 }}),
            "alibaba.order.get" => {
                let id = params["orderId"].as_str().unwrap();
                let part = parts().find(|part| number(*part) == id).unwrap();
                if seen(part, 0) && fault == Fault::None {
                    show(part);
                }
                if self.write == Write::Refund {
                    self.refunded(seen(part, 0))
                } else {
                    self.alibaba(part, seen(part, 0))
                }
            }
            "alibaba.order.page" => {
                let orders: Vec<Json> = parts().map(|part| self.alibaba(part, seen(part, 1))).collect();
                let is_first = params["beginPage"] == 1;
                json!({"result": if is_first { orders } else { Vec::new() }})
            }
            "alibaba.cart.list" => {
                // One row shows it, so it shows by the time at which one of two does.
                let gone = |part: usize| seen(part, 0) || seen(part, 1);
                let lines: Vec<Json> =
                    parts().filter(|part| !gone(*part)).map(|part| json!({"id": number(part)})).collect();
                if fault == Fault::None {
                    parts().filter(|part| gone(*part)).for_each(&mut show);
                }
                json!({"enableList": [{"cartItemInfos": lines}]})
            }
            other => panic!("asked {other}"),
        };
        match fault {
            Fault::Misfit => Ok((
                data.to_string(),
                json!({"warnings": [{"path": "data.x", "expected": "text", "found": "a list"}]}).to_string(),
            )),
            // What cannot be read is null.
            Fault::Garbage => Ok((
                "null".into(),
                json!({"warnings": [{"path": "data", "expected": "an object", "found": "text"}]}).to_string(),
            )),
            Fault::None | Fault::Failure => Ok((data.to_string(), json!({"warnings": []}).to_string())),
        }
    }

    fn page(&self, mut orders: Vec<Json>, params: &Json) -> Json {
        let made = |order: &Json| order["createdTime"].as_str().unwrap_or_default().to_string();
        match self.sorted {
            Sorted::YoungestFirst => orders.sort_by_key(|order| std::cmp::Reverse(made(order))),
            Sorted::OldestFirst => orders.sort_by_key(made),
            Sorted::Somehow(seed) => orders.sort_by_key(|order| shuffled(&order["orderId"], seed)),
        }
        let size = self.page.min(params["pageSize"].as_u64().unwrap() as usize);
        let first = (params["pageNo"].as_u64().unwrap() as usize - 1) * size;
        let total = if self.has_totals { json!(orders.len()) } else { Json::Null };
        json!({"data": orders.into_iter().skip(first).take(size).collect::<Vec<_>>(), "resultsTotal": total})
    }

    fn others(&self) -> Vec<Json> {
        let order = |(at, other): (usize, &Other)| {
            let reference = other.has_reference.then(|| format!("other-{at}"));
            let made = self.moment(SENT as i64 - other.made_s * 1_000);
            json!({"orderId": format!("9{at}"), "sellerOrderNumber": reference, "createdTime": made, "orderStatus": 1})
        };
        self.others.iter().enumerate().map(order).collect()
    }

    fn order(&self, part: usize) -> Json {
        let made = self.moment((SENT + self.made[part].map_or(0, |made| made.at)) as i64);
        let lines = self.lines_of(part);
        json!({"orderId": number(part), "sellerOrderNumber": "mine", "createdTime": made, "subOrders": lines})
    }

    fn lines_of(&self, part: usize) -> Vec<Json> {
        (0..self.lines).map(|line| json!({"itemId": format!("{part}"), "skuId": format!("{part}{line}")})).collect()
    }

    fn alibaba(&self, part: usize, is_done: bool) -> Json {
        let state = if is_done && self.write == Write::Cancel { "cancel" } else { "waitbuyerpay" };
        let paid = if is_done { "2" } else { "1" };
        json!({"baseInfo": {"id": number(part), "status": state}, "tradeTerms": [{"payStatus": paid}]})
    }

    /// An order with refunds, of which the newest may be the write's; which comes first, the platform does not promise.
    fn refunded(&self, is_done: bool) -> Json {
        let mut refunds: Vec<Json> =
            (0..self.earlier_refunds).map(|at| json!({"refundId": format!("R{at}")})).collect();
        if is_done {
            refunds.insert(0, json!({"refundId": "mine"}));
        } else if self.takes % 2 == 1 {
            refunds.reverse();
        }
        json!({"baseInfo": {"id": "1000"}, "productItems": refunds})
    }

    /// As the platform's clock shows it.
    fn moment(&self, millis: i64) -> String {
        let moment = DateTime::from_timestamp_millis(millis + self.off_ms + 8 * 3_600_000).unwrap();
        let (date, time) = (moment.date_naive(), moment.time());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        format!("{}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}+08:00", date.year(), date.month(), date.day())
    }
}

const CERTAINLY_MISSING: &str = "no order shows these lines";
const CERTAINLY_NOT_DONE: &str = "the others were not carried out";

/// What becomes of a sending.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered,
    /// An error without a ticket: it was certainly not carried out.
    Refused,
    Lost(Option<Made>),
}

fn sending() -> impl Strategy<Value = Fate> {
    prop_oneof![
        1 => Just(Fate::Answered),
        1 => Just(Fate::Refused),
        4 => option::weighted(0.4, made()).prop_map(|made| {
            let end = SENDINGS_MS + WINDOW_MS;
            Fate::Lost(made.map(|made| Made { shown: made.shown.map(|shown| shown.min(end - made.at)), ..made }))
        }),
    ]
}

impl World {
    fn settle(&self, sendings: &[Fate], may_resend: bool) -> Result<(), TestCaseError> {
        let policy = RetryPolicy {
            recovery_window: Duration::from_millis(SENDINGS_MS + WINDOW_MS),
            retry_after_recovery: may_resend,
            ..RetryPolicy::default()
        };
        let write = find(self.id()).unwrap();
        let mut settle = Settle::new(&self.core(), write, &self.params().to_string(), &policy).unwrap();
        let mut world = self.clone();
        let (mut now, mut calls, mut sent, mut sent_ms) = (SENT, 0, 0, SENT);
        for _ in 0..300 {
            match settle.step(now) {
                SettleStep::Call { endpoint, .. } if endpoint.id == write.id => {
                    prop_assert!(sent == 0 || may_resend && sent == 1, "{sent} sendings");
                    let carried_out =
                        sendings[..sent].iter().any(|fate| matches!(fate, Fate::Lost(Some(_)) | Fate::Answered));
                    prop_assert!(!carried_out, "it is sent again, though it was carried out");
                    sent_ms = now;
                    sent += 1;
                    match sendings[sent - 1] {
                        Fate::Answered => settle.on_reply("true", "{}"),
                        Fate::Refused => settle.on_failure("refused", None),
                        Fate::Lost(made) => {
                            world.made = vec![made];
                            settle.on_failure("lost", Some(world.ticket(now, now)));
                        }
                    }
                }
                SettleStep::Call { endpoint, params } => {
                    reads(endpoint, &params)?;
                    let answer = world.answer(calls, now - sent_ms, endpoint.id, &params, &mut BTreeSet::new());
                    calls += 1;
                    now += self.takes;
                    match answer {
                        Ok((data, about)) => settle.on_reply(&data, &about),
                        Err(words) => settle.on_failure(words, None),
                    }
                }
                SettleStep::Wait(millis) => now += millis,
                SettleStep::Done(end) => {
                    let fate = sendings[sent - 1];
                    let fits = match &end {
                        Settled::Answered => matches!(fate, Fate::Answered),
                        Settled::Failed => matches!(fate, Fate::Refused),
                        Settled::Recovered(Outcome::Done { .. }) => matches!(fate, Fate::Lost(Some(_))),
                        Settled::Recovered(Outcome::NotDone) => matches!(fate, Fate::Lost(None)),
                        Settled::Recovered(Outcome::Unknown { .. }) => matches!(fate, Fate::Lost(_)),
                        _ => false,
                    };
                    prop_assert!(fits, "{end:?} of {fate:?}");
                    return Ok(());
                }
                SettleStep::Keep(_) => prop_assert!(false, "there is no journal"),
            }
        }
        Err(TestCaseError::fail("it does not end"))
    }
}

/// A search never writes, and asks only what can be asked.
fn reads(endpoint: &Endpoint, params: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(endpoint.safety, Safety::Read, "{}", endpoint.id);
    static CORE: LazyLock<Core> = LazyLock::new(|| Core::new(Config::new("key", "secret", "user")).unwrap());
    let prepared = CORE.prepare_json(find(endpoint.id).unwrap(), params.as_bytes());
    prop_assert!(prepared.is_ok(), "{}: {params}: {prepared:?}", endpoint.id);
    Ok(())
}

fn number(part: usize) -> String {
    (1_000 + part).to_string()
}

fn named(part: usize, line: usize) -> String {
    format!("itemId {part}, skuId {part}{line}")
}

fn path(id: &&str) -> (String, String) {
    ((*id).to_string(), find(id).unwrap().path.to_string())
}

/// A number that has nothing to do with the order in which objects were made.
fn shuffled(id: &Json, seed: u64) -> u64 {
    let id: u64 = id.as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
    (id ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
