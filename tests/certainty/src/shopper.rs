//! One user, who writes and remembers what was told of it.

use crate::dice::Dice;
use crate::faults::{TIMEOUT, WINDOW};
use crate::platform::Platform;
use crate::write::{End, Told};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use xportcn::{Client, Config, RetryPolicy, catalogue};

pub struct Shopper {
    pub dice: Dice,
    pub told: Vec<Told>,
    platform: Arc<Platform>,
    client: Client,
    /// How many things have been named.
    names: u32,
}

impl Shopper {
    /// The user of this number. Some have said by which paths orders are listed, so that they can be told "not done"; some
    /// have what was not done sent again.
    pub fn new(platform: Arc<Platform>, user: usize, mut dice: Dice) -> Self {
        let client = client(platform.config(user), &mut dice);
        Self { dice, told: Vec::new(), platform, client, names: 0 }
    }

    /// A name that no other write of the user has.
    pub fn name(&mut self, of: &str) -> String {
        self.names += 1;
        format!("{of}-{}", self.names)
    }

    /// Makes a write; gives what shows it, if it is known to be done.
    pub async fn write(&mut self, row: &'static str, params: Value, mark: &str) -> Option<Value> {
        self.write_all(row, params, vec![mark.to_string()]).await
    }

    /// Makes a write on several objects.
    pub async fn write_all(&mut self, row: &'static str, params: Value, marks: Vec<String>) -> Option<Value> {
        let (end, object) = End::of(self.client.settle_json(row, params.to_string()).await);
        self.told.push(Told { user: self.client.config().user_id.clone(), row, marks, end });
        object
    }

    /// The seller does something, which succeeds only if what it is about is there.
    pub async fn seller(&self, path: &str) {
        let _ = self.platform.ask("POST", path).await;
    }
}

/// A client with the settings of one user.
pub fn client(mut config: Config, dice: &mut Dice) -> Client {
    if dice.one_in(2) {
        set_paths(&mut config);
    }
    let policy = RetryPolicy {
        timeout: TIMEOUT,
        deadline: Duration::from_secs(3),
        initial_backoff: Duration::from_millis(20),
        max_backoff: Duration::from_millis(100),
        recovery_window: WINDOW,
        retry_after_recovery: dice.one_in(3),
        ..RetryPolicy::default()
    };
    Client::builder(config).policy(policy).build().unwrap_or_else(|error| panic!("{error}"))
}

/// The paths are those of the tables, and no guess any more.
fn set_paths(config: &mut Config) {
    let rows = ["taobao.order.purchase_page", "taobao.order.page", "alibaba.order.page", "big_major.order.page"];
    for row in rows.into_iter().filter_map(catalogue::find) {
        config.paths.insert(row.id.to_string(), row.path.to_string());
    }
}

/// Where orders on Taobao go.
pub fn receiver() -> Value {
    json!({"name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市", "district": "余杭区",
        "address": "象山路1号", "zip": "310024"})
}

/// Where orders on 1688 go.
pub fn address() -> Value {
    json!({"fullName": "张三", "mobile": "13800000000", "postCode": "310024", "provinceText": "浙江省",
        "cityText": "杭州市", "areaText": "西湖区", "townText": "转塘", "address": "象山路1号"})
}
