//! One product, second version.

use super::ProductDetails;
use crate::api::prelude::*;

/// Taobao product detail V2.
///
/// One product with its SKUs, prices and stock, in the second version of the query by item. Path, request and reply
/// are not published: path and request are named after the first version, and the reply is taken to be that of the
/// first version. A sister brand publishes another call that may be this row: see the candidates.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.detail_v2",
    get = "/open/product/get/v2",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/product/source/get", Sister)],
    reply = ProductDetails,
    example = r#"{"itemId":"672991141190"}"#,
    sources = [],
)]
pub struct DetailV2 {
    /// Id of the item on Taobao. A sister brand's second version has opaque ids, as `WUnUC1cILiBjt-Jv3lDdlQ`.
    pub item_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
