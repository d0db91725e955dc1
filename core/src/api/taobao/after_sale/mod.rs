//! After-sale of Taobao orders: refunds and returns.

mod list;
pub use self::list::*;
mod render;
pub use self::render::*;
mod return_logistics_render;
pub use self::return_logistics_render::*;
mod return_logistics_submit;
pub use self::return_logistics_submit::*;
mod cancel;
pub use self::cancel::*;
mod submit_message;
pub use self::submit_message::*;
mod submit;
pub use self::submit::*;
mod messages;
pub use self::messages::*;
mod modify;
pub use self::modify::*;
mod get;
pub use self::get::*;

mod refund_order;
pub use self::refund_order::*;
