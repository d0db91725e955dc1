//! Products of Poizon.

mod detail;
mod keyword_search;
mod spu;

pub use self::detail::*;
pub use self::keyword_search::*;
pub use self::spu::*;
