//! The core's few functions for JavaScript. It converts, and decides nothing.
//!
//! It is built twice, so that a page loads what calls need, and the rest only when it is asked for: with the feature `calls`
//! and with the feature `later`.
//!
//! Errors cross as text: the error as JSON. A step tells what to do by a number; its texts are taken one by one, so that
//! the data of a reply and the body of a request cross once and whole. What JavaScript parses crosses in ASCII: engines
//! turn other UTF-8 into their strings many times slower.
#![deny(missing_docs)]

#[cfg(feature = "calls")]
mod calls;
#[cfg(feature = "later")]
mod later;

use wasm_bindgen::prelude::*;
use xportcn_core::Error;
use xportcn_core::host::{self, Case};

/// 1 KB smaller, gzipped, than the one of the standard library, and as fast.
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf<InPlace> = rlsf::GlobalTlsf::new();

/// Texts lose what was too much room for them before they cross: without this each would be copied for it.
struct InPlace;

impl rlsf::GlobalTlsfOptions for InPlace {
    const ENABLE_REALLOCATION: bool = true;
    const COALESCE_POOLS: bool = true;
}

fn thrown(error: Error) -> JsValue {
    JsValue::from_str(&host::error_json(error, Case::Camel))
}
