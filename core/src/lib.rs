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

pub mod catalogue;
mod clock;
pub mod codec;
mod config;
mod core;
pub mod endpoint;
mod error;
mod excerpt;
pub mod exchange;
mod find_out;
pub mod host;
mod limit;
mod nonce;
mod paging;
pub mod push;
mod reply;
mod request;
pub mod schema;
mod secret;
pub mod sign;
pub mod values;

pub mod address;
pub mod alibaba;
pub mod big_major;
pub mod international;
pub mod poizon;
pub mod taobao;
pub mod warehouse;

pub use crate::config::{Config, TimestampUnit};
pub use crate::core::{Core, Prepared};
pub use crate::endpoint::{Call, Endpoint};
pub use crate::error::{Error, TransportKind, Warning};
pub use crate::exchange::{Exchange, RetryPolicy, Step};
pub use crate::limit::Limit;
pub use crate::nonce::Nonce;
pub use crate::paging::Pager;
pub use crate::reply::Reply;
pub use crate::request::{Request, Response};
pub use crate::secret::Secret;
pub use crate::values::{Amount, Any, Id, Time};

/// The wire as an OpenAPI 3.1 document, for tools of other languages.
#[cfg(feature = "docs")]
pub const OPENAPI: &str = include_str!("../openapi.json");

/// What an endpoint's file needs to describe its request and reply.
pub(crate) mod prelude {
    pub(crate) use crate::values::{Amount, Any, Further, Id, Time};
    pub(crate) use alloc::string::String;
    pub(crate) use alloc::vec::Vec;
    pub(crate) use xportcn_derive::{Endpoint, Model};
}
