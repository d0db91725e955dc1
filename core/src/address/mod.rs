//! Addresses of the user.

mod save;
pub use self::save::*;
