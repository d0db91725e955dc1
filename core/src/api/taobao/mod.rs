//! Taobao.

pub mod after_sale;
pub mod cart;
mod effects;
pub(in crate::api) mod goals;
pub mod order;
pub mod product;
pub mod push;

mod purchase_order_line;
pub use self::purchase_order_line::*;
mod receiver;
pub use self::receiver::*;
mod status;
pub use self::status::*;
