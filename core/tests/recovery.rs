//! Writes whose answers were lost, looked for on a platform that is written down here.

use std::time::Duration;
use xportcn_core::catalogue::find;
use xportcn_core::exchange::FailureKind;
use xportcn_core::{Config, Core, Error, Exchange, Outcome, Recovery, RecoveryStep, RetryPolicy, Step, Ticket};

const START: u64 = 1_722_500_000_000;
const WINDOW: u64 = 60_000;
/// One moment after [`START`], as replies write it.
const MADE: &str = "2024-08-01 16:13:21";

/// What the platform answers: the data, what came with it, or why it does not answer.
type Answer = Result<(String, &'static str), &'static str>;

struct Run {
    outcome: Outcome,
    /// Milliseconds after the sending at which looks were made, and the rows that were asked.
    looks: Vec<(u64, &'static str, String)>,
}

fn core(set: &[&str]) -> Core {
    let mut config = Config::new("key", "secret", "user");
    config.paths.extend(set.iter().map(|id| ((*id).to_string(), find(id).unwrap().path.to_string())));
    Core::new(config).unwrap()
}

/// The ticket of a write that was sent and never answered.
fn lost(core: &Core, id: &str, params: &str) -> Ticket {
    let policy = RetryPolicy { max_retries: 0, ..RetryPolicy::default() };
    let mut exchange = Exchange::begin_json(core, find(id).unwrap(), params.as_bytes(), policy).unwrap();
    let Step::Send { .. } = exchange.step(START, [1; 32]) else { panic!("nothing was sent") };
    exchange.on_failure(FailureKind::Timeout, true, "").unwrap();
    let Step::Done(Err(error)) = exchange.step(START + 30_000, [2; 32]) else { panic!("it has not ended") };
    error.ticket().unwrap().clone()
}

fn recover(core: &Core, ticket: Ticket, platform: impl FnMut(u64, &str, &str) -> Answer) -> Run {
    run(Recovery::new(core, ticket, Duration::from_millis(WINDOW)).unwrap(), platform).0
}

fn run(mut recovery: Recovery, mut platform: impl FnMut(u64, &str, &str) -> Answer) -> (Run, String) {
    let (mut now, mut looks) = (START, Vec::new());
    for _ in 0..10_000 {
        match recovery.step(now) {
            RecoveryStep::Look { endpoint, params } => {
                assert_eq!(endpoint.safety.as_str(), "read", "{}", endpoint.id);
                let prepared = core(&[]).prepare_json(endpoint, params.as_bytes());
                assert!(prepared.is_ok(), "{}: {params}: {prepared:?}", endpoint.id);
                match platform(now - START, endpoint.id, &params) {
                    Ok((data, about)) => recovery.on_reply(&data, about),
                    Err(words) => recovery.on_failure(words),
                }
                looks.push((now - START, endpoint.id, params));
            }
            RecoveryStep::Wait(millis) => now += millis,
            RecoveryStep::Done(outcome) => return (Run { outcome, looks }, recovery.before().to_string()),
        }
    }
    panic!("it does not end");
}

fn ok(data: &str) -> Answer {
    Ok((data.to_string(), "{}"))
}

fn orders(orders: &str) -> Answer {
    ok(&format!(r#"{{"data":[{orders}]}}"#))
}

fn unknown(run: &Run) -> &str {
    match &run.outcome {
        Outcome::Unknown { reason } => reason,
        other => panic!("{other:?}"),
    }
}

/// A page of the walk has its number in its parameters; all pages but the first are empty.
fn is_first(params: &str) -> bool {
    params.contains(r#""pageNo":1,"#) || params.contains(r#""beginPage":1,"#) || params == "{}"
}

#[test]
fn a_payment_that_shows_is_done_at_the_first_look() {
    let core = core(&[]);
    let ticket = lost(&core, "taobao.order.purchase_pay", r#"{"orderId":"77"}"#);
    let found = r#"{"orderId":"77","orderStatus":10}"#;
    let run = recover(&core, ticket, |_, row, _| {
        assert_eq!(row, "taobao.order.purchase_page");
        orders(&format!(r#"{{"orderId":"78","orderStatus":1}},{found}"#))
    });
    assert_eq!(run.outcome, Outcome::Done { found: vec![found.to_string()] });
    assert_eq!(run.looks.len(), 1);
}

#[test]
fn what_is_paid_late_is_found_by_a_later_look() {
    let core = core(&[]);
    let ticket = lost(&core, "taobao.order.pay", r#"{"orderId":"77"}"#);
    let run = recover(&core, ticket, |now, _, _| {
        let state = match now {
            0..2_000 => 1,
            2_000..9_000 => 5,
            _ => 10,
        };
        orders(&format!(r#"{{"orderId":"77","orderStatus":{state}}}"#))
    });
    assert!(matches!(run.outcome, Outcome::Done { .. }), "{:?}", run.outcome);
    let moments: Vec<u64> = run.looks.iter().map(|look| look.0).collect();
    assert_eq!(moments, [0, 1_000, 3_000, 7_000, 15_000]);
}

#[test]
fn a_payment_in_the_background_that_does_not_show_is_never_not_done() {
    let core = core(&["taobao.order.purchase_page", "taobao.order.get", "taobao.order.page"]);
    for (state, words) in [(1, "old state"), (5, "under way"), (4, "no longer")] {
        let ticket = lost(&core, "taobao.order.pay", r#"{"orderId":"77"}"#);
        let run = recover(&core, ticket, |_, _, _| orders(&format!(r#"{{"orderId":"77","orderStatus":{state}}}"#)));
        assert!(unknown(&run).contains(words), "{:?}", run.outcome);
        assert!(run.looks.last().unwrap().0 >= WINDOW, "{:?}", run.looks);
    }
}

const CANCEL: &str = r#"{"webSite":"1688","orderId":77,"cancelReason":"other"}"#;

#[test]
fn an_order_in_its_old_state_was_not_cancelled_where_the_call_answers_with_the_end() {
    let core = core(&[]);
    let ticket = lost(&core, "alibaba.order.cancel", CANCEL);
    let run = recover(&core, ticket, |_, row, params| {
        assert_eq!((row, params), ("alibaba.order.get", r#"{"orderId":"77","webSite":"1688"}"#));
        ok(r#"{"baseInfo":{"id":"77","status":"waitbuyerpay"}}"#)
    });
    assert_eq!(run.outcome, Outcome::NotDone);
    assert!(run.looks.len() > 3 && run.looks.last().unwrap().0 >= WINDOW, "{:?}", run.looks);
}

#[test]
fn a_look_that_fails_or_cannot_be_read_proves_nothing() {
    let core = core(&[]);
    let cancel = || lost(&core, "alibaba.order.cancel", CANCEL);
    let run = recover(&core, cancel(), |_, _, _| Err("no connection"));
    assert!(unknown(&run).contains("no connection"), "{:?}", run.outcome);
    // The last look counts: it is the only one after the window.
    let run = recover(&core, cancel(), |now, row, _| match (now, row) {
        (WINDOW.., _) => Err("no connection"),
        _ => ok(r#"{"baseInfo":{"id":"77","status":"waitbuyerpay"}}"#),
    });
    assert!(matches!(run.outcome, Outcome::Unknown { .. }), "{:?}", run.outcome);
    // One that failed before does not matter.
    let run = recover(&core, cancel(), |now, _, _| match now {
        0..5_000 => Err("no connection"),
        _ => ok(r#"{"baseInfo":{"id":"77","status":"waitbuyerpay"}}"#),
    });
    assert_eq!(run.outcome, Outcome::NotDone);
    let odd = r#"{"warnings":[{"path":"data.baseInfo.status","expected":"text","found":"a list"}]}"#;
    let run = recover(&core, cancel(), |_, _, _| Ok((r#"{"baseInfo":{"id":"77","status":null}}"#.into(), odd)));
    assert!(unknown(&run).contains("cannot be read"), "{:?}", run.outcome);
    let run =
        recover(&core, cancel(), |_, _, _| Ok((r#"{"baseInfo":{"id":"77","status":"waitbuyerpay"}}"#.into(), odd)));
    assert!(matches!(run.outcome, Outcome::Unknown { .. }), "{:?}", run.outcome);
    // Another order than the one that was asked for.
    let run = recover(&core, cancel(), |_, row, _| match row {
        "alibaba.order.get" => ok(r#"{"baseInfo":{"id":"78","status":"waitbuyerpay"}}"#),
        _ => ok(r#"{"result":[]}"#),
    });
    assert!(matches!(run.outcome, Outcome::Unknown { .. }), "{:?}", run.outcome);
}

#[test]
fn some_orders_of_a_batch_may_be_paid_and_others_not() {
    let core = core(&[]);
    let ticket = lost(&core, "alibaba.order.batch_submit_payment", r#"{"orderIds":["1","2"]}"#);
    let run = recover(&core, ticket, |_, row, params| {
        let (id, state) = if params.contains("\"1\"") { (1, 2) } else { (2, 1) };
        assert_eq!(row, "alibaba.order.get");
        ok(&format!(r#"{{"baseInfo":{{"id":"{id}"}},"tradeTerms":[{{"payStatus":{state}}}]}}"#))
    });
    let Outcome::Partly { found, missing, reason } = &run.outcome else { panic!("{:?}", run.outcome) };
    assert_eq!((found.len(), missing.as_slice()), (1, &["2".to_string()][..]));
    assert!(found[0].contains(r#""id":"1""#) && reason.contains("proves nothing"), "{reason}");
}

const CREATE: &str = r#"{"orderLineList":[{"itemId":"1","skuId":"11","quantity":1},{"itemId":"2","skuId":"22","quantity":1}],
    "purchaseAmount":"10","receiver":{},"sellerOrderNumber":"shop-1"}"#;

fn created() -> (Core, Ticket) {
    let core = core(&["taobao.order.purchase_page", "taobao.order.page"]);
    let ticket = lost(&core, "taobao.order.purchase_create", &create());
    (core, ticket)
}

/// The example of the row, with a reference and two lines.
fn create() -> String {
    let example: serde_json::Value = serde_json::from_str(include_str!("../../tests/examples.json")).unwrap();
    let mut params = example["examples"]["taobao.order.purchase_create"].clone();
    let given: serde_json::Value = serde_json::from_str(CREATE).unwrap();
    params["orderLineList"] = given["orderLineList"].clone();
    params["sellerOrderNumber"] = given["sellerOrderNumber"].clone();
    params.to_string()
}

fn order(id: u32, reference: &str, lines: &[u32]) -> String {
    let lines: Vec<String> =
        lines.iter().map(|item| format!(r#"{{"itemId":"{item}","skuId":"{item}{item}"}}"#)).collect();
    format!(
        r#"{{"orderId":"{id}","sellerOrderNumber":"{reference}","createdTime":"{MADE}+08:00","subOrders":[{}]}}"#,
        lines.join(",")
    )
}

#[test]
fn a_creation_is_found_by_its_reference_when_all_its_lines_are_there() {
    let (core, ticket) = created();
    let run = recover(&core, ticket, |now, row, params| match (row, is_first(params)) {
        ("taobao.order.purchase_page", true) if now > 5_000 => {
            orders(&[order(9, "other", &[1]), order(10, "shop-1", &[2]), order(11, "shop-1", &[1])].join(","))
        }
        ("taobao.order.page", true) => orders(&order(10, "shop-1", &[2])),
        // One seller's order shows earlier than the other's.
        ("taobao.order.purchase_page", true) => orders(&order(10, "shop-1", &[2])),
        _ => orders(""),
    });
    let Outcome::Done { found } = &run.outcome else { panic!("{:?}", run.outcome) };
    assert_eq!(found, &[order(10, "shop-1", &[2]), order(11, "shop-1", &[1])]);
}

#[test]
fn a_creation_that_failed_in_part_tells_which_lines_show_in_no_order() {
    let (core, ticket) = created();
    let run = recover(&core, ticket, |_, _, params| match is_first(params) {
        true => orders(&order(10, "shop-1", &[2])),
        false => orders(""),
    });
    let Outcome::Partly { missing, .. } = &run.outcome else { panic!("{:?}", run.outcome) };
    assert_eq!(missing, &["itemId 1, skuId 11"]);
}

#[test]
fn a_creation_is_not_done_only_where_its_absence_is_proof() {
    let (core_set, ticket) = created();
    let others = |_: u64, _: &str, params: &str| match is_first(params) {
        true => orders(&order(9, "other", &[1])),
        false => orders(""),
    };
    let run = recover(&core_set, ticket.clone(), others);
    assert_eq!(run.outcome, Outcome::NotDone);
    assert!(run.looks.last().unwrap().0 >= WINDOW);
    // The path of one list is a guess.
    let guess = core(&["taobao.order.purchase_page"]);
    let run = recover(&guess, ticket.clone(), others);
    assert!(unknown(&run).contains("`taobao.order.page` may be wrong"), "{:?}", run.outcome);
    // No order shows the field.
    let run = recover(&core_set, ticket.clone(), |_, _, params| match is_first(params) {
        true => orders(r#"{"orderId":"9","sellerOrderNumber":null}"#),
        false => orders(""),
    });
    assert!(unknown(&run).contains("may not come back"), "{:?}", run.outcome);
    // It was absent from some looks only.
    let run = recover(&core_set, ticket.clone(), |now, row, params| match now {
        1_000..5_000 if is_first(params) => orders(&order(10, "shop-1", &[2])),
        _ => others(now, row, params),
    });
    assert_ne!(run.outcome, Outcome::NotDone);
    // One list answered with a page that cannot be read.
    let run = recover(&core_set, ticket.clone(), |now, row, params| match row {
        "taobao.order.page" => Ok((
            r#"{"data":[]}"#.into(),
            r#"{"warnings":[{"path":"data.data","expected":"a list","found":"an object"}]}"#,
        )),
        _ => others(now, row, params),
    });
    assert!(matches!(run.outcome, Outcome::Unknown { .. }), "{:?}", run.outcome);
    // An order of an earlier day has the same reference.
    let run = recover(&core_set, ticket, |_, _, params| match is_first(params) {
        true => orders(&order(10, "shop-1", &[1, 2]).replace("2024-08-01", "2024-07-01")),
        false => orders(""),
    });
    assert!(unknown(&run).contains("before the call"), "{:?}", run.outcome);
}

#[test]
fn pages_are_walked_back_to_the_sending_if_the_youngest_come_first() {
    let (core, ticket) = created();
    let page = |number: u32| {
        let day = 31 - number;
        let old = |at: u32| {
            format!(
                r#"{{"orderId":"{number}{at}","sellerOrderNumber":"x","createdTime":"2024-07-{day} 10:{at:02}:00+08:00"}}"#
            )
        };
        orders(&(1..12).rev().map(old).collect::<Vec<_>>().join(","))
    };
    let run = recover(&core, ticket.clone(), |_, _, params| {
        let number: u32 = params.split([':', ',']).nth(1).unwrap().parse().unwrap();
        page(number)
    });
    assert_eq!(run.outcome, Outcome::NotDone);
    assert!(run.looks.iter().all(|(_, _, params)| is_first(params)), "{:?}", run.looks);
    // Where the oldest come first, the new order is on the last page.
    let run = recover(&core, ticket, |_, _, params| {
        let number: u32 = params.split([':', ',']).nth(1).unwrap().parse().unwrap();
        match number {
            1 => orders(
                r#"{"orderId":"1","createdTime":"2024-07-01 10:00:00+08:00"},{"orderId":"2","createdTime":"2024-07-02 10:00:00+08:00"}"#,
            ),
            2 => orders(&order(10, "shop-1", &[1, 2])),
            _ => orders(""),
        }
    });
    assert!(matches!(run.outcome, Outcome::Done { .. }), "{:?}", run.outcome);
}

#[test]
fn a_ticket_holds_the_fields_wherever_the_wire_has_them() {
    // In the path, and in the body of one call that is set to a GET.
    let core = core(&[]);
    let ticket = lost(&core, "taobao.after_sale.cancel", r#"{"refundId":"9007199254740993"}"#);
    let run = recover(&core, ticket, |_, row, params| {
        assert_eq!((row, params), ("taobao.after_sale.get", r#"{"refundId":"9007199254740993"}"#));
        ok(r#"{"refundOrderAggregate":{"refundOrder":{"refundId":"9007199254740993","refundStatus":-20}}}"#)
    });
    assert!(matches!(run.outcome, Outcome::Done { .. }), "{:?}", run.outcome);
    let mut config = Config::new("key", "secret", "user");
    config.paths.insert("taobao.order.pay".into(), "GET /open/pay".into());
    let core = Core::new(config).unwrap();
    let ticket = lost(&core, "taobao.order.pay", r#"{"orderId":"a b","note":"x&y=z"}"#);
    assert!(ticket.to_json().contains(r#""params":{"orderId":"a b","note":"x&y=z"}"#), "{}", ticket.to_json());
    // Lines that the wire embeds as text are lines again.
    let (core, ticket) = created();
    assert!(ticket.to_json().contains(r#""orderLineList":"[{"#), "{}", ticket.to_json());
    let run = recover(&core, ticket, |_, _, _| orders(&order(10, "shop-1", &[2])));
    assert!(matches!(&run.outcome, Outcome::Partly { missing, .. } if missing.len() == 1), "{:?}", run.outcome);
}

#[test]
fn what_a_call_does_not_name_is_not_looked_for() {
    let core = core(&[]);
    for (id, params, words) in [
        ("warehouse.update_domestic_logistics", r#"{"orderId":"1"}"#, "no call shows"),
        ("taobao.cart.create_order", r#"{"ids":[1]}"#, "from which it was made"),
        ("poizon.order.create", r#"{"requestId":"1"}"#, "neither the fields"),
    ] {
        let ticket = Ticket::parse(&format!(
            r#"{{"version":1,"endpoint":"{id}","userId":"user","baseUrl":"{}","sentAt":1,"lastSentAt":1,"params":{params}}}"#,
            Config::BASE_URL
        ));
        let run = recover(&core, ticket.unwrap(), |_, row, _| panic!("asked {row}"));
        assert!(unknown(&run).contains(words), "{:?}", run.outcome);
    }
    let ticket = lost(&core, "taobao.order.purchase_create", &create().replace("sellerOrderNumber", "otherNumber"));
    let run = recover(&core, ticket, |_, row, _| panic!("asked {row}"));
    assert!(unknown(&run).contains("carried no `sellerOrderNumber`"), "{:?}", run.outcome);
}

#[test]
fn what_only_a_comparison_shows_is_looked_at_before_the_write() {
    let core = core(&["alibaba.cart.list"]);
    let line = |id: u32, quantity: u32| format!(r#"{{"id":"{id}","specId":"s{id}","quantity":{quantity}}}"#);
    let cart = |lines: &[String]| ok(&format!(r#"{{"enableList":[{{"cartItemInfos":[{}]}}]}}"#, lines.join(",")));
    let (add, delete) = ("alibaba.cart.add", "alibaba.cart.delete");
    for (id, params, then, expected) in [
        (add, r#"{"offerId":1,"specId":"s1","quantity":2}"#, vec![line(1, 3)], Some(1)),
        (add, r#"{"offerId":1,"specId":"s1","quantity":2}"#, vec![line(1, 1)], None),
        (delete, r#"{"cartIds":[1]}"#, vec![line(2, 1)], Some(0)),
        (delete, r#"{"cartIds":[1]}"#, vec![line(1, 1)], None),
    ] {
        let look = Recovery::look_before(&core, find(id).unwrap(), params).unwrap().unwrap();
        let (_, before) = run(look, |_, _, _| cart(&[line(1, 1)]));
        let mut ticket = lost(&core, id, params);
        let without = recover(&core, ticket.clone(), |_, _, _| cart(&then));
        assert!(matches!(without.outcome, Outcome::Unknown { .. }), "{id}: {:?}", without.outcome);
        ticket.set_before(&before);
        let ticket = Ticket::parse(&ticket.to_json()).unwrap();
        let run = recover(&core, ticket, |_, _, _| cart(&then));
        match (&run.outcome, expected) {
            (Outcome::Done { found }, Some(count)) => assert_eq!(found.len(), count, "{id}"),
            (Outcome::Unknown { .. }, None) => {}
            (other, _) => panic!("{id}: {other:?}"),
        }
    }
    let pay = Recovery::look_before(&core, find("taobao.order.pay").unwrap(), r#"{"orderId":"1"}"#).unwrap();
    assert!(pay.is_none(), "a payment needs no look before");
}

#[test]
fn a_ticket_is_kept_as_json_and_is_for_its_account_only() {
    let (core, ticket) = created();
    let json = ticket.to_json();
    assert_eq!(Ticket::parse(&json).unwrap(), ticket);
    assert!(!json.contains("secret") && json.contains(r#""endpoint":"taobao.order.purchase_create""#), "{json}");
    assert!(!format!("{ticket:?}").contains("shop-1"), "{ticket:?}");
    let other = Core::new(Config::new("key", "secret", "other")).unwrap();
    let Err(Error::InvalidRequest { path, reason, .. }) = Recovery::new(&other, ticket, Duration::ZERO) else {
        panic!()
    };
    assert!(path == "ticket" && reason.contains("user_id"), "{reason}");
    for (wrong, words) in [
        ("[]", "no JSON object"),
        ("{}", "`version`"),
        (r#"{"version":2}"#, "later version"),
        (r#"{"version":1,"endpoint":"taobao.order.page"}"#, "does not write"),
        (&json.replace("\"sentAt\":", "\"sentAt\":-"), "milliseconds"),
    ] {
        let Err(Error::InvalidRequest { reason, .. }) = Ticket::parse(wrong) else { panic!("{wrong}") };
        assert!(reason.contains(words), "{wrong}: {reason}");
    }
    drop(core);
}
