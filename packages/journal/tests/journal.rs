//! The journal, with clients of a sandbox.

use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use xportcn::{Client, Config, EntryState, Outcome, RetryPolicy, Settled};
use xportcn_journal::{Error, Journal};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Faults, Running, Sandbox, USER_ID};

const CREATE: &str = "taobao.order.purchase_create";
const CANCEL: &str = "alibaba.order.cancel";

fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("writes.journal")
}

fn policy(retry_after_recovery: bool) -> RetryPolicy {
    RetryPolicy {
        max_retries: 0,
        deadline: Duration::from_secs(5),
        recovery_window: Duration::from_secs(1),
        retry_after_recovery,
        ..RetryPolicy::default()
    }
}

fn client(sandbox: &Running, policy: RetryPolicy) -> Client {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    Client::builder(config).policy(policy).build().unwrap()
}

async fn losing(faults: &str) -> Running {
    Sandbox::builder().faults(faults.parse::<Faults>().unwrap()).start().await.unwrap()
}

fn order(reference: &str) -> String {
    let examples: Json = serde_json::from_str(include_str!("../../../tests/examples.json")).unwrap();
    let mut params = examples["examples"][CREATE].clone();
    params["sellerOrderNumber"] = reference.into();
    params.to_string()
}

/// What the sandbox tells of itself.
async fn told(sandbox: &Running, path: &str) -> Json {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(format!("GET /sandbox/{path} HTTP/1.0\r\nhost: sandbox\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

async fn created(sandbox: &Running) -> usize {
    let ledger = told(sandbox, "ledger").await;
    ledger["entries"].as_array().unwrap().iter().filter(|entry| entry["action"] == "created").count()
}

async fn calls(sandbox: &Running) -> u64 {
    told(sandbox, "faults").await["calls"].as_u64().unwrap()
}

#[tokio::test]
async fn an_answer_is_told_again_by_every_journal_of_the_file() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let path = file("answer");
    let client = client(&sandbox, policy(false));
    let first = Journal::open(&path).unwrap();
    let Settled::Answered(reply) = first.settle(&client, None, CREATE, order("a-1")).await.unwrap() else { panic!() };
    let calls_before = calls(&sandbox).await;
    for journal in [&first, &Journal::open(&path).unwrap()] {
        let again = journal.settle(&client, Some("a-1"), CREATE, order("a-1")).await.unwrap();
        let Settled::Kept { data, about } = again else { panic!("{again:?}") };
        assert_eq!(data, reply.data);
        let about: Json = serde_json::from_str(&about).unwrap();
        assert_eq!(about["requestId"].as_str(), reply.request_id.as_deref());
        // The key is one write's.
        let other = journal.settle(&client, Some("a-1"), CREATE, order("a-2")).await.unwrap_err();
        assert!(matches!(&other, Error::Call(xportcn::Error::InvalidRequest { path, .. }) if path == "key"), "{other}");
    }
    assert_eq!((calls(&sandbox).await, created(&sandbox).await), (calls_before, 1));
    let writes = first.writes().unwrap();
    let write = &writes[0];
    assert_eq!((writes.len(), write.key.as_str(), write.endpoint.as_str()), (1, "a-1", CREATE));
    assert_eq!((write.entry.state(), write.entry.sendings()), (EntryState::Answered, 1));
    assert!(first.open_writes().unwrap().is_empty());
}

#[tokio::test]
async fn what_was_given_up_on_its_way_is_found_and_not_sent_again() {
    let sandbox = losing(&format!("endpoint={CREATE},kinds=slow,when=after,slow-ms=3000,count=1")).await;
    let path = file("given-up");
    let client = client(&sandbox, policy(true));
    let journal = Journal::open(&path).unwrap();
    let given_up =
        tokio::time::timeout(Duration::from_millis(500), journal.settle(&client, None, CREATE, order("g-1")));
    assert!(given_up.await.is_err());
    let open = journal.open_writes().unwrap();
    assert_eq!((open.len(), open[0].entry.state()), (1, EntryState::Open));
    // Another process has it while the first one lives, for it has let go of the key.
    let other = Journal::open(&path).unwrap();
    let found = other.settle(&client, None, CREATE, order("g-1")).await.unwrap();
    let Settled::Recovered(Outcome::Done { found }) = &found else { panic!("{found:?}") };
    assert!(found.len() == 1 && found[0].contains("g-1"), "{found:?}");
    let again = journal.settle(&client, None, CREATE, order("g-1")).await.unwrap();
    assert!(matches!(&again, Settled::Recovered(Outcome::Done { found: kept }) if kept == found), "{again:?}");
    assert_eq!(created(&sandbox).await, 1);
}

#[tokio::test]
async fn one_task_or_process_at_a_time_has_a_key() {
    let sandbox = losing(&format!("endpoint={CREATE},kinds=slow,when=after,slow-ms=1500")).await;
    let path = file("in-use");
    let client = client(&sandbox, policy(false));
    let journals = [Journal::open(&path).unwrap(), Journal::open(&path).unwrap()];
    let work = |journal: Journal| {
        let client = client.clone();
        tokio::spawn(async move { journal.settle(&client, None, CREATE, order("u-1")).await })
    };
    let all: Vec<_> = (0..8).map(|at| work(journals[at % 2].clone())).collect();
    tokio::time::sleep(Duration::from_millis(700)).await;
    // The key is kept by now, and whoever works on it is alive.
    for journal in [&journals[0], &journals[1], &Journal::open(&path).unwrap()] {
        let busy = journal.settle(&client, None, CREATE, order("u-1")).await.unwrap_err();
        assert!(matches!(busy, Error::InUse { .. }), "{busy}");
    }
    let mut answered = 0;
    for one in all {
        match one.await.unwrap() {
            Ok(Settled::Answered(_)) => answered += 1,
            Err(Error::InUse { key }) => assert_eq!(key, "u-1"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((answered, created(&sandbox).await), (1, 1));
}

#[tokio::test]
async fn what_an_earlier_run_left_open_is_found_out_about_and_nothing_is_sent() {
    let faults = format!(
        r#"{{"rules": [
        {{"endpoint": "{CREATE}", "kinds": ["slow"], "when": "after"}},
        {{"endpoint": "{CANCEL}", "kinds": ["503"], "when": "before"}}
    ], "slowMs": 2000}}"#
    );
    let sandbox = Sandbox::builder().faults(Faults::from_json(&faults).unwrap()).start().await.unwrap();
    let client = client(&sandbox, policy(false));
    let path = file("recover-open");
    let examples: Json = serde_json::from_str(include_str!("../../../tests/examples.json")).unwrap();
    let made = client.send_json("alibaba.order.create", examples["examples"]["alibaba.order.create"].to_string());
    let made: Json = serde_json::from_str(&made.await.unwrap().data).unwrap();
    let cancel = format!(r#"{{"webSite":"1688","orderId":{},"cancelReason":"other"}}"#, made["orderId"]);
    let first = Journal::open(&path).unwrap();
    let keyless = first.settle(&client, None, CANCEL, &cancel).await.unwrap_err();
    assert!(keyless.to_string().contains("`key`"), "{keyless}");
    for (key, id, params) in [(None, CREATE, order("r-1")), (Some("cancel"), CANCEL, cancel.clone())] {
        let given_up = tokio::time::timeout(Duration::from_millis(500), first.settle(&client, key, id, params));
        assert!(given_up.await.is_err(), "{id}");
    }
    drop(first);
    let sent_before = calls(&sandbox).await;
    let journal = Journal::open(&path).unwrap();
    let found = journal.recover_open(&client).await.unwrap();
    let ends: Vec<(&str, &Settled<String>)> =
        found.iter().map(|found| (found.key.as_str(), found.result.as_ref().unwrap())).collect();
    assert!(matches!(ends[0], ("r-1", Settled::Recovered(Outcome::Done { .. }))), "{ends:?}");
    assert!(matches!(ends[1], ("cancel", Settled::Recovered(Outcome::NotDone))), "{ends:?}");
    assert!(calls(&sandbox).await > sent_before);
    assert_eq!(told(&sandbox, "faults").await["injected"], 2);
    assert!(journal.recover_open(&client).await.unwrap().is_empty());
    // It was not done, so its key is free.
    let lost = journal.settle(&client, Some("cancel"), CANCEL, &cancel).await.unwrap();
    assert!(matches!(lost, Settled::Recovered(Outcome::NotDone)), "{lost:?}");
    assert_eq!(told(&sandbox, "faults").await["injected"], 3);
    assert_eq!(journal.writes().unwrap().last().unwrap().entry.sendings(), 2);
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_sent() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let path = file("full");
    let client = client(&sandbox, policy(false));
    let journal = Journal::open(&path).unwrap();
    let outside = rusqlite::Connection::open(&path).unwrap();
    outside.execute_batch("CREATE TRIGGER full BEFORE INSERT ON writes BEGIN SELECT RAISE(FAIL, 'full'); END").unwrap();
    let failed = journal.settle(&client, None, CREATE, order("f-1")).await.unwrap_err();
    assert!(matches!(&failed, Error::File { reason, .. } if reason.contains("full")), "{failed}");
    assert_eq!(calls(&sandbox).await, 0);
    // What cannot be kept after it was sent is told all the same, and looked for by the next run.
    outside
        .execute_batch(
            "DROP TRIGGER full; CREATE TRIGGER full BEFORE UPDATE OF state ON writes WHEN new.state = 'answered'
            BEGIN SELECT RAISE(FAIL, 'full'); END",
        )
        .unwrap();
    let settled = journal.settle(&client, None, CREATE, order("f-2")).await.unwrap();
    assert!(matches!(settled, Settled::Answered(_)), "{settled:?}");
    let found = journal.settle(&client, None, CREATE, order("f-2")).await.unwrap();
    assert!(matches!(found, Settled::Recovered(Outcome::Done { .. })), "{found:?}");
    assert_eq!(created(&sandbox).await, 1);
}

#[cfg(unix)]
#[tokio::test]
async fn its_files_are_the_owners_and_hold_no_secret() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::builder().start().await.unwrap();
    let path = file("private");
    let journal = Journal::open(&path).unwrap();
    let _ = journal.settle(&client(&sandbox, policy(false)), None, CREATE, order("p-1")).await.unwrap();
    let files = |path: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let all = files(&path);
    // The database, its log and the index of that, and the owner's lock.
    assert_eq!(all.len(), 4, "{all:?}");
    for file in &all {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(ACCESS_SECRET.len()).any(|part| part == ACCESS_SECRET.as_bytes()), "{file:?}");
    }
    drop(journal);
    assert_eq!(files(&path), [path]);
}

#[test]
fn what_is_no_journal_of_this_version_is_refused_and_left_as_it_is() {
    let path = file("version");
    drop(Journal::open(&path).unwrap());
    let outside = rusqlite::Connection::open(&path).unwrap();
    outside.execute_batch("PRAGMA user_version = 2").unwrap();
    let later = Journal::open(&path).err().unwrap();
    assert!(matches!(later, Error::LaterVersion { found: 2, known: 1, .. }), "{later}");
    assert!(later.to_string().contains("version 2"), "{later}");

    let text = file("text");
    std::fs::write(&text, "orders, and not a database at all\n".repeat(100)).unwrap();
    let refused = Journal::open(&text).err().unwrap();
    assert!(matches!(&refused, Error::File { reason, .. } if reason.contains("not a database")), "{refused}");
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("orders, and"));

    let other = file("other");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE orders (id)").unwrap();
    let refused = Journal::open(&other).err().unwrap();
    assert!(matches!(&refused, Error::File { reason, .. } if reason.contains("no journal")), "{refused}");

    let nowhere = file("nowhere").join("no").join("folder");
    assert!(matches!(Journal::open(nowhere), Err(Error::File { .. })));
}

#[test]
fn many_can_make_the_same_file_at_the_same_time() {
    for round in 0..10 {
        let path = file(&format!("together-{round}"));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let path = path.clone();
                std::thread::spawn(move || Journal::open(path).map(|journal| journal.writes().unwrap().len()))
            })
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap().unwrap(), 0);
        }
    }
}
