//! Many calls through a network that fails three times in ten, against the sandbox's own account of what it did.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use xportcn::{Client, Config, Endpoint, Error, RetryPolicy, catalogue};
use xportcn_core::endpoint::Safety;
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Builder, Faults, Running, Sandbox, USER_ID};

/// Calls that fail, of all. A slow one takes longer than an attempt may.
const RATE: f64 = 0.3;
const FAULTS: &str = "rate=0.3,kinds=503|429|reset|truncate|slow|html|garbage,slow-ms=20000,seed=7";

/// Calls at a time.
const LANES: usize = 32;

const POLICY: RetryPolicy = RetryPolicy {
    max_retries: 2,
    timeout: Duration::from_millis(1_500),
    deadline: Duration::from_secs(120),
    initial_backoff: Duration::from_millis(1),
    max_backoff: Duration::from_millis(20),
    retry_writes: false,
    recovery_window: Duration::ZERO,
    wait_timeout: Duration::ZERO,
    retry_after_recovery: false,
};

/// What a run may take at most; beyond, something hangs.
const HANG: Duration = Duration::from_secs(300);

async fn started(builder: Builder) -> (Running, Client) {
    let sandbox = builder.start().await.unwrap();
    let client = client(&sandbox, POLICY);
    (sandbox, client)
}

fn client(sandbox: &Running, policy: RetryPolicy) -> Client {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    Client::builder(config).policy(policy).build().unwrap()
}

fn faults() -> Builder {
    Sandbox::builder().faults(FAULTS.parse::<Faults>().unwrap())
}

/// What the sandbox tells of itself.
async fn told(sandbox: &Running, path: &str) -> Value {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(format!("GET /sandbox/{path} HTTP/1.0\r\nhost: sandbox\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Does something with every number below `count`, some at a time, and gathers what comes of it.
async fn for_each<T, W>(count: usize, work: impl Fn(usize) -> W + Clone + Send + 'static) -> Vec<T>
where
    T: Send + 'static,
    W: Future<Output = T> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let mut lanes = JoinSet::new();
    for _ in 0..LANES {
        let (next, work) = (Arc::clone(&next), work.clone());
        lanes.spawn(async move {
            let mut results = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return results;
                }
                results.push(work(number).await);
            }
        });
    }
    let all = async {
        let mut results = Vec::new();
        while let Some(lane) = lanes.join_next().await {
            results.extend(lane.unwrap());
        }
        results
    };
    tokio::time::timeout(HANG, all).await.expect("a call hangs")
}

fn reads() -> Vec<&'static Endpoint> {
    catalogue::ENDPOINTS.iter().copied().filter(|endpoint| endpoint.safety == Safety::Read).collect()
}

/// Retries after which less than one run in a million has a call that failed in all its attempts.
fn retries_for(calls: usize) -> u32 {
    let mut retries = 0;
    while calls as f64 * RATE.powi(retries + 1) > 1e-6 {
        retries += 1;
    }
    retries.unsigned_abs()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_reads_through_three_faults_in_ten_all_succeed() {
    const CALLS: usize = 10_000;
    let (sandbox, client) = started(faults()).await;
    let retries = retries_for(CALLS);
    assert_eq!(retries, 19, "0.3^20 of 10,000 calls is less than one in a million");
    let client = client.with_policy(RetryPolicy { max_retries: retries, ..POLICY });
    let rows = reads();
    let results = for_each(CALLS, move |number| {
        let (client, row) = (client.clone(), rows[number % rows.len()]);
        async move { client.send_json(row.id, row.example).await.map(|reply| reply.warnings.len()) }
    })
    .await;
    assert_eq!(results.len(), CALLS);
    let failed: Vec<_> = results.iter().filter(|result| !matches!(result, Ok(0))).collect();
    assert!(failed.is_empty(), "{} failed, as {:?}", failed.len(), failed[0]);

    // Attempts until a success: CALLS / (1 - RATE) on average, with a deviation of sqrt(CALLS * RATE) / (1 - RATE).
    let tally = told(&sandbox, "faults").await;
    let attempts = tally["calls"].as_f64().unwrap();
    let (expected, deviation) = (CALLS as f64 / (1.0 - RATE), (CALLS as f64 * RATE).sqrt() / (1.0 - RATE));
    assert!((attempts - expected).abs() < 6.0 * deviation, "{attempts} attempts, {expected} expected");
    let injected = tally["injected"].as_f64().unwrap();
    assert!((attempts - injected - CALLS as f64).abs() <= 10.0, "{attempts} attempts, of which {injected} got a fault");
    sandbox.stop().await;
}

/// What a call that writes was said to have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Done,
    Ambiguous,
    NotDone,
}

fn said<T>(result: &Result<T, Error>) -> Said {
    match result {
        Ok(_) => Said::Done,
        Err(Error::AmbiguousWrite { recovery, .. }) => {
            assert!(recovery.contains("taobao."), "the error does not say which query to make: {recovery}");
            Said::Ambiguous
        }
        Err(_) => Said::NotDone,
    }
}

fn create(number: usize) -> String {
    json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": 1,
        "receiver": {"name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市",
            "district": "余杭区", "address": "象山路1号", "zip": "310024"},
        "sellerOrderNumber": format!("reference-{number}"),
    })
    .to_string()
}

/// Creates an order, and pays it if it is said to be created.
async fn buy(client: &Client, number: usize) -> (String, Said, Option<(String, Said)>) {
    let reference = format!("reference-{number}");
    let created = client.send_json("taobao.order.purchase_create", create(number)).await;
    let how = said(&created);
    let Ok(reply) = created else { return (reference, how, None) };
    let data: Value = serde_json::from_str(&reply.data).unwrap();
    let order = &data["orderList"][0]["purchaseId"];
    let order = order.as_str().unwrap_or_else(|| panic!("no purchaseId in {data}")).to_string();
    let paid = client.send_json("taobao.order.pay", json!({"orderId": order}).to_string()).await;
    (reference, how, Some((order, said(&paid))))
}

/// How often the ledger has an action, by one of its entries' texts.
fn actions(ledger: &Value, action: &str, by: &str) -> BTreeMap<String, usize> {
    let mut actions = BTreeMap::new();
    for entry in ledger["entries"].as_array().unwrap().iter().filter(|entry| entry["action"] == action) {
        *actions.entry(entry[by].as_str().unwrap().to_string()).or_default() += 1;
    }
    actions
}

/// Holds what was said against what was done.
fn check(what: &str, said: &BTreeMap<String, Said>, done: &BTreeMap<String, usize>) {
    for (name, times) in done {
        assert_eq!(*times, 1, "{what} {name} was done {times} times");
        assert!(matches!(said[name], Said::Done | Said::Ambiguous), "{what} {name} was done, but said: {said:?}");
    }
    for (name, how) in said {
        assert!(*how != Said::Done || done.contains_key(name), "{what} {name} was said to be done, and is not");
    }
    let ambiguous: Vec<_> = said.iter().filter(|(_, how)| **how == Said::Ambiguous).collect();
    let really = ambiguous.iter().filter(|(name, _)| done.contains_key(*name)).count();
    assert!(really > 0 && really < ambiguous.len(), "{what}: {really} of {} ambiguous were done", ambiguous.len());
    assert!(said.values().any(|how| *how == Said::NotDone), "{what}: none was refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_writes_through_three_faults_in_ten_do_nothing_twice() {
    // About seven in ten orders are known to be created, and then paid.
    const ORDERS: usize = 1_250;
    let (sandbox, client) = started(faults()).await;
    let bought = for_each(ORDERS, move |number| {
        let client = client.clone();
        async move { buy(&client, number).await }
    })
    .await;
    let creations: BTreeMap<_, _> = bought.iter().map(|(reference, how, _)| (reference.clone(), *how)).collect();
    let payments: BTreeMap<_, _> = bought.iter().filter_map(|(_, _, paid)| paid.clone()).collect();
    assert_eq!(creations.len(), ORDERS);
    assert!(ORDERS + payments.len() >= 2_000, "{} writes", ORDERS + payments.len());

    let ledger = told(&sandbox, "ledger").await;
    check("order", &creations, &actions(&ledger, "created", "reference"));
    check("payment", &payments, &actions(&ledger, "paid", "orderId"));
    assert_eq!(actions(&ledger, "paid_again", "orderId"), BTreeMap::new());
    // No attempt of a write was repeated that may have arrived: what got a fault got one once.
    let tally = told(&sandbox, "faults").await;
    let attempts = tally["calls"].as_u64().unwrap();
    assert_eq!(attempts, (ORDERS + payments.len()) as u64);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_is_corrected_once_and_remembered() {
    for offset_ms in [3_600_000, -3_600_000] {
        let (sandbox, client) = started(Sandbox::builder().clock_offset_ms(offset_ms)).await;
        let client = client.with_policy(RetryPolicy { max_retries: 0, ..POLICY });
        let bought = buy(&client, 1).await;
        assert!(matches!(bought, (_, Said::Done, Some((_, Said::Done)))), "{bought:?}");
        for row in reads().into_iter().take(5) {
            client.send_json(row.id, row.example).await.unwrap();
        }
        let ledger = told(&sandbox, "ledger").await;
        assert_eq!((&ledger["created"], &ledger["paid"]), (&json!(1), &json!(1)));
        sandbox.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_goes_away_and_comes_back_fails_no_read() {
    const CALLS: usize = 600;
    let (sandbox, _) = started(Sandbox::builder()).await;
    let address = sandbox.address();
    let client = client(
        &sandbox,
        RetryPolicy {
            max_retries: 200,
            initial_backoff: Duration::from_millis(5),
            max_backoff: Duration::from_millis(100),
            ..POLICY
        },
    );
    let finished = Arc::new(AtomicUsize::new(0));
    let run = {
        let (finished, rows) = (Arc::clone(&finished), reads());
        tokio::spawn(for_each(CALLS, move |number| {
            let (client, finished, row) = (client.clone(), Arc::clone(&finished), rows[number % rows.len()]);
            async move {
                let result = client.send_json(row.id, row.example).await.map(drop);
                finished.fetch_add(1, Ordering::Relaxed);
                result
            }
        }))
    };
    while finished.load(Ordering::Relaxed) < CALLS / 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    sandbox.stop().await;
    let before = finished.load(Ordering::Relaxed);
    assert!(before < CALLS - LANES, "the run was over before the platform went away");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let sandbox = Sandbox::builder().address(address).start().await.unwrap();
    let results = run.await.unwrap();
    let failures: BTreeSet<_> =
        results.iter().filter_map(|result| result.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!(failures, BTreeSet::new());
    assert_eq!(results.len(), CALLS);
    sandbox.stop().await;
}
