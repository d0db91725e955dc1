//! Messages on 1688 orders.

mod order_message;
mod rows;

pub use self::order_message::*;
pub use self::rows::*;
