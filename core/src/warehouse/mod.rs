//! Warehouse logistics: freight from China to overseas.

mod book_freight;
pub use self::book_freight::*;

mod overseas_receiver;
pub use self::overseas_receiver::*;
mod freight_info;
pub use self::freight_info::*;
