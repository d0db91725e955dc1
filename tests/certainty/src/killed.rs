//! Writes of a process that is killed at any moment, and started again with its journal.

use crate::dice::Dice;
use crate::platform::{Platform, config};
use crate::shopper::{address, client, receiver};
use crate::write::{End, Told, order};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use xportcn::{Client, Settled};
use xportcn_journal::{Error, Journal};

/// The first word of the command line of such a process.
pub const WORD: &str = "killed";
/// Writes that a user of it makes at most.
pub const EACH: usize = 9;
/// How often it is killed, at least and at most.
const KILLS: (u64, u64) = (3, 5);
/// How long it may live before it is killed.
const LIFE_MS: (u64, u64) = (20, 900);
/// How long the last one may take, which is not killed.
const PATIENCE: Duration = Duration::from_secs(120);

/// What was told in the end of all writes of these users, and how often the process was killed.
pub async fn killed(platform: &Platform, seed: u64, users: std::ops::Range<usize>) -> io::Result<(Vec<Told>, u64)> {
    let folder = std::env::temp_dir().join(format!("certainty-{}-{seed}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let journal = folder.join("journal");
    let mut dice = Dice::new(seed, u64::MAX);
    let mut told = BTreeMap::new();
    let kills = KILLS.0 + dice.below(KILLS.1 - KILLS.0 + 1);
    for _ in 0..kills {
        let child = start(&platform.url(), seed, &users, &journal)?;
        listen(child, Some(Duration::from_millis(LIFE_MS.0 + dice.below(LIFE_MS.1))), &mut told).await?;
    }
    let child = start(&platform.url(), seed, &users, &journal)?;
    let ended = timeout(PATIENCE, listen(child, None, &mut told)).await;
    let _ = std::fs::remove_dir_all(&folder);
    ended.map_err(|_| io::Error::other("a process with a journal does not end"))??;
    Ok((told.into_values().collect(), kills))
}

fn start(url: &str, seed: u64, users: &std::ops::Range<usize>, journal: &Path) -> io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([WORD, url, &seed.to_string(), &users.start.to_string(), &users.end.to_string()]).arg(journal);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()
}

/// Takes what it tells until it ends, or is killed. What is told of a write later counts.
async fn listen(mut child: Child, life: Option<Duration>, told: &mut BTreeMap<String, Told>) -> io::Result<()> {
    let Some(out) = child.stdout.take() else { return Err(io::Error::other("no output")) };
    let mut lines = BufReader::new(out).lines();
    let dies = sleep(life.unwrap_or(PATIENCE * 2));
    tokio::pin!(dies);
    let mut is_killed = false;
    loop {
        tokio::select! {
            // SIGKILL: it does nothing more, not even write what it knows.
            () = dies.as_mut(), if !is_killed => {
                child.start_kill()?;
                is_killed = true;
            }
            line = lines.next_line() => match line? {
                Some(line) => {
                    if let Some(one) = Told::parse(&line) {
                        told.insert(format!("{} {} {}", one.user, one.row, one.marks.join(" ")), one);
                    }
                }
                None => break,
            }
        }
    }
    let status = child.wait().await?;
    if !is_killed && !status.success() {
        return Err(io::Error::other(format!("a process with a journal ended with {status}")));
    }
    Ok(())
}

/// The process itself, with the rest of its command line.
pub async fn run(words: &[String]) -> io::Result<()> {
    let [url, seed, first, last, journal] = words else { return Err(io::Error::other("wrong words")) };
    let number = |word: &String| word.parse::<u64>().map_err(io::Error::other);
    let (seed, users) = (number(seed)?, number(first)?..number(last)?);
    let journal = Journal::open(journal).map_err(io::Error::other)?;
    let mut shopping = JoinSet::new();
    for user in users {
        let mut dice = Dice::new(seed, user);
        let user = usize::try_from(user).map_err(io::Error::other)?;
        let client = client(config(url.clone(), user), &mut dice);
        shopping.spawn(Keeper { journal: journal.clone(), client }.shop(dice));
    }
    while let Some(shopped) = shopping.join_next().await {
        shopped.map_err(io::Error::other)?;
    }
    Ok(())
}

/// One user, who keeps a journal. Every run wants the same.
struct Keeper {
    journal: Journal,
    client: Client,
}

impl Keeper {
    async fn shop(self, mut dice: Dice) {
        for number in 0..2 {
            let reference = format!("kept-{number}");
            let lines = json!([{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}]);
            let params = json!({
                "orderLineList": lines, "purchaseAmount": "1", "receiver": receiver(), "sellerOrderNumber": reference,
            });
            let pays = dice.one_in(2);
            if let Some(id) = self.create("taobao.order.purchase_create", params, &reference).await {
                let row = if pays { "taobao.order.pay" } else { "taobao.order.cancel" };
                self.write(row, json!({"orderId": id}), &id).await;
            }
        }
        for number in 0..2 {
            let reference = format!("own-{number}");
            let lines = json!([
                {"offerId": "548818919805", "specId": "eb81c61de14f4adb405ffcc2c8a4a3fb", "quantity": "1"}
            ]);
            let params = json!({
                "flow": "general", "addressParam": address(), "cargoParamList": lines, "outOrderId": reference,
            });
            if let Some(id) = self.create("alibaba.order.create", params, &reference).await {
                self.write("alibaba.order.pay_url", json!({"orderId": id}), &id).await;
            }
        }
        let saved = json!({"name": "kept", "province": "浙江省", "city": "杭州市", "district": "余杭区",
            "address": "象山路1号", "phone": "13800000000"});
        self.write("address.save", saved, "kept").await;
    }

    async fn create(&self, row: &'static str, params: Value, reference: &str) -> Option<String> {
        order(&self.write(row, params, reference).await?)
    }

    /// Makes a write under a key of its own, and tells of its end at once.
    async fn write(&self, row: &'static str, params: Value, mark: &str) -> Option<Value> {
        let user = self.client.config().user_id.clone();
        let key = format!("{user} {row} {mark}");
        let (end, object) = End::of(self.settled(&key, row, &params.to_string()).await);
        println!("{}", Told { user, row, marks: vec![mark.to_string()], end }.to_json());
        object
    }

    async fn settled(&self, key: &str, row: &str, params: &str) -> Result<Settled<String>, xportcn::Error> {
        match self.journal.settle(&self.client, Some(key), row, params).await {
            Ok(settled) => Ok(settled),
            Err(Error::Call(error)) => Err(error),
            // Nobody else is at work here, and the disk is there.
            Err(error) => {
                Err(xportcn::Error::Config { field: "journal".into(), reason: format!("cannot be used: {error}") })
            }
        }
    }
}
