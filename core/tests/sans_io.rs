//! The core does no I/O: it has no standard library to do it with, and only these crates below it.

use std::process::Command;

/// Every crate below the core. A new one is added here after a look at what it does: no clock, no randomness, no
/// socket, no thread, no async.
const ALLOWED: &[&str] = &[
    "arrayvec",
    "base16ct",
    "block_buffer",
    "cfg_if",
    "chrono",
    "cmov",
    "crypto_common",
    "ctutils",
    "digest",
    "hmac",
    "hybrid_array",
    "itoa",
    "md5",
    "memchr",
    "num_traits",
    "percent_encoding",
    "rust_decimal",
    "serde",
    "serde_core",
    "serde_json",
    "sha2",
    "smol_str",
    "thiserror",
    "typenum",
    "xportcn_core",
    "zeroize",
    "zmij",
];

#[test]
fn the_core_is_built_without_the_standard_library() {
    let root = include_str!("../src/lib.rs");
    assert!(root.contains("#![no_std]"));
    assert!(root.contains("#![forbid(unsafe_code)]"));
    assert!(!root.contains("extern crate std"));
}

#[test]
fn nothing_below_the_core_does_io_or_brings_the_standard_library_in() {
    for line in tree().lines().filter(|line| !line.is_empty()) {
        let (name, features) = line.split_once(' ').unwrap();
        assert!(ALLOWED.contains(&name), "the core depends on `{name}`, which is not known to do no I/O");
        assert!(!features.split(',').any(|feature| feature == "std"), "`{name}` brings the standard library in");
    }
}

/// The crates below the core when it is built alone, for a target without an operating system.
fn tree() -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "xportcn-core", "--target", "wasm32-unknown-unknown"])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--no-dedupe"])
        .args(["--format", "{lib} {f}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
