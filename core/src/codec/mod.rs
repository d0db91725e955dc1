//! The one reader and writer of wire and canonical JSON.
//!
//! Two drivers share the rules in [`crate::values`]: the table-driven one (`transcode`), which
//! rewrites JSON text for other languages, and the typed one ([`Model`]), which reads and writes Rust structs.

mod charset;
mod decode;
mod encode;
mod model;
mod route;
mod transcode;
mod words;
mod writer;

pub use self::charset::guessed;
pub(crate) use self::charset::in_utf8;
pub use self::decode::{Decoded, Envelope, Unreadable, decode, decode_as, decode_value};
pub(crate) use self::decode::{decode_to, not_utf8};
pub(crate) use self::encode::encode_text;
pub use self::encode::{check, encode, encode_typed, from_pairs, write};
#[cfg(feature = "shapes")]
pub(crate) use self::model::embedded_text;
pub use self::model::{Model, from_json};
pub(crate) use self::route::write_pair;
pub use self::route::{Route, Routed};
pub(crate) use self::words::words;
pub use crate::json::{Fault, Path, Policy, elements, members, unmarked};

/// What `#[derive(Model)]` writes calls to. No part of the public interface.
#[doc(hidden)]
pub mod derive {
    pub use super::model::{Record, Slot, decode_element, decode_model, decode_record, deserialize};
    pub use super::writer::ObjectWriter;
    pub use crate::json::{Broken, Context, Outcome, Source};
    pub use alloc::string::String;
    pub use alloc::vec::Vec;
    pub use serde;
}
