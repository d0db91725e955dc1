//! The Xportcn platform on loopback, for tests and first steps. Unofficial.
//!
//! It verifies requests as the platform does, checks them against the tables of `xportcn-core`, and answers with
//! sample data of the documented shape. It listens on loopback only, unless it is told to do otherwise.
//!
//! ```
//! use xportcn_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::builder().start().await?;
//! println!("listening on {}", sandbox.url());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod account;
mod answer;
mod auth;
mod browser;
mod builder;
mod call;
mod clock;
mod control;
mod delay;
mod description;
mod drift;
mod event;
mod fault;
mod nonces;
mod platform;
mod push;
mod pushed;
mod refusal;
mod reply;
mod request;
mod revision;
mod route;
mod rows;
mod sample;
mod server;
mod settle;
mod state;
mod store;
mod wire;

pub use self::account::{ACCESS_KEY, ACCESS_SECRET, USER_ID};
pub use self::answer::Answer;
pub use self::builder::{Builder, Sandbox};
pub use self::call::{Call, Caller};
pub use self::delay::{Delay, InvalidDelay};
pub use self::drift::{Drift, InvalidDrift};
pub use self::fault::{Faults, InvalidFaults};
pub use self::refusal::{Reason, Refusal};
pub use self::sample::{Facts, sample};
pub use self::server::Running;

pub use xportcn_core;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
