//! The state in a file: what is answered is kept, and a file that is no state is left alone.

use crate::host::{Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, json};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use serde_json::{Value, json};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use xportcn_sandbox::{Reason, Sandbox};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("state")
    }

    async fn host(&self) -> Host {
        Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(self.file())).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the file has beside its orders and the like.
const HEAD: TableDefinition<&str, &str> = TableDefinition::new("head");
const ORDERS: TableDefinition<&str, &[u8]> = TableDefinition::new("orders");

/// Changes a file behind the sandbox's back.
fn edit(path: &Path, change: impl FnOnce(&redb::WriteTransaction)) {
    let database = Database::open(path).unwrap();
    let transaction = database.begin_write().unwrap();
    change(&transaction);
    transaction.commit().unwrap();
}

fn set_head(path: &Path, name: &str, value: &str) {
    edit(path, |transaction| {
        transaction.open_table(HEAD).unwrap().insert(name, value).unwrap();
    });
}

fn create() -> Value {
    json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 3}],
        "purchaseAmount": "3", "receiver": json(RECEIVER), "sellerOrderNumber": "kept",
    })
}

#[tokio::test]
async fn everything_survives_in_the_file() {
    let folder = Folder::new("survives");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", create()).await;
    let id = json!({"orderId": order["orderId"]});
    shopper.call("taobao.order.pay", id.clone()).await;
    let submit = json!({"subOrderId": order["subOrders"][0]["subPurchaseOrderId"], "refundType": 1});
    let refund = shopper.call("taobao.after_sale.submit", submit).await;
    let refund = json!({"refundId": refund["refundOrderAggregate"]["refundOrder"]["refundId"]});
    shopper.call("address.save", json!({"name": "张三"})).await;
    shopper.call("alibaba.cart.add", json!({"offerId": "1", "quantity": 2})).await;
    let lines = json!([{"offerId": "706627393257", "specId": SPEC, "quantity": "2.50"}]);
    let other = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
    let other = shopper.call("alibaba.order.create", other).await;
    let questions = [
        ("taobao.order.get", id),
        ("taobao.after_sale.get", refund),
        ("address.list", json!({})),
        ("alibaba.cart.list", json!({})),
        ("alibaba.order.get", json!({"orderId": other["orderId"], "webSite": "1688"})),
    ];
    let mut before = Vec::new();
    for (row, params) in &questions {
        before.push(shopper.call(row, params.clone()).await);
    }
    assert_eq!(before[4]["productItems"][0]["quantity"], "2.50");
    let ledger = shopper.control("GET", "ledger", "").await;
    host.sandbox.stop().await;

    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    for ((row, params), before) in questions.iter().zip(before) {
        assert_eq!(shopper.call(row, params.clone()).await, before, "{row}");
    }
    assert_eq!(shopper.control("GET", "ledger", "").await, ledger);
    let next = shopper.order("taobao.order.purchase_create", create()).await;
    assert!(next["orderId"].as_str() > other["orderId"].as_str(), "ids go on");
}

#[tokio::test]
async fn whatever_is_accepted_can_be_read_again() {
    let folder = Folder::new("depth");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let mut accepted = 0;
    for depth in (1..140).rev() {
        let address = (0..depth).fold(json!("\u{0}\u{ffff}😀"), |inner, _| json!([inner]));
        let create = json!({"addressParam": {"deep": address}, "cargoParamList": [{"offerId": "1", "quantity": 1}]});
        let path = "/poizon/order/create";
        let answer = host.post(path, &crate::host::Headers::genuine(), create.to_string()).await;
        if answer.json()["code"] == 200 {
            accepted += 1;
            if accepted > 3 {
                break;
            }
        }
    }
    assert!(accepted > 3);
    let page = shopper.call("poizon.order.page", json!({})).await;
    host.sandbox.stop().await;
    let host = folder.host().await;
    assert_eq!(Shopper::new(&host).call("poizon.order.page", json!({})).await, page);
}

#[tokio::test]
async fn the_file_has_every_answered_change_at_any_moment() {
    let folder = Folder::new("whole");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let copy = folder.0.join("copy");
    for _ in 0..30 {
        let order = shopper.order("taobao.order.purchase_create", create()).await;
        // What a process that is killed now leaves behind.
        fs::copy(folder.file(), &copy).unwrap();
        let database = Database::open(&copy).unwrap();
        let transaction = database.begin_read().unwrap();
        let head = transaction.open_table(HEAD).unwrap();
        assert_eq!(head.get("format").unwrap().unwrap().value(), "xportcn-sandbox-state");
        assert_eq!(head.get("version").unwrap().unwrap().value(), "1");
        let orders = transaction.open_table(ORDERS).unwrap();
        let kept = orders.get(order["orderId"].as_str().unwrap()).unwrap().unwrap();
        assert_eq!(serde_json::from_slice::<Value>(kept.value()).unwrap()["stage"], "unpaid");
    }
}

#[tokio::test]
async fn a_write_takes_no_longer_when_there_are_many_orders() {
    let folder = Folder::new("flat");
    let host = folder.host().await;
    let few = usual_time_of_an_order(&Shopper::new(&host)).await;
    host.sandbox.stop().await;

    edit(&folder.file(), |transaction| {
        let mut orders = transaction.open_table(ORDERS).unwrap();
        let (id, row) =
            orders.first().unwrap().map(|(id, row)| (id.value().to_string(), row.value().to_vec())).unwrap();
        let row = String::from_utf8(row).unwrap();
        for number in 0..5000 {
            let copy = format!("{:019}", 1_000_000_000_000_000_000_u64 + number);
            orders.insert(copy.as_str(), row.replace(&id, &copy).as_bytes()).unwrap();
        }
    });
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let many = usual_time_of_an_order(&shopper).await;
    let last = shopper.call("taobao.order.page", json!({"pageNo": 52, "pageSize": 100})).await;
    assert_eq!(last["data"].as_array().unwrap().len(), 100, "all orders are there");
    // Where each write writes all, it is 70 times as long.
    assert!(many < few * 4 + Duration::from_millis(5), "{few:?} an order among a few, {many:?} among 5,000");
}

/// The median of 100 orders, each of which is created, paid and read.
async fn usual_time_of_an_order(shopper: &Shopper<'_>) -> Duration {
    let mut times = Vec::new();
    for _ in 0..100 {
        let start = Instant::now();
        let order = shopper.order("taobao.order.purchase_create", create()).await;
        let id = json!({"orderId": order["orderId"]});
        shopper.call("taobao.order.pay", id.clone()).await;
        assert_eq!(shopper.call("taobao.order.get", id).await["orderId"], order["orderId"]);
        times.push(start.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

#[tokio::test]
async fn a_file_that_is_no_state_is_refused_and_left_as_it_is() {
    let folder = Folder::new("refused");
    let path = folder.file();
    let host = folder.host().await;
    Shopper::new(&host).order("taobao.order.purchase_create", create()).await;
    host.sandbox.stop().await;
    let whole = fs::read(&path).unwrap();
    let edited = |change: &dyn Fn()| {
        fs::write(&path, &whole).unwrap();
        change();
        fs::read(&path).unwrap()
    };
    let later = edited(&|| set_head(&path, "version", "2"));
    let other = edited(&|| set_head(&path, "format", "diary"));
    let nameless = edited(&|| {
        edit(&path, |transaction| assert!(transaction.delete_table(HEAD).unwrap()));
    });
    let unknown = edited(&|| {
        edit(&path, |transaction| {
            let mut orders = transaction.open_table(ORDERS).unwrap();
            let (id, row) =
                orders.pop_first().unwrap().map(|(id, row)| (id.value().to_string(), row.value().to_vec())).unwrap();
            let lost = String::from_utf8(row).unwrap().replace(r#""stage":"unpaid""#, r#""stage":"lost""#);
            orders.insert(id.as_str(), lost.as_bytes()).unwrap();
        });
    });
    for (bytes, word) in [
        (&b""[..], "no state"),
        (b"{", "no state"),
        (b"[]", "no state"),
        (br#"{"format":"xportcn-sandbox-state","version":1,"state":{}}"#, "no state"),
        (&whole[..whole.len() / 2], "no state"),
        (&whole[..100], "no state"),
        (&later, "version 2"),
        (&other, "diary"),
        (&nameless, "head"),
        (&unknown, "lost"),
    ] {
        fs::write(&path, bytes).unwrap();
        let refused = Sandbox::builder().state(&path).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidData, "{refused}");
        let message = refused.to_string();
        assert!(message.contains(word) && message.contains(path.to_str().unwrap()), "{message}");
        assert!(fs::read(&path).unwrap() == bytes, "the file was changed: {message}");
    }
}

#[tokio::test]
async fn a_file_is_for_one_sandbox() {
    let folder = Folder::new("shared");
    let host = folder.host().await;
    let refused = Sandbox::builder().state(folder.file()).start().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ResourceBusy);
    assert!(refused.to_string().contains("in use by another sandbox"), "{refused}");
    Shopper::new(&host).order("taobao.order.purchase_create", create()).await;
    host.sandbox.stop().await;
    folder.host().await;
}

#[cfg(unix)]
#[tokio::test]
async fn no_link_is_followed() {
    let folder = Folder::new("link");
    let (link, aim) = (folder.file(), folder.0.join("aim"));
    std::os::unix::fs::symlink(&aim, &link).unwrap();
    let refuse = || async {
        let refused = Sandbox::builder().state(&link).start().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidInput);
        assert!(refused.to_string().contains("is a symbolic link"), "{refused}");
    };
    refuse().await;
    assert!(!aim.exists());
    Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(&aim)).await.sandbox.stop().await;
    refuse().await;

    let refused = Sandbox::builder().state(&folder.0).start().await.unwrap_err();
    assert!(refused.to_string().contains("no regular file"), "{refused}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    let mode = || fs::metadata(folder.file()).unwrap().permissions().mode() & 0o7777;
    folder.host().await.sandbox.stop().await;
    assert_eq!(mode(), 0o600);
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o666)).unwrap();
    folder.host().await;
    assert_eq!(mode(), 0o600);
    let names: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["state"]);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_told_of() {
    let folder = Folder::new("unwritable");
    let refused = Sandbox::builder().state(folder.0.join("none/state.json")).start().await.unwrap_err();
    assert!(refused.to_string().contains("cannot be written"), "{refused}");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    fs::remove_dir_all(&folder.0).unwrap();
    let (_, answer) = shopper.send("taobao.order.purchase_create", &create()).await;
    assert_eq!((answer.status, answer.code()), (500, u64::from(Reason::StateNotKept.code())), "{}", answer.text());
}

#[cfg(unix)]
#[tokio::test]
async fn what_could_not_be_written_is_written_with_the_next_change() {
    let folder = Folder::new("later");
    let host = folder.host().await;
    let shopper = Shopper::new(&host);
    let elsewhere = folder.0.join("elsewhere");
    fs::rename(folder.file(), &elsewhere).unwrap();
    let (_, answer) = shopper.send("taobao.order.purchase_create", &create()).await;
    assert_eq!(answer.code(), u64::from(Reason::StateNotKept.code()), "{}", answer.text());
    fs::rename(&elsewhere, folder.file()).unwrap();
    shopper.order("taobao.order.purchase_create", create()).await;
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(ledger["created"], 2);
    host.sandbox.stop().await;

    let host = folder.host().await;
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await, ledger);
}
