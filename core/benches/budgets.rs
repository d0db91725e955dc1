//! The budgets of speed, most of them as ratios to peers that run in turn with the core, so that a busy machine slows
//! both.
//! `cargo bench -p xportcn-core --bench budgets` prints them and fails if one is missed.

mod peers;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use xportcn_core::alibaba::product::{KeywordSearch, OfferPage};
use xportcn_core::exchange::FailureKind;
use xportcn_core::taobao::after_sale::Render;
use xportcn_core::{Call, Config, Core, Nonce, RetryPolicy, Step, TransportKind, codec};

const ROUNDS: usize = 200;
const NOW: u64 = 1_700_000_000_000;

/// What the exchange may add to the cost of a step.
const STEP_BUDGET: Duration = Duration::from_micros(1);

fn main() -> ExitCode {
    println!("{:44} {:>12} {:>12} {:>7} {:>7}", "case", "core", "peer", "ratio", "budget");
    let budgets = [signing(), typed_reply(), table_reply(), linear_cost(), answered_call(), retried_call()];
    if budgets.iter().all(|within| *within) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn signing() -> bool {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let call = peers::render_call();
    let nonce = Nonce::from_random([7; Nonce::LENGTH]);
    let client = peers::client();
    let by_hand = peers::Render { sub_order_id: "1034499579120189839", goods_status: 1, refund_type: 1 };
    compare(
        "build and sign a POST / by hand",
        1.5,
        || drop(black_box(core.sign(&core.prepare(black_box(&call)).unwrap(), NOW, &nonce))),
        || drop(black_box(client.render(black_box(&by_hand), NOW, nonce.as_str()))),
    )
}

fn typed_reply() -> bool {
    let body = peers::search_reply(24 << 10);
    compare(
        "24 KB reply, typed / plain structs",
        1.25,
        || drop(black_box(codec::decode_as::<OfferPage>(black_box(&body)).unwrap())),
        || drop(black_box(serde_json::from_slice::<peers::Reply<peers::Page>>(black_box(&body)).unwrap())),
    )
}

fn table_reply() -> bool {
    let body = peers::search_reply(24 << 10);
    let kind = &KeywordSearch::ENDPOINT.reply;
    compare(
        "24 KB reply, canonical JSON / serde_json Value",
        1.0,
        || drop(black_box(codec::decode(kind, black_box(&body)).unwrap())),
        || drop(black_box(serde_json::from_slice::<serde_json::Value>(black_box(&body)).unwrap())),
    )
}

/// The cost of a byte in a 10 MB reply, beside that in a 24 KB one.
fn linear_cost() -> bool {
    let kind = &KeywordSearch::ENDPOINT.reply;
    let small = peers::search_reply(24 << 10);
    let large = peers::search_reply(10 << 20);
    let repeat = large.len() / small.len();
    compare(
        "10 MB reply / as many bytes in 24 KB replies",
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
        "an answered call / the same without exchange",
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
        "a call with two retries / the same by hand",
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
fn added(name: &str, steps: u32, mut core: impl FnMut(), mut peer: impl FnMut()) -> bool {
    let (ours, theirs) = medians(&mut core, &mut peer);
    let added = ours.saturating_sub(theirs) / steps;
    let within = added <= STEP_BUDGET;
    let verdict = if within { "ok" } else { "MISSED" };
    println!(
        "{name:44} {ours:>12.2?} {theirs:>12.2?} {added:>7.0?} {STEP_BUDGET:>7.0?} {verdict} (added to each step)"
    );
    within
}

/// Runs both in turn, and compares their medians.
fn compare(name: &str, budget: f64, mut core: impl FnMut(), mut peer: impl FnMut()) -> bool {
    let (ours, theirs) = medians(&mut core, &mut peer);
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let verdict = if ratio <= budget { "ok" } else { "MISSED" };
    println!("{name:44} {ours:>12.2?} {theirs:>12.2?} {ratio:>7.2} {budget:>7.2} {verdict}");
    ratio <= budget
}

/// The medians of both, which run in turn.
fn medians(mut core: impl FnMut(), mut peer: impl FnMut()) -> (Duration, Duration) {
    let calls = (Duration::from_millis(1).as_nanos() / time(1, &mut core).as_nanos().max(1)).clamp(1, 2000) as u32;
    let (mut ours, mut theirs) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    let started = Instant::now();
    while ours.len() < ROUNDS && (ours.len() < 20 || started.elapsed() < Duration::from_secs(10)) {
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
