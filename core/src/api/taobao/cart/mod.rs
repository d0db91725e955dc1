//! The shopping cart for Taobao.

mod list;
pub use self::list::*;
mod add;
pub use self::add::*;
mod delete;
pub use self::delete::*;
mod edit_quantity;
pub use self::edit_quantity::*;
mod preview_order;
pub use self::preview_order::*;
mod create_order;
pub use self::create_order::*;
