//! Orders on Poizon.

mod create;
mod page;
mod pay;
mod preview;

pub use self::create::*;
pub use self::page::*;
pub use self::pay::*;
pub use self::preview::*;
