//! Addresses of the user.

mod effects;
mod list;
pub use self::list::*;
mod save;
pub use self::save::*;
