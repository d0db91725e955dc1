//! Asks about a product.

use super::ProductDetails;
use crate::api::prelude::*;

/// Taobao product inquiry.
///
/// Asks about a product. How it differs from the query by item is not published, nor are path, request and reply:
/// path and request are named after the neighbouring calls, and the reply is taken to be that of the query by item.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.query",
    get = "/open/product/query",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = ProductDetails,
    example = r#"{"itemId":"672991141190"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477609"],
)]
pub struct Query {
    /// Id of the item on Taobao.
    pub item_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
