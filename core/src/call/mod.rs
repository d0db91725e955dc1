//! One call: from its parameters to signed requests, through attempts and waits, to its reply.

pub(crate) mod arrival;
pub mod base_url;
pub(crate) mod clock;
pub(crate) mod config;
pub(crate) mod core;
pub mod event;
pub(crate) mod excerpt;
pub mod exchange;
pub(crate) mod extras;
pub(crate) mod fingerprint;
pub(crate) mod limit;
pub(crate) mod nonce;
pub(crate) mod paging;
pub(crate) mod recovery;
pub(crate) mod reference;
pub(crate) mod reply;
pub(crate) mod request;
pub(crate) mod retry;
pub mod settings;
pub mod sign;
pub(crate) mod texts;
