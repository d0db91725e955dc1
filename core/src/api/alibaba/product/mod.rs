//! Products of 1688: categories, searches, details.

mod category;
mod decrypt_open_uid;
mod detail;
mod image_search;
mod invoice_info;
mod keyword_search;
mod offer_page;
mod offer_summary;
mod product_detail;
mod product_sale;
mod product_shipping;
mod product_sku;
mod promotion;
mod seller_offers;
mod seller_scores;

pub use self::category::*;
pub use self::decrypt_open_uid::*;
pub use self::detail::*;
pub use self::image_search::*;
pub use self::keyword_search::*;
pub use self::seller_offers::*;

pub use self::invoice_info::*;
pub use self::offer_page::*;
pub use self::offer_summary::*;
pub use self::product_detail::*;
pub use self::product_sale::*;
pub use self::product_shipping::*;
pub use self::product_sku::*;
pub use self::promotion::*;
pub use self::seller_scores::*;
