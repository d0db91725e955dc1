//! Orders on 1688: preview, creation, payment, delivery.

mod batch_create;
mod batch_preview;
mod batch_submit_payment;
mod cancel;
mod cargo_line;
mod confirm_receipt;
mod create;
mod created_order;
mod delivery_address;
mod get;
mod logistics_trace;
mod order_base;
mod order_delivery;
mod order_detail;
mod order_line;
mod order_page;
mod order_preview;
mod page;
mod pay_url;
mod payment_term;
mod preview;

pub use self::batch_create::*;
pub use self::batch_preview::*;
pub use self::batch_submit_payment::*;
pub use self::cancel::*;
pub use self::confirm_receipt::*;
pub use self::create::*;
pub use self::get::*;
pub use self::logistics_trace::*;
pub use self::page::*;
pub use self::pay_url::*;
pub use self::preview::*;

pub use self::cargo_line::*;
pub use self::created_order::*;
pub use self::delivery_address::*;
pub use self::order_base::*;
pub use self::order_delivery::*;
pub use self::order_detail::*;
pub use self::order_line::*;
pub use self::order_page::*;
pub use self::order_preview::*;
pub use self::payment_term::*;
