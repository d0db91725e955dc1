//! One product as an SPU.

use super::ProductDetails;
use crate::api::prelude::*;

/// Taobao SPUs details query.
///
/// One product with all its SKUs. Path, request and reply are not published: path and request are named after the
/// neighbouring calls, and the reply is taken to be that of the query by item.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.spu_details",
    post = "/open/product/details/query",
    safety = Read,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [get("/open/product/details/query", Upstream), post("/open/product/spu/details", Inferred)],
    reply = ProductDetails,
    example = r#"{"itemId":"672991141190"}"#,
    sources = [],
)]
pub struct SpuDetails {
    /// Id of the item on Taobao.
    pub item_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
