//! Addresses of the user.

mod list;
pub use self::list::*;
mod save;
pub use self::save::*;
