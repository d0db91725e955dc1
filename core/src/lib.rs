//! The Xportcn OpenAPI (Taobao, 1688, Poizon) without I/O.
//!
//! This crate knows what to send and what an answer means. It has no clock, no randomness, no socket, no thread and
//! no async: hosts bring those. It is `no_std` so that the compiler keeps that promise.
//!
//! ```text
//! host's value -> encode -> Request -> [host's transport] -> Response -> decode -> canonical JSON -> host's type
//! ```
//!
//! Most Rust programs want the crate `xportcn`, which adds a client on reqwest.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;
extern crate self as xportcn_core;

mod api;
mod call;
pub mod codec;
pub mod effect;
pub mod endpoint;
mod error;
pub mod goal;
pub mod host;
mod json;
mod nearest;
pub mod push;
pub mod schema;
mod search;
mod secret;
#[cfg(feature = "shapes")]
pub mod shape;
pub mod values;

pub use crate::api::{
    Call, Paged, address, alibaba, big_major, catalogue, goals, international, poizon, taobao, warehouse,
};
pub use crate::call::config::{Config, TimestampUnit};
pub use crate::call::core::{Core, Prepared};
pub use crate::call::event::{Event, EventKind};
pub use crate::call::exchange::{Exchange, Step};
pub use crate::call::extras::Extras;
pub use crate::call::limit::Limit;
pub use crate::call::nonce::Nonce;
pub use crate::call::paging::Pager;
pub use crate::call::recovery::{
    Entry, EntryState, Outcome, Recovery, RecoveryStep, Settle, SettleStep, Settled, Ticket, Wait, WaitStep, Waited,
    journal_key,
};
pub use crate::call::reference::References;
pub use crate::call::reply::Reply;
pub use crate::call::request::{Request, Response};
pub use crate::call::retry::RetryPolicy;
pub use crate::call::texts::Texts;
pub use crate::call::{base_url, event, exchange, settings, sign};
pub use crate::endpoint::Endpoint;
pub use crate::error::{Error, ReplyPart, TransportKind, Warning};
pub use crate::nearest::nearest;
pub use crate::secret::Secret;
pub use crate::values::{Amount, Any, Id, Time};

/// The wire as an OpenAPI 3.1 document, for tools of other languages.
#[cfg(feature = "docs")]
pub const OPENAPI: &str = include_str!("../openapi.json");
