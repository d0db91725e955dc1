//! A product of 1688 in full, for big buyers.

use crate::alibaba::product::ProductDetail;
use crate::api::prelude::*;

/// 1688 big major product detail.
///
/// Everything that is known of one product, at the terms of big buyers. Path and fields of this row are not
/// published: the path is named after its neighbours, and the fields are those of the plain call for 1688.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.product.detail",
    post = "/alibaba/ka/product/detail/get",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = ProductDetail,
    example = r#"{"offerId":"889512351602","country":"en"}"#,
    sources = [],
)]
pub struct Detail {
    /// Product.
    #[wire(number)]
    pub offer_id: Option<Id>,
    /// Language of the translated texts, for example `en`.
    pub country: Option<String>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
