//! After-sale of 1688 orders: refunds and returns.

mod create;
mod get;
mod logistics_companies;
mod reasons;
mod refund_detail;
mod refund_operation;
mod return_goods;
mod upload_voucher;

pub use self::create::*;
pub use self::get::*;
pub use self::logistics_companies::*;
pub use self::reasons::*;
pub use self::return_goods::*;
pub use self::upload_voucher::*;

pub use self::refund_detail::*;
pub use self::refund_operation::*;
