//! Orders on Poizon.

mod create;
mod page;
mod pay;
mod placed_order;
mod preview;

pub use self::create::*;
pub use self::page::*;
pub use self::pay::*;
pub use self::placed_order::*;
pub use self::preview::*;
