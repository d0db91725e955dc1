//! The cases, as the runner writes them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::value::RawValue;

/// JSON whose numbers keep their digits.
pub type Json = Box<RawValue>;

/// One line. Its name says what the rest is, which is read for itself: JSON keeps its digits only so.
pub enum Case {
    Hello,
    Client(Client),
    Sign(Sign),
    Headers(First),
    Read(Read),
    Push(Push),
    SignPush(SignPush),
    Trace(Trace),
    Search(Search),
    Call(Call),
    Items(Items),
    Pages(Call),
    Shapes(Call),
    Load(Load),
    Cancel(Cancel),
    Recover(Recover),
    Settle(Call),
    Settles(Settles),
    Wait(Wait),
}

impl Case {
    pub fn read(line: &str) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Op {
            Hello,
            Client,
            Sign,
            Headers,
            Read,
            Push,
            #[serde(rename = "sign-push")]
            SignPush,
            Trace,
            Search,
            Call,
            Items,
            Pages,
            Shapes,
            Load,
            Cancel,
            Recover,
            Settle,
            Settles,
            Wait,
        }
        #[derive(Deserialize)]
        struct Head {
            op: Op,
        }
        Ok(match serde_json::from_str::<Head>(line)?.op {
            Op::Hello => Self::Hello,
            Op::Client => Self::Client(serde_json::from_str(line)?),
            Op::Sign => Self::Sign(serde_json::from_str(line)?),
            Op::Headers => Self::Headers(serde_json::from_str(line)?),
            Op::Read => Self::Read(serde_json::from_str(line)?),
            Op::Push => Self::Push(serde_json::from_str(line)?),
            Op::SignPush => Self::SignPush(serde_json::from_str(line)?),
            Op::Trace => Self::Trace(serde_json::from_str(line)?),
            Op::Search => Self::Search(serde_json::from_str(line)?),
            Op::Call => Self::Call(serde_json::from_str(line)?),
            Op::Items => Self::Items(serde_json::from_str(line)?),
            Op::Pages => Self::Pages(serde_json::from_str(line)?),
            Op::Shapes => Self::Shapes(serde_json::from_str(line)?),
            Op::Load => Self::Load(serde_json::from_str(line)?),
            Op::Cancel => Self::Cancel(serde_json::from_str(line)?),
            Op::Recover => Self::Recover(serde_json::from_str(line)?),
            Op::Settle => Self::Settle(serde_json::from_str(line)?),
            Op::Settles => Self::Settles(serde_json::from_str(line)?),
            Op::Wait => Self::Wait(serde_json::from_str(line)?),
        })
    }
}

#[derive(Deserialize)]
pub struct Client {
    pub settings: Json,
}

#[derive(Deserialize)]
pub struct Sign {
    pub settings: Json,
    pub timestamp: String,
    pub nonce: String,
}

#[derive(Deserialize)]
pub struct Read {
    pub settings: Json,
    pub id: String,
    pub status: u16,
    pub body: Body,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Push {
    pub access_key: String,
    pub access_secret: String,
    pub authorization: String,
    pub body: Body,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignPush {
    pub access_key: String,
    pub access_secret: String,
    pub message: String,
    pub content: Option<String>,
    pub platform: Option<i64>,
    pub time_ms: Option<u64>,
}

#[derive(Deserialize)]
pub struct Trace {
    pub settings: Json,
    pub calls: Vec<Begin>,
    pub events: Vec<Event>,
}

#[derive(Deserialize)]
pub struct Wait {
    pub settings: Json,
    pub of: String,
    pub state: String,
    pub id: String,
    pub options: Option<Json>,
    pub push: Option<Pushed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pushed {
    pub after_ms: u64,
    pub authorization: String,
    pub body: String,
}

#[derive(Deserialize)]
pub struct Call {
    pub settings: Json,
    pub id: String,
    pub params: Json,
    pub options: Option<Json>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Items {
    pub settings: Json,
    pub id: String,
    pub params: Json,
    pub at_most: usize,
}

#[derive(Deserialize)]
pub struct Load {
    pub settings: Json,
    pub id: String,
    pub params: Json,
    pub count: usize,
    pub concurrency: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel {
    pub settings: Json,
    pub id: String,
    pub params: Json,
    pub after_ms: u64,
}

/// Writes of several users, each of which is seen to its end.
#[derive(Deserialize)]
pub struct Settles {
    pub settings: Vec<Json>,
    pub calls: Vec<Write>,
    pub concurrency: usize,
}

#[derive(Deserialize)]
pub struct Write {
    /// By which of the clients.
    pub by: usize,
    pub id: String,
    pub params: Json,
}

#[derive(Deserialize)]
pub struct Recover {
    pub settings: Json,
    pub ticket: String,
    pub options: Option<Json>,
}

/// A call of which the first step is wanted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct First {
    pub settings: Json,
    pub now_ms: u64,
    pub random: String,
    pub id: String,
    pub params: String,
}

/// A call of a trace. Its parameters and options are JSON text.
#[derive(Deserialize)]
pub struct Begin {
    pub id: String,
    pub params: String,
    pub options: String,
}

/// What happens to a call of a trace.
#[derive(Deserialize)]
pub struct Event {
    pub call: usize,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum What {
    Step { now_ms: u64, random: String },
    Response { status: u16, headers: Vec<(String, String)>, body: Body },
    Failure { kind: String, maybe_sent: bool, detail: String },
    Cancel(#[allow(dead_code, reason = "always true")] bool),
}

/// A search for a lost write, a write that is seen to its end, or a wait for a state. What is not given in their own types is JSON text.
#[derive(Deserialize)]
pub struct Search {
    pub settings: Json,
    #[serde(flatten)]
    pub of: SearchOf,
    pub options: String,
    pub events: Vec<SearchEvent>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchOf {
    Ticket(String),
    Settle { id: String, params: String },
    Wait { of: String, state: String, id: String },
}

/// What happens to a search.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum SearchEvent {
    Step(u64),
    Reply { data: String, about: String },
    Failure { error: String, is_retryable: bool, ticket: String },
    Push(String),
}

/// Text, or bytes.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Body {
    Text(String),
    Bytes { base64: String },
}

impl Body {
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Body::Text(text) => text.into_bytes(),
            Body::Bytes { base64 } => BASE64_STANDARD.decode(base64).expect("the runner writes base64"),
        }
    }
}

/// Bytes written as hexadecimal digits.
pub fn bytes_of_hex(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("hexadecimal digits"));
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal digits")).collect()
}
