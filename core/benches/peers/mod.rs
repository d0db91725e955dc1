//! What one would write by hand: the same calls with `format!`, md-5 and serde_json, and the same reply as plain
//! structs. The measure for the core, in the same run.
#![allow(dead_code, reason = "the fields are there to be read into")]

mod page;

pub use self::page::{Page, Reply};

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use std::path::Path;
use xportcn_core::Response;
use xportcn_core::taobao::after_sale;

/// A signed POST of `taobao.after_sale.render`, by hand.
pub struct HandWritten {
    pub access_key: String,
    pub access_secret: String,
    pub user_id: String,
    pub base_url: String,
}

pub struct HandWrittenRequest {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Render<'a> {
    pub sub_order_id: &'a str,
    pub goods_status: i64,
    pub refund_type: i64,
}

/// An order of several lines, by hand.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub flow: String,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    pub address_param: Address,
    pub cargo_param_list: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub full_name: Option<String>,
    pub mobile: Option<String>,
    pub phone: Option<String>,
    pub post_code: Option<String>,
    pub city_text: Option<String>,
    pub province_text: Option<String>,
    pub area_text: Option<String>,
    pub town_text: Option<String>,
    pub address: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    pub offer_id: String,
    pub spec_id: Option<String>,
    pub quantity: String,
}

/// A file of the inputs of every host's benchmark.
pub fn input(name: &str) -> Vec<u8> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("target/bench/inputs"));
    let found = folders.into_iter().find_map(|folder| std::fs::read(folder.join(name)).ok());
    found.unwrap_or_else(|| panic!("{name} is not there: python3 tests/bench/inputs.py writes it"))
}

/// The parameters in such a file, as JSON.
pub fn params(name: &str) -> String {
    let file: serde_json::Value = serde_json::from_slice(&input(name)).unwrap();
    file["params"].to_string()
}

/// The same call for the core.
pub fn render_call() -> after_sale::Render {
    after_sale::Render { sub_order_id: "1034499579120189839".into(), goods_status: 1, refund_type: 1 }
}

/// A short answer to it, with the headers that answers have.
pub fn render_response() -> Response {
    let header = |name: &str, value: &str| (name.to_string(), value.to_string());
    let headers = vec![
        header("content-type", "application/json;charset=UTF-8"),
        header("date", "Tue, 14 Nov 2023 22:13:20 GMT"),
        header("server", "nginx"),
    ];
    let body =
        r#"{"code":200,"msg":"success","requestId":"4cfda0b7","data":{"currency":"CNY","distributorId":"20001"}}"#;
    Response { status: 200, headers, body: body.as_bytes().to_vec() }
}

/// The hand-written client with the sandbox's account.
pub fn client() -> HandWritten {
    HandWritten {
        access_key: "sandbox-key".into(),
        access_secret: "sandbox-secret".into(),
        user_id: "sandbox-user".into(),
        base_url: "https://www.xportcn.com/api".into(),
    }
}

impl HandWritten {
    pub fn post(&self, path: &str, call: &impl Serialize, now_ms: u64, nonce: &str) -> HandWrittenRequest {
        let timestamp = format!("{}", now_ms / 1000);
        let text = format!("{}{}{}{}", self.access_key, timestamp, nonce, self.access_secret);
        let signature: String = Md5::digest(text).iter().map(|byte| format!("{byte:02X}")).collect();
        HandWrittenRequest {
            url: format!("{}{path}", self.base_url),
            headers: vec![
                ("access-key", self.access_key.clone()),
                ("timestamp", timestamp),
                ("nonce-str", nonce.to_string()),
                ("user-id", self.user_id.clone()),
                ("signature", signature),
                ("accept", "application/json".to_string()),
                ("content-type", "application/json".to_string()),
            ],
            body: serde_json::to_vec(call).unwrap(),
        }
    }
}
