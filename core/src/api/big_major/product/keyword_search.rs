//! Searches 1688 by words, for big buyers.

use crate::alibaba::product::OfferPage;
use crate::api::prelude::*;

/// Product keyword query for big buyers.
///
/// Finds products by words. The row is not in the vendor's reference; the vendor's manual for key accounts has its
/// path, and the fields, which are not public, are those of the plain search of 1688.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.product.keyword_search",
    post = "/alibaba/ka/product/keywords/query",
    safety = Read,
    evidence(path = Reference, request = Inferred, reply = Inferred),
    reply = OfferPage,
    paging(page = "beginPage", size = "pageSize", items = "data", item = crate::alibaba::product::OfferSummary, total = "totalRecords", pages = "totalPage"),
    example = r#"{"keyword":"男鞋","beginPage":1,"pageSize":20,"country":"en","filter":"totalEpScoreLv1"}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-350614857"],
)]
pub struct KeywordSearch {
    /// Words to search for.
    pub keyword: Option<String>,
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Language of the translated texts, for example `en`.
    pub country: Option<String>,
    /// Filters, separated by commas. The page lists values; the first one is `totalEpScoreLv1`, a level of the
    /// seller's overall score.
    pub filter: Option<String>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
