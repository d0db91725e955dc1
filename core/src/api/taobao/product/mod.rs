//! Products of Taobao.

mod recommend;
pub use self::recommend::*;
mod spu_list;
pub use self::spu_list::*;
mod spu_details;
pub use self::spu_details::*;
mod detail_v2;
pub use self::detail_v2::*;
mod search;
pub use self::search::*;
mod image_search;
pub use self::image_search::*;
mod batch_check;
pub use self::batch_check::*;
mod get;
pub use self::get::*;
mod query;
pub use self::query::*;

mod details;
pub use self::details::*;
mod summary;
pub use self::summary::*;
