//! A product of international Alibaba in full.

use crate::api::prelude::*;

/// Product detail.
///
/// Everything that is known of one product of international Alibaba. Method, path, fields and answer of this row are
/// not published: its names follow those of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "international.product.detail",
    post = "/alibaba/international/product/detail/get",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"offerId":"1600190456789"}"#,
    sources = [],
)]
pub struct Detail {
    /// Product, called as the 1688 rows call it.
    pub offer_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
