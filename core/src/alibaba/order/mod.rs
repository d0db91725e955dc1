//! Orders on 1688: preview, creation, payment, delivery.

mod cargo_line;
mod create;
mod created_order;
mod delivery_address;
mod order_preview;
mod pay_url;
mod preview;

pub use self::create::*;
pub use self::pay_url::*;
pub use self::preview::*;

pub use self::cargo_line::*;
pub use self::created_order::*;
pub use self::delivery_address::*;
pub use self::order_preview::*;
