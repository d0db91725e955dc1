//! Purchase orders on Taobao.

mod purchase_create;
pub use self::purchase_create::*;
mod logistics;
pub use self::logistics::*;
