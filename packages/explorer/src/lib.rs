//! A page on loopback that shows the Xportcn OpenAPI: every call with its documentation and a form, what a call sends and
//! what comes back, and a sandbox as it is at each moment. Unofficial.
//!
//! The page never has the secret: calls are made here, by the client that programs use, and signatures are masked before
//! anything is handed on. Only the address that holds the token opens it.
//!
//! ```no_run
//! use xportcn_explorer::{Explorer, Target};
//! use xportcn::{Config, RetryPolicy};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let explorer = Explorer::bind(0).await?;
//! println!("open {}", explorer.url());
//! let mut config = Config::new("sandbox-key", "sandbox-secret", "sandbox-user");
//! config.base_url = "http://127.0.0.1:8080".into();
//! let running = explorer.serve(Target::sandbox(config, RetryPolicy::default()))?;
//! running.stop().await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod api;
mod assets;
mod calls;
mod control;
mod guard;
mod inbox;
mod live;
mod mask;
mod record;
mod samples;
mod scenario;
mod server;
mod sum;
mod tables;
mod target;

pub use self::scenario::{InvalidScenario, Scenario, Told};
pub use self::server::{Explorer, Running};
pub use self::target::Target;
