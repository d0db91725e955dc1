//! After-sale of Taobao orders: refunds and returns.

mod render;

pub use self::render::*;
