//! Taobao.

pub mod after_sale;
pub mod order;
pub mod product;

mod purchase_order_line;
pub use self::purchase_order_line::*;
mod receiver;
pub use self::receiver::*;
mod status;
pub use self::status::*;
