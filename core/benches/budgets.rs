//! The budgets of speed, most of them as ratios to peers that run in turn with the core, so that a busy machine slows
//! both; and the memory that the largest input takes.
//! `cargo bench -p xportcn-core --bench budgets` prints a row of JSON for each, and fails if one is missed; the inputs are
//! those of every host's benchmark, which `python3 tests/bench/inputs.py` writes.

mod measure;
mod peers;

use measure::{Row, compare, growth_of, in_turn, print_growth};
use std::hint::black_box;
use std::process::ExitCode;
use xportcn_core::alibaba::order::Create;
use xportcn_core::alibaba::product::{KeywordSearch, OfferPage};
use xportcn_core::codec::Policy;
use xportcn_core::exchange::FailureKind;
use xportcn_core::taobao::after_sale::Render;
use xportcn_core::{Call, Config, Core, Exchange, Nonce, RetryPolicy, Step, TransportKind, codec};

const NOW: u64 = 1_700_000_000_000;
/// What the exchange may add to the cost of a step, in microseconds.
const STEP_BUDGET: f64 = 1.0;
const BY_HAND: &str = "format!, md-5 and serde_json by hand";
const PLAIN: &str = "serde_json into plain structs";
const VALUE: &str = "serde_json into Value";
const LARGEST: &str = "reply_10m.json";

type Reader = (&'static str, fn(&[u8]));

/// The readers of a reply, ours and the peers'.
const READERS: [Reader; 4] = [
    ("typed", |body| drop(black_box(codec::decode_as::<OfferPage>(body).unwrap()))),
    (PLAIN, |body| drop(black_box(serde_json::from_slice::<peers::Reply<peers::Page>>(body).unwrap()))),
    ("table", |body| drop(black_box(codec::decode(&KeywordSearch::ENDPOINT.reply, body).unwrap()))),
    (VALUE, |body| drop(black_box(serde_json::from_slice::<serde_json::Value>(body).unwrap()))),
];

fn main() -> ExitCode {
    let named = std::env::args().nth(1).and_then(|name| READERS.iter().find(|reader| reader.0 == name));
    if let Some((_, read)) = named {
        let body = peers::input(LARGEST);
        print_growth(|| read(&body));
        return ExitCode::SUCCESS;
    }
    let mut held = vec![small_request(), order_request()];
    for (size, file) in
        [("1 KB", "reply_1k.json"), ("24 KB", "reply_24k.json"), ("1 MB", "reply_1m.json"), ("10 MB", LARGEST)]
    {
        held.extend(reply(size, &peers::input(file)));
    }
    held.extend([linear_cost(), answered_call(), retried_call()]);
    memory();
    if held.iter().all(|within| *within) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Three fields, from a typed value.
fn small_request() -> bool {
    let core = core();
    let call = peers::render_call();
    let nonce = Nonce::from_random([7; Nonce::LENGTH]);
    let client = peers::client();
    let by_hand = peers::Render { sub_order_id: "1034499579120189839", goods_status: 1, refund_type: 1 };
    compare(
        "build and sign a small request",
        BY_HAND,
        Some(1.5),
        || drop(black_box(core.sign(&core.prepare(black_box(&call)).unwrap(), NOW, &nonce))),
        || drop(black_box(client.post("/open/order/refund/render", black_box(&by_hand), NOW, nonce.as_str()))),
    )
}

/// An order of 20 lines, from a typed value.
fn order_request() -> bool {
    let core = core();
    let params = peers::params("params_order.json");
    let call: Create = codec::from_json(&params, Policy::Request).unwrap();
    let by_hand: peers::Order = serde_json::from_str(&params).unwrap();
    assert_eq!(call.cargo_param_list.len(), by_hand.cargo_param_list.len());
    let nonce = Nonce::from_random([7; Nonce::LENGTH]);
    let client = peers::client();
    compare(
        "build and sign an order of 20 lines",
        BY_HAND,
        Some(1.5),
        || drop(black_box(core.sign(&core.prepare(black_box(&call)).unwrap(), NOW, &nonce))),
        || drop(black_box(client.post("/alibaba/order/create", black_box(&by_hand), NOW, nonce.as_str()))),
    )
}

fn reply(size: &str, body: &[u8]) -> [bool; 2] {
    let [typed, plain, table, value] = READERS.map(|(_, read)| move || read(black_box(body)));
    // What is done once for a reply weighs more in a short one.
    let budget = if body.len() < 4096 { 1.0 } else { 0.95 };
    [
        compare(&format!("read a reply of {size}"), PLAIN, Some(budget), typed, plain),
        compare(&format!("read a reply of {size} into canonical JSON"), VALUE, Some(1.0), table, value),
    ]
}

/// The cost of a byte in a 10 MB reply, beside that in a 24 KB one.
fn linear_cost() -> bool {
    let kind = &KeywordSearch::ENDPOINT.reply;
    let small = peers::input("reply_24k.json");
    let large = peers::input(LARGEST);
    let repeat = large.len() / small.len();
    compare(
        "read a reply of 10 MB into canonical JSON",
        "as many bytes in replies of 24 KB",
        Some(2.0),
        || drop(black_box(codec::decode(kind, black_box(&large)).unwrap())),
        || (0..repeat).for_each(|_| drop(black_box(codec::decode(kind, black_box(&small)).unwrap()))),
    )
}

/// The peaks of processes of their own.
fn memory() {
    for (case, ours, peer) in [
        ("peak memory of reading 10 MB", "typed", PLAIN),
        ("peak memory of reading 10 MB into canonical JSON", "table", VALUE),
    ] {
        if let (Some(ours), Some(peer_value)) = (growth_of(ours), growth_of(peer)) {
            Row { case, ours, peer, peer_value, ratio: ours / peer_value, budget: None, unit: "MB" }.print();
        }
    }
}

/// A call that is answered at once: two steps.
fn answered_call() -> bool {
    let core = core();
    let call = peers::render_call();
    added(
        "what the exchange adds to a step of an answered call",
        2,
        || {
            let mut exchange = Exchange::begin(&core, black_box(&call), RetryPolicy::default()).unwrap();
            let Step::Send { request, .. } = exchange.step(NOW, [7; Nonce::LENGTH]) else { unreachable!() };
            drop(black_box(request));
            exchange.on_response(peers::render_response()).unwrap();
            let Step::Done(Ok(reply)) = exchange.step(NOW, [8; Nonce::LENGTH]) else { unreachable!() };
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
    let core = core();
    let call = peers::render_call();
    let random = |n| [n; Nonce::LENGTH];
    added(
        "what the exchange adds to a step of a call with two retries",
        6,
        || {
            let mut exchange = Exchange::begin(&core, black_box(&call), RetryPolicy::default()).unwrap();
            for attempt in 0..2 {
                let step = exchange.step(NOW, random(attempt));
                assert!(matches!(black_box(step), Step::Send { .. }));
                exchange.on_failure(FailureKind::Lost(TransportKind::Reset), true, "").unwrap();
                assert!(matches!(exchange.step(NOW, random(3)), Step::Wait(_)));
            }
            assert!(matches!(black_box(exchange.step(NOW, random(2))), Step::Send { .. }));
            exchange.on_response(peers::render_response()).unwrap();
            assert!(matches!(black_box(exchange.step(NOW, random(3))), Step::Done(Ok(_))));
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

/// Runs both in turn, and compares what the exchange adds to each step with its budget.
fn added(case: &str, steps: u32, core: impl FnMut(), without: impl FnMut()) -> bool {
    let compared = in_turn(core, without);
    let ours = (compared.ours - compared.theirs).max(0.0) / f64::from(steps);
    let ratio = ours / STEP_BUDGET;
    Row { case, ours, peer: "a budget", peer_value: STEP_BUDGET, ratio, budget: Some(1.0), unit: "µs" }.print()
}

fn core() -> Core {
    Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap()
}
