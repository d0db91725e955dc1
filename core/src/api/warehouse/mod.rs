//! Warehouse logistics: freight from China to overseas.

mod effects;
mod estimate_freight;
pub use self::estimate_freight::*;
mod preview_freight;
pub use self::preview_freight::*;
mod book_freight;
pub use self::book_freight::*;
mod update_domestic_logistics;
pub use self::update_domestic_logistics::*;

mod overseas_receiver;
pub use self::overseas_receiver::*;
mod freight_info;
pub use self::freight_info::*;
