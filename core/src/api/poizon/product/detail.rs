//! A product of Poizon in full.

use crate::api::prelude::*;

/// Product detail.
///
/// Everything that is known of one product of Poizon. Path, fields and answer of this row are not published: its
/// names follow those of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.product.detail",
    post = "/poizon/product/detail/get",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [get("/poizon/product/queryDetail", OtherReseller), post("/poizon/product/querySkuInfo", Upstream)],
    reply = Option<Any>,
    example = r#"{"offerId":"1234567"}"#,
    sources = [],
)]
pub struct Detail {
    /// Product, called as the 1688 rows call it.
    pub offer_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
