//! Purchase orders on Taobao.

mod purchase_page;
pub use self::purchase_page::*;
mod purchase_cancel;
pub use self::purchase_cancel::*;
mod purchase_pay;
pub use self::purchase_pay::*;
mod purchase_render;
pub use self::purchase_render::*;
mod purchase_create_v2;
pub use self::purchase_create_v2::*;
mod purchase_render_v2;
pub use self::purchase_render_v2::*;
mod purchase_create;
pub use self::purchase_create::*;
mod page;
pub use self::page::*;
mod upload_voucher;
pub use self::upload_voucher::*;
mod cancel;
pub use self::cancel::*;
mod update_warehouse;
pub use self::update_warehouse::*;
mod pay;
pub use self::pay::*;
mod im_link;
pub use self::im_link::*;
mod get;
pub use self::get::*;
mod logistics;
pub use self::logistics::*;

mod purchase_order;
pub use self::purchase_order::*;
