//! Orders on international Alibaba.

mod create;
mod list;

pub use self::create::*;
pub use self::list::*;
