//! The one reader and writer of wire and canonical JSON.
//!
//! Two drivers share the rules in [`crate::values`]: the table-driven one (`transcode`), which
//! rewrites JSON text for other languages, and the typed one ([`Model`]), which reads and writes Rust structs.

mod ascii;
mod context;
mod decode;
mod encode;
mod escapes;
mod json;
mod list;
mod model;
mod parts;
mod token;
mod transcode;
mod writer;

pub use self::ascii::ascii;
pub use self::context::{Context, Fault, Path, Policy};
pub use self::decode::{Decoded, Envelope, Unreadable, decode, decode_as, decode_value, mended};
pub use self::encode::{Route, Routed, check, encode, encode_typed, from_pairs};
pub use self::model::{Model, Slot, decode_model, deserialize, from_json};
pub use self::parts::{elements, members};
pub use self::token::Token;
pub use self::writer::ObjectWriter;

pub(crate) use self::escapes::unescape;
pub use self::json::{Broken, Source};
pub(crate) use self::json::{Next, is_json};
pub(crate) use self::list::decode_list;
pub(crate) use self::writer::{write_key, write_quoted, write_text};

/// What the drive of one value came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A value.
    Full,
    /// A value without content: an empty id, text or list.
    Empty,
    /// No value.
    Null,
}
