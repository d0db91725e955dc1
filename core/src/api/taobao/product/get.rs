//! One product.

use super::ProductDetails;
use crate::api::prelude::*;

/// Query product by Taobao product id.
///
/// A product of Taobao with its SKUs, prices and stock. The reply's fields are put together from a client, the
/// key-account manual and a part of a sister brand's page; the amounts are fen upstream, and whether Xportcn changes that is
/// not known.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.product.get",
    get = "/open/product/get",
    safety = Read,
    evidence(path = Reference, request = Published, reply = PublishedInPart),
    reply = ProductDetails,
    example = r#"{"itemId":"672991141190"}"#,
    sources = [
        "https://doc-en-ka.xportcn.com/doc-7259273",
        "https://doc-env2.pandapon.com/api-289120986",
        "https://doc-vnm.pandapon.com/api-250496531",
    ],
)]
pub struct Get {
    /// Id of the item on Taobao, as `672991141190`. Published as optional for this version, as required for the
    /// second one, whose ids are opaque, as `WUnUC1cILiBjt-Jv3lDdlQ`.
    pub item_id: Option<Id>,
    /// Market of the item: `CBU_MARKET` for 1688; left out for Taobao and Tmall (upstream).
    #[wire(upstream)]
    pub item_source_market: Option<String>,
}
