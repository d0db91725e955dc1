//! Products of international Alibaba.

mod detail;
mod list;

pub use self::detail::*;
pub use self::list::*;
