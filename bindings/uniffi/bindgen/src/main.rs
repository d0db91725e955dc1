//! `uniffi-bindgen`, pinned by the workspace's lock file.
#![forbid(unsafe_code)]

fn main() {
    uniffi::uniffi_bindgen_main();
}
