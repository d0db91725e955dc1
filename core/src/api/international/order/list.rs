//! Lists orders on international Alibaba.

use crate::api::prelude::*;

/// Order list.
///
/// The account's orders on international Alibaba, page by page. Method, path, fields and answer of this row are not
/// published: its names follow those of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "international.order.list",
    post = "/alibaba/international/order/list",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"beginPage":1,"pageSize":20}"#,
    sources = [],
)]
pub struct List {
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Orders per page.
    pub page_size: Option<i64>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
