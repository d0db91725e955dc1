//! Products as SPUs, page by page.

use crate::api::prelude::*;
use crate::values::codes;

/// Taobao SPUs list query.
///
/// Lists the products that the account distributes. Path, request and reply are those of the upstream; Xportcn's own are not
/// published. The upstream requires page size, state and both times, and can go on by `scrollId` instead of pages.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.spu_list",
    post = "/open/product/spus/get",
    safety = Read,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [get("/open/product/spus/get", Upstream), post("/open/product/spu/list", Inferred)],
    reply = SpuPage,
    paging(page = "pageNo", size = "pageSize", items = "data", item = Spu),
    example = r#"{"pageNo":1,"pageSize":10,"status":"NORMAL","startModifiedTime":"2024-08-01T12:00:00+08:00","endModifiedTime":"2024-08-08T12:00:00+08:00"}"#,
    sources = [],
)]
pub struct SpuList {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Only products in this state (upstream).
    #[wire(upstream)]
    pub status: Option<SpuStatus>,
    /// Only products changed from then on; milliseconds since 1970 on the wire (upstream).
    #[wire(number, upstream)]
    pub start_modified_time: Option<Time>,
    /// Only products changed until then; milliseconds since 1970 on the wire (upstream).
    #[wire(number, upstream)]
    pub end_modified_time: Option<Time>,
    /// Where to go on, from the last answer (upstream).
    #[wire(upstream)]
    pub scroll_id: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}

/// A page of the products that the account distributes. The fields are the upstream's, in both spellings.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SpuPage {
    /// Products of this answer, or in all: the sources do not tell (upstream).
    #[wire(upstream)]
    pub results_total: Option<i64>,
    /// Products that are left (upstream).
    #[wire(upstream)]
    pub surplus_total: Option<i64>,
    /// Give it back for the next part (upstream).
    #[wire(upstream)]
    pub scroll_id: Option<String>,
    /// The products. The upstream calls them `product_list`; both names are read.
    #[wire(alias = "productList")]
    pub data: Vec<Spu>,
}

/// A product that the account distributes (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Spu {
    /// Product, by its id in the supply catalogue (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// Title (upstream).
    #[wire(upstream)]
    pub title: Option<String>,
    /// Title in Chinese (upstream).
    #[wire(upstream)]
    pub cn_title: Option<String>,
    /// URLs of the pictures. The wire holds them as JSON text (upstream).
    #[wire(embedded, upstream)]
    pub images: Vec<String>,
    /// Category (upstream).
    #[wire(upstream)]
    pub category_id: Option<Id>,
    /// Name of the category (upstream).
    #[wire(upstream)]
    pub category_name: Option<String>,
    /// Category on Taobao (upstream).
    #[wire(upstream)]
    pub tb_category_id: Option<Id>,
    /// Price in `currency`; the unit is not told (upstream).
    #[wire(upstream)]
    pub price: Option<Amount>,
    /// Currency of the price, as `USD` (upstream).
    #[wire(upstream)]
    pub currency: Option<String>,
    /// Stock (upstream).
    #[wire(upstream)]
    pub inventory: Option<i64>,
    /// State of the distribution (upstream).
    #[wire(upstream)]
    pub status: Option<SpuStatus>,
    /// Weight (upstream).
    #[wire(upstream)]
    pub weight: Option<String>,
    /// When it was created; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub created_time: Option<Time>,
    /// When it was last changed; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub modified_time: Option<Time>,
}

codes! {
    /// State of the distribution of a product (upstream).
    pub enum SpuStatus: text {
        /// Distributed.
        Normal = "NORMAL",
        /// The distribution was withdrawn.
        Cancelled = "CANCEL",
        /// The item cannot be used.
        Inactive = "INACTIVE",
    }
}
