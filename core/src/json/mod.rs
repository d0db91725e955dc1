//! JSON text: read token by token, walked by a table, and written. What both readers of replies stand on: the typed one
//! (`codec/model.rs`) and the table-driven one (`codec/transcode.rs`).

mod ascii;
mod context;
mod escapes;
mod mark;
mod members;
mod mend;
mod rewrap;
mod source;
mod token;
mod walk;
mod write;

pub use self::ascii::ascii;
pub(crate) use self::ascii::beyond_ascii;
pub(crate) use self::context::{CONTAINER, ELEMENT};
pub use self::context::{Context, Fault, Path, Policy};
#[cfg(feature = "charsets")]
pub(crate) use self::mark::is_marked;
pub use self::mark::unmarked;
pub(crate) use self::members::three;
pub use self::members::{elements, members};
pub use self::source::{Broken, Source};
pub use self::token::Token;
pub use self::walk::Outcome;

#[cfg(feature = "shapes")]
pub(crate) use self::source::Next;

pub(crate) use self::escapes::{replace_lone_surrogates, unescape};
pub(crate) use self::mend::{Mended, mend};
pub(crate) use self::rewrap::rewrapped;
pub(crate) use self::source::{Parts, Span, each_member, is_json, is_number};
pub(crate) use self::walk::{EMPTY, Fields, Key, MISSING, OF_REQUEST, bit, doubt, fields, list};
pub(crate) use self::write::{embed, write_key, write_plain_key, write_quoted, write_text};
