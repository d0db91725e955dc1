//! Lists products of international Alibaba.

use crate::api::prelude::*;

/// Product list.
///
/// The products of international Alibaba, page by page. Method, path, fields and answer of this row are not
/// published: its names follow those of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "international.product.list",
    post = "/alibaba/international/product/list",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"keyword":"shoes","beginPage":1,"pageSize":20}"#,
    sources = [],
)]
pub struct List {
    /// Words to search for.
    pub keyword: Option<String>,
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
