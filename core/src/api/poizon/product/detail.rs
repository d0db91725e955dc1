//! A product of Poizon in full.

use super::Spu;
use crate::api::prelude::*;

/// Product detail.
///
/// Everything that is known of one product of Poizon. Path, fields and answer of this row are not published: the product
/// is called as the 1688 rows call it, the rest is that of the platform which Xportcn most likely passes calls on to.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.product.detail",
    post = "/poizon/product/detail/get",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [get("/poizon/product/queryDetail", OtherReseller), post("/poizon/product/querySkuInfo", Upstream)],
    reply = Spu,
    example = r#"{"offerId":"1234567"}"#,
    sources = [],
)]
pub struct Detail {
    /// Product, called as the 1688 rows call it.
    pub offer_id: Option<Id>,
    /// Product, by Poizon's own id (upstream).
    #[wire(number, upstream)]
    pub dw_spu_id: Option<Id>,
    /// SKU, by Poizon's own id (upstream).
    #[wire(number, upstream)]
    pub dw_sku_id: Option<Id>,
    /// SKU, by the id of the distribution, a UUID (upstream).
    #[wire(upstream)]
    pub dist_sku_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
