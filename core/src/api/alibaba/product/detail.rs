//! A product of 1688 in full.

use super::ProductDetail;
use crate::api::prelude::*;

/// Product details query.
///
/// Everything that is known of one product: texts, pictures, variants with their prices and stock, sales terms, and
/// the seller's scores.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.product.detail",
    post = "/alibaba/product/detail/get",
    safety = Read,
    evidence(path = Client, request = Published, reply = PublishedInPart),
    reply = ProductDetail,
    example = r#"{"offerId":"706627393257","country":"en"}"#,
    sources = [
        "https://doc-vnm.pandapon.com/project-4008853/api-147289688",
        "https://open.1688.com/api/apidocdetail.htm?id=com.alibaba.fenxiao.crossborder:product.search.queryProductDetail-1",
    ],
)]
pub struct Detail {
    /// Product.
    #[wire(number)]
    pub offer_id: Id,
    /// Language of the translated texts. The page says to send `en` for now; a public client sends `vi`.
    pub country: Option<String>,
    /// The developer's own id of the user who asks.
    pub out_member_id: Option<Id>,
}
