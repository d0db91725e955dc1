//! What must hold for any input: each module has one function, `check`, which panics where it does not.
//!
//! The same functions run under libFuzzer (`fuzz_targets/`), in the fuzzer of [`in_process`], which needs no nightly
//! compiler, and over a folder of files ([`collection`]).
#![forbid(unsafe_code)]

pub mod collection;
pub mod decode;
pub mod encode;
pub mod exchange;
pub mod in_process;
pub mod push;
mod rows;
pub mod sandbox;
#[path = "../../../core/tests/shape/mod.rs"]
mod shape;

/// A target's name and its check.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 5] = [
    ("decode", decode::check),
    ("encode", encode::check),
    ("exchange", exchange::check),
    ("push", push::check),
    ("sandbox", sandbox::check),
];
