//! A user who shops: calls rows through the core, and reads the answers with both of its drivers.

use crate::host::{Answer, Headers, Host, NOW_MS};
use serde_json::Value;
use xportcn_core::codec;
use xportcn_core::{Amount, Call, Config, Core, Endpoint, Nonce, catalogue};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Reason, USER_ID};

/// The address that orders on Taobao go to.
pub const RECEIVER: &str = r#"{"name":"张三","mobilePhone":"13800000000","state":"浙江省","city":"杭州市",
    "district":"余杭区","address":"象山路1号","zip":"310024"}"#;
/// The address that orders on 1688 go to.
pub const ADDRESS: &str = r#"{"fullName":"张三","mobile":"13800000000","postCode":"310024","provinceText":"浙江省",
    "cityText":"杭州市","areaText":"西湖区","townText":"转塘","address":"象山路1号"}"#;

/// A variant of the product 706627393257 on 1688, where every product is always the same one.
pub const SPEC: &str = "bb87c5da22540e7b7f1b0561a0c31c12";

/// A user of a sandbox.
#[derive(Clone, Copy)]
pub struct Shopper<'a> {
    pub host: &'a Host,
    pub user: &'a str,
    /// The shopper's clock.
    pub now_ms: u64,
}

impl<'a> Shopper<'a> {
    pub fn new(host: &'a Host) -> Self {
        Self { host, user: USER_ID, now_ms: NOW_MS }
    }

    /// Calls a row, and gives its data in canonical form.
    pub async fn call(&self, id: &str, params: impl Into<Value>) -> Value {
        let (endpoint, answer) = self.send(id, &params.into()).await;
        assert_eq!(answer.code(), 200, "{id}: {}", answer.text());
        let decoded = codec::decode(&endpoint.reply, &answer.bytes).unwrap_or_else(|e| panic!("{id}: {e:?}"));
        assert_eq!(decoded.warnings, [], "{id}");
        serde_json::from_str(&decoded.data).unwrap()
    }

    /// Creates an order on Taobao, which the reply names once, and gives it as it can be read then.
    pub async fn order(&self, row: &str, create: impl Into<Value>) -> Value {
        let created = self.call(row, create).await;
        let [order] = created["orderList"].as_array().unwrap().as_slice() else { panic!("{created}") };
        let shown = self.call("taobao.order.get", serde_json::json!({"orderId": order["purchaseId"]})).await;
        assert_eq!((&created["success"], &shown["orderId"]), (&true.into(), &order["purchaseId"]));
        assert_eq!(shown["purchaseAmount"], order["estimateAmount"]);
        for (line, shown) in
            order["orderLineList"].as_array().unwrap().iter().zip(shown["subOrders"].as_array().unwrap())
        {
            assert_eq!(line["subPurchaseOrderId"], shown["subPurchaseOrderId"]);
        }
        shown
    }

    /// Calls a row, and reads its data into its type.
    pub async fn typed<C: Call>(&self, params: impl Into<Value>) -> C::Reply {
        let (endpoint, answer) = self.send(C::ENDPOINT.id, &params.into()).await;
        assert_eq!(answer.code(), 200, "{}: {}", endpoint.id, answer.text());
        let decoded = codec::decode_as::<C::Reply>(&answer.bytes).unwrap_or_else(|e| panic!("{}: {e:?}", endpoint.id));
        assert_eq!(decoded.warnings, [], "{}", endpoint.id);
        decoded.data
    }

    /// Asserts that a call is refused for this reason, and gives the words.
    pub async fn is_refused(&self, id: &str, params: impl Into<Value>, reason: Reason) -> String {
        let params = params.into();
        let (_, answer) = self.send(id, &params).await;
        assert_eq!(answer.code(), u64::from(reason.code()), "{id} {params}: {}", answer.text());
        answer.message()
    }

    /// Calls one of the sandbox's own paths.
    pub async fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let answer = self.host.send(self.host.plain(method, &format!("/sandbox/{path}")).body(body.to_string())).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// Has the seller do something.
    pub async fn seller(&self, path: &str) -> Value {
        self.control("POST", path, "").await
    }

    /// Sends what hosts send for a row, made and signed by the core.
    pub async fn send(&self, id: &str, params: &Value) -> (&'static Endpoint, Answer) {
        let endpoint = catalogue::find(id).unwrap_or_else(|| panic!("there is no {id}"));
        let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, self.user);
        config.base_url = self.host.sandbox.url();
        let core = Core::new(config).unwrap();
        let prepared =
            core.prepare_json(endpoint, params.to_string().as_bytes()).unwrap_or_else(|e| panic!("{id}: {e}"));
        let nonce = Nonce::from_text(&Headers::genuine().nonce).unwrap();
        let request = core.sign(&prepared, self.now_ms, &nonce);
        let path = request.url.strip_prefix(&self.host.sandbox.url()).unwrap().to_string();
        let mut sent = self.host.plain(request.method.as_str(), &path);
        for (name, value) in &request.headers {
            sent = sent.header(name.as_ref(), value);
        }
        (endpoint, self.host.send(sent.body(request.body.clone().unwrap_or_default())).await)
    }
}

/// JSON, written as text.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// An id, which must be text of 19 digits.
#[track_caller]
pub fn long_id(value: &Value) -> String {
    let id = value.as_str().unwrap_or_else(|| panic!("{value} is no text"));
    assert!(id.len() == 19 && id.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
    id.to_string()
}

/// Fen of a canonical amount in fen.
#[track_caller]
pub fn fen(value: &Value) -> i64 {
    let text = value.as_str().map_or_else(|| value.to_string(), String::from);
    text.parse().unwrap_or_else(|_| panic!("{value} is no whole fen"))
}

/// Fen of an amount in yuan, which has two decimals where it is text. Rows of unknown shape give numbers as they come.
#[track_caller]
pub fn yuan(value: &Value) -> i64 {
    let text = value.as_str().map_or_else(|| value.to_string(), String::from);
    assert!(value.is_number() || text.split_once('.').is_some_and(|(_, cents)| cents.len() == 2), "{value}");
    let fen = text.parse::<Amount>().unwrap_or_else(|_| panic!("{value} is no amount")) * Amount::ONE_HUNDRED;
    fen.normalize().to_string().parse().unwrap()
}
