//! Orders on 1688 for big buyers.

mod create;
mod get;
mod page;
mod pay;
mod preview;

pub use self::create::*;
pub use self::get::*;
pub use self::page::*;
pub use self::pay::*;
pub use self::preview::*;
