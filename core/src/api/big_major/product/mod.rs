//! Products of 1688 for big buyers.

mod decrypt_open_uid;
mod detail;
mod keyword_search;

pub use self::decrypt_open_uid::*;
pub use self::detail::*;
pub use self::keyword_search::*;
