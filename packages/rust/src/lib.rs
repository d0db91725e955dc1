//! A client of the Xportcn OpenAPI: buy from Taobao, 1688 and Poizon. Unofficial.
//!
//! ```no_run
//! use xportcn::{Client, Config, taobao::after_sale::Render};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let config = Config::new(
//!     std::env::var("XPORTCN_ACCESS_KEY")?,
//!     std::env::var("XPORTCN_ACCESS_SECRET")?,
//!     std::env::var("XPORTCN_USER_ID")?,
//! );
//! let client = Client::new(config)?;
//! let reply = client
//!     .send(Render { sub_order_id: "1034499579120189839".into(), goods_status: 1, refund_type: 1 })
//!     .await?;
//! println!("{:?}, request {:?}", reply.currency, reply.request_id);
//! # Ok(())
//! # }
//! ```
//!
//! Every endpoint is a struct in a module named after its group, and implements [`Call`]. A [`Reply`] gives the data,
//! the platform's request id, what was noticed while reading, and the body as it was received. An [`Error`] tells who
//! is wrong and what to do.
//!
//! # Timeouts and connections
//!
//! A call fails with [`Error::Timeout`] after 30 seconds unless [`ClientBuilder::timeout`] says otherwise. A client
//! keeps its connections, so make one and clone it. Calls run on tokio. Redirects are not followed, because they would
//! carry signed headers to another host.
//!
//! # Pushed messages
//!
//! The platform posts messages on orders to a URL of yours. [`Client::read_push`] tells whether one is the platform's
//! and reads it; [`push::verify`] and [`push::parse`] do the two steps without a client. [`Client::sign_push`] makes messages
//! for tests.
//!
//! # Several accounts
//!
//! With the feature `profiles`, `Client::from_profile("work")` takes an account and its settings by name from
//! `~/.config/xportcn/config.toml`; the module `profile` says how they are written.
//!
//! # Logging
//!
//! Each call is a [`tracing`] span at DEBUG, and each warning about a reply an event at WARN. Neither the secret nor a
//! signature is ever part of them.
//!
//! # Features
//!
//! `opentelemetry`: spans and metrics of calls, by [`ClientBuilder::opentelemetry`].
//!
//! # Your own transport
//!
//! Requests go out through [`Transport`]; [`ClientBuilder::transport`] sets another one, for a test or another HTTP
//! library.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answered;
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
pub mod axum;
mod client;
mod environment;
mod fresh;
mod http;
mod listeners;
mod pages;
#[cfg(feature = "profiles")]
#[cfg_attr(docsrs, doc(cfg(feature = "profiles")))]
pub mod profile;
mod recover;
#[cfg(feature = "opentelemetry")]
mod telemetry;
mod transport;
mod wait;

pub use self::answered::Answered;
pub use self::client::{Client, ClientBuilder};
pub use self::environment::config_from_env;
pub use self::http::check_proxy;
pub use self::pages::{Items, Pages};
pub use self::recover::Settled;
pub use self::transport::{Failure, Sending, Transport, from_http};
pub use xportcn_core::catalogue::endpoint;
pub use xportcn_core::exchange::FailureKind;

pub use xportcn_core::{
    Amount, Any, Call, Config, Endpoint, Entry, EntryState, Error, Event, EventKind, Id, Limit, Outcome, Paged,
    References, Reply, Request, Response, RetryPolicy, Secret, Ticket, Time, TimestampUnit, TransportKind, Wait,
    Waited, Warning, base_url, catalogue, goals, journal_key, push, settings, sign,
};
pub use xportcn_core::{address, alibaba, big_major, international, poizon, taobao, warehouse};

/// The examples of the README, which are compiled and run with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
