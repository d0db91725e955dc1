//! The budgets of speed, most of them as ratios to peers that run in turn with the core, so that a busy machine slows
//! both.
//! `cargo bench -p xportcn-core --bench budgets` prints a row of JSON for each, and fails if one is missed; the inputs are
//! those of every host's benchmark, which `python3 tests/bench/inputs.py` writes. Times are in microseconds.

mod peers;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use xportcn_core::alibaba::order::Create;
use xportcn_core::alibaba::product::{KeywordSearch, OfferPage};
use xportcn_core::codec::Policy;
use xportcn_core::exchange::FailureKind;
use xportcn_core::taobao::after_sale::Render;
use xportcn_core::{Call, Config, Core, Nonce, RetryPolicy, Step, TransportKind, codec};

const ROUNDS: usize = 200;
/// A case whose rounds take longer has fewer of them.
const LONGEST: Duration = Duration::from_secs(3);
const NOW: u64 = 1_700_000_000_000;

/// What the exchange may add to the cost of a step.
const STEP_BUDGET: Duration = Duration::from_micros(1);
const BY_HAND: &str = "format!, md-5 and serde_json by hand";

fn main() -> ExitCode {
    let mut budgets = vec![small_request(), order_request()];
    for (name, file) in
        [("1 KB", "reply_1k.json"), ("24 KB", "reply_24k.json"), ("1 MB", "reply_1m.json"), ("10 MB", "reply_10m.json")]
    {
        let body = peers::input(file);
        budgets.extend([typed_reply(name, &body), table_reply(name, &body)]);
    }
    budgets.extend([linear_cost(), answered_call(), retried_call()]);
    if budgets.iter().all(|within| *within) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Three fields, from a typed value.
fn small_request() -> bool {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let call = peers::render_call();
    let nonce = Nonce::from_random([7; Nonce::LENGTH]);
    let client = peers::client();
    let by_hand = peers::Render { sub_order_id: "1034499579120189839", goods_status: 1, refund_type: 1 };
    compare(
        "build and sign a small request",
        BY_HAND,
        1.5,
        || drop(black_box(core.sign(&core.prepare(black_box(&call)).unwrap(), NOW, &nonce))),
        || drop(black_box(client.post("/open/order/refund/render", black_box(&by_hand), NOW, nonce.as_str()))),
    )
}

/// An order of 20 lines, from a typed value.
fn order_request() -> bool {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let params = peers::params("params_order.json");
    let call: Create = codec::from_json(&params, Policy::Request).unwrap();
    let by_hand: peers::Order = serde_json::from_str(&params).unwrap();
    assert_eq!(call.cargo_param_list.len(), by_hand.cargo_param_list.len());
    let nonce = Nonce::from_random([7; Nonce::LENGTH]);
    let client = peers::client();
    compare(
        "build and sign an order of 20 lines",
        BY_HAND,
        1.5,
        || drop(black_box(core.sign(&core.prepare(black_box(&call)).unwrap(), NOW, &nonce))),
        || drop(black_box(client.post("/alibaba/order/create", black_box(&by_hand), NOW, nonce.as_str()))),
    )
}

/// What is done once for a reply weighs more in a short one.
fn typed_reply(size: &str, body: &[u8]) -> bool {
    compare(
        &format!("read a reply of {size} into types"),
        "serde_json into plain structs",
        if body.len() < 4096 { 1.5 } else { 1.25 },
        || drop(black_box(codec::decode_as::<OfferPage>(black_box(body)).unwrap())),
        || drop(black_box(serde_json::from_slice::<peers::Reply<peers::Page>>(black_box(body)).unwrap())),
    )
}

fn table_reply(size: &str, body: &[u8]) -> bool {
    let kind = &KeywordSearch::ENDPOINT.reply;
    compare(
        &format!("read a reply of {size} into canonical JSON"),
        "serde_json into Value",
        1.0,
        || drop(black_box(codec::decode(kind, black_box(body)).unwrap())),
        || drop(black_box(serde_json::from_slice::<serde_json::Value>(black_box(body)).unwrap())),
    )
}

/// The cost of a byte in a 10 MB reply, beside that in a 24 KB one.
fn linear_cost() -> bool {
    let kind = &KeywordSearch::ENDPOINT.reply;
    let small = peers::input("reply_24k.json");
    let large = peers::input("reply_10m.json");
    let repeat = large.len() / small.len();
    compare(
        "read a reply of 10 MB",
        "as many bytes in replies of 24 KB",
        2.0,
        || drop(black_box(codec::decode(kind, black_box(&large)).unwrap())),
        || (0..repeat).for_each(|_| drop(black_box(codec::decode(kind, black_box(&small)).unwrap()))),
    )
}

/// A call that is answered at once: two steps.
fn answered_call() -> bool {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let call = peers::render_call();
    added(
        "what the exchange adds to a step of an answered call",
        2,
        || {
            let mut exchange = core.call(black_box(&call), RetryPolicy::default()).unwrap();
            let Step::Send { request, .. } = exchange.step(&core, NOW, [7; Nonce::LENGTH]) else { unreachable!() };
            drop(black_box(request));
            exchange.on_response(&core, peers::render_response());
            let Step::Done(Ok(reply)) = exchange.step(&core, NOW, [8; Nonce::LENGTH]) else { unreachable!() };
            drop(black_box(reply));
        },
        || {
            let prepared = core.prepare(black_box(&call)).unwrap();
            let nonce = Nonce::from_random([7; Nonce::LENGTH]);
            drop(black_box(core.sign(&prepared, core.platform_ms(NOW), &nonce)));
            drop(black_box(core.read::<Render>(peers::render_response()).unwrap()));
        },
    )
}

/// A call whose first two attempts are lost: three attempts, two waits and the end, six steps.
fn retried_call() -> bool {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let call = peers::render_call();
    let random = |n| [n; Nonce::LENGTH];
    added(
        "what the exchange adds to a step of a call with two retries",
        6,
        || {
            let mut exchange = core.call(black_box(&call), RetryPolicy::default()).unwrap();
            for attempt in 0..2 {
                let step = exchange.step(&core, NOW, random(attempt));
                assert!(matches!(black_box(step), Step::Send { .. }));
                exchange.on_failure(&core, FailureKind::Lost(TransportKind::Reset), true, "");
                assert!(matches!(exchange.step(&core, NOW, random(3)), Step::Wait(_)));
            }
            assert!(matches!(black_box(exchange.step(&core, NOW, random(2))), Step::Send { .. }));
            exchange.on_response(&core, peers::render_response());
            assert!(matches!(black_box(exchange.step(&core, NOW, random(3))), Step::Done(Ok(_))));
        },
        || {
            let prepared = core.prepare(black_box(&call)).unwrap();
            for attempt in 0..3 {
                let nonce = Nonce::from_random(random(attempt));
                drop(black_box(core.sign(&prepared, core.platform_ms(NOW), &nonce)));
            }
            drop(black_box(core.read::<Render>(peers::render_response()).unwrap()));
        },
    )
}

/// Runs both in turn, and compares what the exchange adds to each step with its budget of a microsecond.
fn added(case: &str, steps: u32, mut core: impl FnMut(), mut peer: impl FnMut()) -> bool {
    let (ours, theirs) = medians(&mut core, &mut peer);
    let added = micros(ours.saturating_sub(theirs)) / f64::from(steps);
    row(case, added, "a budget of 1 µs", micros(STEP_BUDGET), 1.0)
}

/// Runs both in turn, and compares their medians.
fn compare(case: &str, peer: &str, budget: f64, mut core: impl FnMut(), mut other: impl FnMut()) -> bool {
    let (ours, theirs) = medians(&mut core, &mut other);
    row(case, micros(ours), peer, micros(theirs), budget)
}

/// Prints a case, and tells whether it is within its budget.
fn row(case: &str, ours: f64, peer: &str, value: f64, budget: f64) -> bool {
    let ratio = ours / value;
    let ok = ratio <= budget;
    println!(
        "{{\"host\":\"rust\",\"case\":{case:?},\"ours\":{ours:.3},\"peer\":{peer:?},\"peer_value\":{value:.3},\
         \"ratio\":{ratio:.3},\"budget\":{budget},\"better\":\"lower\",\"unit\":\"µs\",\"ok\":{ok}}}"
    );
    ok
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The medians of both, which run in turn.
fn medians(mut core: impl FnMut(), mut peer: impl FnMut()) -> (Duration, Duration) {
    let calls = (Duration::from_millis(1).as_nanos() / time(1, &mut core).as_nanos().max(1)).clamp(1, 2000) as u32;
    let (mut ours, mut theirs) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    let started = Instant::now();
    while ours.len() < ROUNDS && (ours.len() < 15 || started.elapsed() < LONGEST) {
        ours.push(time(calls, &mut core));
        theirs.push(time(calls, &mut peer));
    }
    (median(ours), median(theirs))
}

fn time(calls: u32, run: &mut impl FnMut()) -> Duration {
    let started = Instant::now();
    (0..calls).for_each(|_| run());
    started.elapsed() / calls
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
