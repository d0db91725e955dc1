//! Searches 1688 by words.

use super::OfferPage;
use crate::api::prelude::*;

/// Product keyword query.
///
/// Finds products on 1688 by words in Chinese or another language. Prices of the filter are wholesale prices.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.product.keyword_search",
    post = "/alibaba/product/keywords/query",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = OfferPage,
    paging(page = "beginPage", size = "pageSize", items = "data", item = super::OfferSummary, total = "totalRecords", pages = "totalPage"),
    example = r#"{"keyword":"男鞋","beginPage":1,"pageSize":20,"country":"en","filter":"shipInToday,ksCiphertext","sort":{"price":"desc"},"priceStart":"633.69","priceEnd":"647.60"}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288828687",
        "https://doc-en-ka.xportcn.com/api-350614857",
        "https://doc-en.pandapon.com/api-263477640",
        "https://doc-env2.pandapon.com/api-289121018",
        "https://open.1688.com/api/apidocdetail.htm?id=com.alibaba.fenxiao.crossborder:product.search.keywordQuery-1",
    ],
)]
pub struct KeywordSearch {
    /// Words to search for.
    pub keyword: String,
    /// Number of the page. 1688 counts from 1; one public client sends 0 for the first page.
    pub begin_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Language of the translated texts; the page says to send `en` for now.
    pub country: Option<String>,
    /// Filters, separated by commas, for example `shipInToday,ksCiphertext`.
    pub filter: Option<String>,
    /// Order of the results, for example `{"price":"desc"}`. It travels as a text that holds JSON.
    #[wire(embedded)]
    pub sort: Option<Any>,
    /// The developer's own id of the user who searches.
    pub out_member_id: Option<Id>,
    /// Lowest wholesale price; the unit is not published, the example has two decimals as yuan do.
    #[wire(text)]
    pub price_start: Option<Amount>,
    /// Highest wholesale price, in the unit of the lowest one.
    #[wire(text)]
    pub price_end: Option<Amount>,
    /// Category to search in.
    pub category_id: Option<Id>,
}
