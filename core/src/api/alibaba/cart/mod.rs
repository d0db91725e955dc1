//! The shopping cart of 1688.

mod add;
mod create_order;
mod delete;
mod edit_quantity;
mod list;
mod preview_order;

pub use self::add::*;
pub use self::create_order::*;
pub use self::delete::*;
pub use self::edit_quantity::*;
pub use self::list::*;
pub use self::preview_order::*;
