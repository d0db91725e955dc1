//! 1688, the wholesale market of Alibaba.

pub(in crate::api) mod effects;
pub(in crate::api) mod goals;
mod outcome;
mod refund_status;

pub mod after_sale;
pub mod cart;
pub mod order;
pub mod product;
pub mod push;

pub use self::outcome::*;
pub use self::refund_status::*;
