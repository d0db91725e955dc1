//! Waiting for states of orders and refunds, on a platform that is written down here.

use std::time::Duration;
use xportcn_core::{RetryPolicy, Wait, WaitStep, Waited, goals};

const START: u64 = 1_722_500_000_000;
const TIMEOUT: u64 = 600_000;

/// What the platform answers: the data, or why it does not and whether it may another time.
type Answer = Result<String, (&'static str, bool)>;

struct Run {
    waited: Waited,
    /// Milliseconds after the beginning at which calls were made, and the rows that were asked.
    calls: Vec<(u64, &'static str, String)>,
}

fn wait(of: &str, state: &str, params: &str) -> Wait {
    let policy = RetryPolicy { wait_timeout: Duration::from_millis(TIMEOUT), ..RetryPolicy::default() };
    Wait::new(of, state, params, &policy).unwrap()
}

fn run(mut wait: Wait, mut platform: impl FnMut(u64, &str, &str) -> Answer) -> Run {
    let (mut now, mut calls) = (START, Vec::new());
    for _ in 0..10_000 {
        match wait.step(now) {
            WaitStep::Look { endpoint, params } => {
                assert_eq!(endpoint.safety.as_str(), "read", "{}", endpoint.id);
                match platform(now - START, endpoint.id, &params) {
                    Ok(data) => wait.on_reply(&data, "{}"),
                    Err((words, is_retryable)) => wait.on_failure(words, is_retryable),
                }
                calls.push((now - START, endpoint.id, params));
            }
            WaitStep::Wait(millis) => now += millis,
            WaitStep::Done(waited) => return Run { waited, calls },
        }
    }
    panic!("it does not end");
}

fn times(run: &Run, id: &str) -> Vec<u64> {
    run.calls.iter().filter(|(_, called, _)| *called == id).map(|(at, ..)| *at).collect()
}

const UNPAID: &str = r#"{"baseInfo":{"id":"7","status":"waitbuyerpay"},"tradeTerms":[{"payStatus":"1"}]}"#;
const SENT: &str = r#"{"baseInfo":{"id":"7","status":"waitbuyerreceive"},"tradeTerms":[{"payStatus":"2"}]}"#;
const CANCELLED: &str = r#"{"baseInfo":{"id":"7","status":"cancel"},"tradeTerms":[{"payStatus":"8"}]}"#;

#[test]
fn it_looks_at_once_and_again_with_growing_pauses_until_the_state_is_there() {
    let wait = wait("alibaba.order", "shipped", r#"{"orderId":"7"}"#);
    let run = run(wait, |at, _, _| Ok(if at < 50_000 { UNPAID } else { SENT }.to_string()));
    assert_eq!(run.waited, Waited::Reached { found: SENT.to_string() });
    assert_eq!(times(&run, "alibaba.order.get"), [0, 1_000, 3_000, 7_000, 15_000, 31_000, 61_000]);
    assert_eq!(run.calls[0].2, r#"{"orderId":"7","webSite":"1688"}"#);
    // What the first row shows is not asked of another.
    assert_eq!(run.calls.len(), 7);
}

#[test]
fn it_ends_in_a_state_from_which_the_wanted_one_cannot_come() {
    let wait = wait("alibaba.order", "paid", "7");
    let run = run(wait, |at, _, _| Ok(if at < 10_000 { UNPAID } else { CANCELLED }.to_string()));
    assert_eq!(run.waited, Waited::Never { found: CANCELLED.to_string() });
    assert_eq!(run.calls.len(), 5);
}

#[test]
fn it_ends_with_its_time_and_tells_what_was_seen_last() {
    let wait = wait("alibaba.order", "paid", r#"{"orderId":"7"}"#);
    let run = run(wait, |_, _, _| Ok(UNPAID.to_string()));
    assert_eq!(run.waited, Waited::TimedOut { found: Some(UNPAID.to_string()), reason: None });
    // The last look is made when the time is over, and none after it.
    assert_eq!(run.calls.last().unwrap().0, TIMEOUT);
}

#[test]
fn an_order_that_does_not_show_yet_is_waited_for() {
    let wait = wait("taobao.order", "paid", r#"{"orderId":"9"}"#);
    let run = run(wait, |at, id, _| match (id, at) {
        ("taobao.order.get", _) => Err(("no such path", false)),
        ("taobao.order.purchase_page", 20_000..) => {
            Ok(r#"{"data":[{"orderId":"9","orderStatus":10}],"total":1}"#.into())
        }
        _ => Ok(r#"{"data":[],"total":0}"#.into()),
    });
    assert_eq!(run.waited, Waited::Reached { found: r#"{"orderId":"9","orderStatus":10}"#.to_string() });
}

#[test]
fn where_no_call_helps_it_ends_after_three_looks() {
    let wait = wait("alibaba.order", "paid", r#"{"orderId":"7"}"#);
    let run = run(wait, |_, _, _| Err(("the key is unknown", false)));
    assert_eq!(run.waited, Waited::Failed);
    assert_eq!(times(&run, "alibaba.order.get"), [0, 1_000, 3_000]);
}

#[test]
fn a_network_that_is_gone_for_a_while_is_waited_for() {
    let wait = wait("alibaba.order", "paid", r#"{"orderId":"7"}"#);
    let run = run(wait, |at, _, _| if at < 120_000 { Err(("no route", true)) } else { Ok(SENT.to_string()) });
    assert_eq!(run.waited, Waited::Reached { found: SENT.to_string() });
}

#[test]
fn a_network_that_stays_away_is_told() {
    let run = run(wait("alibaba.order", "paid", r#"{"orderId":"7"}"#), |_, _, _| Err(("no route", true)));
    assert_eq!(run.waited, Waited::TimedOut { found: None, reason: Some("no route".to_string()) });
}

#[test]
fn a_message_on_the_object_wakes_it_and_others_do_not() {
    let mut wait = wait("taobao.after_sale", "refunded", r#"{"refundId":"55"}"#);
    let WaitStep::Look { .. } = wait.step(START) else { panic!("it does not look at once") };
    assert_eq!(wait.shown(), None);
    wait.on_reply(r#"{"refundOrderAggregate":{"refundOrder":{"refundId":"55","refundStatus":10}}}"#, "{}");
    let WaitStep::Wait(1_000) = wait.step(START) else { panic!("it does not wait") };
    assert_eq!(wait.shown().as_deref(), Some("refundOrder.refundStatus 10"));
    assert!(!wait.on_push(r#"{"refundId":"155","amount":57}"#));
    assert!(matches!(wait.step(START + 1), WaitStep::Wait(999)));
    assert!(wait.on_push(r#"{"orders":[{"refund":{"refundId":"55"}}]}"#));
    let WaitStep::Look { endpoint, params } = wait.step(START + 2) else { panic!("it does not look") };
    assert_eq!((endpoint.id, params.as_str()), ("taobao.after_sale.get", r#"{"refundId":"55"}"#));
    wait.on_reply(r#"{"refundOrderAggregate":{"refundOrder":{"refundId":"55","refundStatus":100}}}"#, "{}");
    assert!(matches!(wait.step(START + 3), WaitStep::Done(Waited::Reached { .. })));
}

#[test]
fn a_message_that_comes_within_a_look_has_it_look_again_at_once() {
    let mut wait = wait("alibaba.order", "paid", r#"{"orderId":"7"}"#);
    let WaitStep::Look { .. } = wait.step(START) else { panic!("it does not look at once") };
    assert!(wait.on_push(r#"{"orderId":7}"#));
    wait.on_reply(UNPAID, "{}");
    let WaitStep::Wait(1) = wait.step(START) else { panic!("it does not look again at once") };
    let WaitStep::Look { .. } = wait.step(START + 1) else { panic!("it does not look again") };
    wait.on_reply(UNPAID, "{}");
    assert!(matches!(wait.step(START + 2), WaitStep::Wait(1_000)));
}

#[test]
fn what_cannot_be_waited_for_is_refused_with_what_can() {
    let refused = |of: &str, state: &str, params: &str| {
        Wait::new(of, state, params, &RetryPolicy::default()).unwrap_err().to_string()
    };
    for (of, state, params, words) in [
        ("warehouse", "booked", "{}", "those of taobao.order, taobao.after_sale, alibaba.order"),
        ("taobao.order", "payed", r#"{"orderId":"1"}"#, "it can be paid, shipped, cancelled"),
        ("taobao.order", "received", r#"{"orderId":"1"}"#, "is `received`, which is none"),
        ("taobao.order", "paid", "{}", "`orderId`: is required"),
        ("taobao.order", "paid", r#""""#, "`orderId`: is required"),
        ("taobao.order", "paid", "", "`orderId`: is required"),
        ("taobao.order", "paid", "[1]", "`orderId`: is required"),
        ("taobao.order", "paid", r#"{"orderId":null}"#, "`orderId`: is required"),
        ("taobao.order", "paid", r#"{"refundId":"1"}"#, "did you mean `orderId`?"),
    ] {
        let refusal = refused(of, state, params);
        assert!(refusal.contains(words), "{refusal}");
    }
}

#[test]
fn goals_have_one_name_each_and_an_end() {
    for group in goals::GOALS {
        for goal in *group {
            assert_eq!(goal.of, group[0].of);
            assert_eq!(goal.id, group[0].id, "{}", goal.of);
            assert_eq!(group.iter().filter(|other| other.name == goal.name).count(), 1, "{} {}", goal.of, goal.name);
            assert!(goal.shown_by.iter().all(|shown| !shown.done.is_empty()), "{} {}", goal.of, goal.name);
        }
    }
}
