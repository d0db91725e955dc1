//! What holds for every wait for a state, on a platform whose orders go their way, whose rows show it late or not at all, and
//! whose messages come at any time.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::{Value as Json, json};
use std::sync::LazyLock;
use std::time::Duration;
use xportcn_core::endpoint::{Endpoint, Safety};
use xportcn_core::{Config, Core, RetryPolicy, Wait, WaitStep, Waited, catalogue};

#[test]
fn a_wait_keeps_its_promises_whatever_the_platform_does() {
    let mut runner = TestRunner::new(Cases { cases: 3_000, failure_persistence: None, ..Cases::default() });
    runner.run(&world(), |world| world.run()).unwrap();
}

const START: u64 = 1_722_500_000_000;
const LONGEST_PAUSE_MS: u64 = 30_000;
/// What an order goes through, unless it is cancelled on the way.
const WAY: [&str; 5] = ["waitbuyerpay", "waitsellersend", "waitbuyerreceive", "confirm_goods", "success"];
/// The states that can be waited for, with the first step of the way that is one of them.
const STATES: [(&str, Option<usize>); 4] =
    [("paid", Some(1)), ("shipped", Some(2)), ("received", Some(3)), ("cancelled", None)];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    Failure,
    Refused,
    Misfit,
}

#[derive(Clone, Debug)]
struct World {
    state: usize,
    timeout: u64,
    /// How long the order is in each step of its way, in milliseconds.
    steps: Vec<u64>,
    /// The step in which it is cancelled.
    cancelled_in: Option<usize>,
    /// How much later each of the two rows shows it.
    lags: [u64; 2],
    faults: Vec<Fault>,
    takes: u64,
    /// When messages come, and whether they are on the order.
    pushes: Vec<(u64, bool)>,
}

fn world() -> impl Strategy<Value = World> {
    let fault = prop_oneof![
        8 => Just(Fault::None),
        1 => Just(Fault::Failure),
        1 => Just(Fault::Refused),
        1 => Just(Fault::Misfit),
    ];
    let faults = prop_oneof![Just(vec![Fault::None]), vec(fault, 1..20), Just(vec![Fault::Refused])];
    (
        (0..STATES.len(), 0..400_000_u64, vec(0..120_000_u64, WAY.len() - 1)),
        (prop::option::of(0..3_usize), [0..20_000_u64, 0..20_000_u64], faults, 0..800_u64),
        vec((0..400_000_u64, any::<bool>()), 0..12),
    )
        .prop_map(|((state, timeout, steps), (cancelled_in, lags, faults, takes), mut pushes)| {
            pushes.sort_unstable();
            World { state, timeout, steps, cancelled_in, lags, faults, takes, pushes }
        })
}

impl World {
    fn run(&self) -> Result<(), TestCaseError> {
        let (name, _) = STATES[self.state];
        let policy = RetryPolicy { wait_timeout: Duration::from_millis(self.timeout), ..RetryPolicy::default() };
        let mut wait = Wait::new("alibaba.order", name, "\"77\"", &policy).unwrap();
        let (mut now, mut calls, mut pushes) = (0, 0, self.pushes.iter().peekable());
        // Each look takes two calls and a wait at most; each message makes one look more.
        for _ in 0..4 * (self.timeout / LONGEST_PAUSE_MS + 10 + 6 * self.pushes.len() as u64) {
            match wait.step(START + now) {
                WaitStep::Look { endpoint, params } => {
                    reads(endpoint, &params)?;
                    let answer = self.answer(calls, now, endpoint.id);
                    calls += 1;
                    now += self.takes;
                    while let Some((_, is_on_it)) = pushes.next_if(|(at, _)| *at <= now) {
                        prop_assert_eq!(wait.on_push(message(*is_on_it)), *is_on_it);
                    }
                    match answer {
                        Ok((data, about)) => wait.on_reply(&data, about),
                        Err(is_retryable) => wait.on_failure("no answer", is_retryable),
                    }
                }
                WaitStep::Wait(millis) => {
                    prop_assert!(millis > 0 && millis <= LONGEST_PAUSE_MS, "{millis}");
                    let until = now + millis;
                    now = until;
                    while let Some((at, is_on_it)) = pushes.next_if(|(at, _)| *at <= until) {
                        if wait.on_push(message(*is_on_it)) {
                            now = *at;
                            break;
                        }
                    }
                }
                WaitStep::Done(waited) => return self.check(&waited, now),
            }
        }
        Err(TestCaseError::fail("it does not end"))
    }

    /// How it ended, held against what became of the order.
    fn check(&self, waited: &Waited, now: u64) -> Result<(), TestCaseError> {
        // The last look may begin as late as that, and take as long as its calls.
        let look = 2 * self.takes + 1;
        prop_assert!(now <= self.timeout + 2 * look, "it ends at {now}");
        let all_answer = self.faults == [Fault::None];
        // All that follows shows in every row.
        let shows = |at: Option<u64>| at.map(|at| at + self.lags[0].max(self.lags[1]));
        match waited {
            Waited::Reached { .. } => prop_assert!(self.reached_at().is_some_and(|at| at <= now), "not reached"),
            Waited::Never { .. } => prop_assert!(self.over_at().is_some_and(|at| at <= now), "it can still come"),
            Waited::TimedOut { .. } => {
                prop_assert!(now >= self.timeout, "there is time left");
                for end in [shows(self.reached_at()), shows(self.over_at())].into_iter().flatten() {
                    prop_assert!(!all_answer || end > self.timeout, "it was there at {end}");
                }
            }
            Waited::Failed => prop_assert!(self.faults.contains(&Fault::Refused), "failed"),
            other => prop_assert!(false, "{other:?}"),
        }
        let first = [shows(self.reached_at()), shows(self.over_at())].into_iter().flatten().min();
        if let Some(first) = first.filter(|_| all_answer) {
            prop_assert!(now <= first + LONGEST_PAUSE_MS + 2 * look, "it ends at {now}, and could at {first}");
        }
        Ok(())
    }

    /// When the order comes into a step of its way.
    fn comes_at(&self, step: usize) -> Option<u64> {
        self.cancelled_in.is_none_or(|cancelled| step <= cancelled).then(|| self.steps[..step].iter().sum())
    }

    fn cancelled_at(&self) -> Option<u64> {
        self.cancelled_in.map(|step| self.steps[..=step].iter().sum())
    }

    fn reached_at(&self) -> Option<u64> {
        match STATES[self.state].1 {
            Some(step) => self.comes_at(step),
            None => self.cancelled_at(),
        }
    }

    /// When the state can come no more.
    fn over_at(&self) -> Option<u64> {
        match STATES[self.state].1 {
            // What was reached once is past, where the order is cancelled behind it.
            Some(_) => self.cancelled_at(),
            None => self.comes_at(WAY.len() - 1),
        }
    }

    fn answer(&self, call: usize, now: u64, row: &str) -> Result<(String, &'static str), bool> {
        let about = match self.faults[call % self.faults.len()] {
            Fault::Failure => return Err(true),
            Fault::Refused => return Err(false),
            Fault::Misfit => {
                return Ok(("null".into(), r#"{"warnings":[{"path":"data","expected":"an object","found":"text"}]}"#));
            }
            Fault::None => r#"{"warnings":[]}"#,
        };
        match row {
            "alibaba.order.get" => Ok((self.order(now, self.lags[0]).to_string(), about)),
            "alibaba.order.page" => {
                Ok((json!({"result": [self.order(now, self.lags[1])], "totalRecord": 1}).to_string(), about))
            }
            other => panic!("asked {other}"),
        }
    }

    /// The order as it was when the row looked at it; nothing, if that was before it was made.
    fn order(&self, now: u64, lag: u64) -> Json {
        let Some(seen) = now.checked_sub(lag) else { return Json::Null };
        let is_cancelled = self.cancelled_at().is_some_and(|at| at <= seen);
        let step = (0..WAY.len()).rev().find(|step| self.comes_at(*step).is_some_and(|at| at <= seen));
        let status = if is_cancelled { "cancel" } else { WAY[step.unwrap_or_default()] };
        // A payment is given back when the order is cancelled.
        let paid = if status == "waitbuyerpay" || is_cancelled { "1" } else { "2" };
        json!({"baseInfo": {"id": "77", "status": status}, "tradeTerms": [{"payStatus": paid}]})
    }
}

fn message(is_on_it: bool) -> &'static str {
    if is_on_it { r#"{"orderId":"77"}"# } else { r#"{"orderId":"177","note":"77 of them"}"# }
}

/// A wait never writes, and asks only what can be asked.
fn reads(endpoint: &Endpoint, params: &str) -> Result<(), TestCaseError> {
    static CORE: LazyLock<Core> = LazyLock::new(|| Core::new(Config::new("key", "secret", "user")).unwrap());
    prop_assert_eq!(endpoint.safety, Safety::Read, "{}", endpoint.id);
    let prepared = CORE.prepare_json(catalogue::find(endpoint.id).unwrap(), params.as_bytes());
    prop_assert!(prepared.is_ok(), "{}: {params}: {prepared:?}", endpoint.id);
    Ok(())
}
