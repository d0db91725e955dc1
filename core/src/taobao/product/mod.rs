//! Products of Taobao.

mod recommend;
pub use self::recommend::*;
mod batch_check;
pub use self::batch_check::*;
mod get;
pub use self::get::*;

mod details;
pub use self::details::*;
mod summary;
pub use self::summary::*;
