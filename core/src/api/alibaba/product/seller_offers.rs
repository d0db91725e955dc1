//! Searches a shop of 1688.

use super::OfferPage;
use crate::api::prelude::*;

/// Shop search.
///
/// The products of one seller, by words, price and category.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.product.seller_offers",
    post = "/alibaba/product/query/selleroffer",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = OfferPage,
    paging(page = "beginPage", size = "pageSize", items = "data", item = super::OfferSummary, total = "totalRecords", pages = "totalPage"),
    example = r#"{"keyword":"背心","beginPage":1,"pageSize":20,"filter":"shipInToday,ksCiphertext","sort":{"price":"desc"},"priceStart":"10","priceEnd":"200","categoryId":"6","country":"en","sellerOpenId":"BBBwAN4GQ60zRPzBkv7BYPJRQ"}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288828689",
        "https://doc-en.pandapon.com/api-263477642",
        "https://doc-env2.pandapon.com/api-289121020",
        "https://open.1688.com/api/apidocdetail.htm?id=com.alibaba.fenxiao.crossborder:product.search.querySellerOfferList-1",
    ],
)]
pub struct SellerOffers {
    /// Words to search for.
    pub keyword: Option<String>,
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Filters, separated by commas, for example `shipInToday,ksCiphertext`.
    pub filter: Option<String>,
    /// Order of the results, for example `{"price":"desc"}`. It travels as a text that holds JSON.
    #[wire(embedded)]
    pub sort: Option<Any>,
    /// The developer's own id of the user who searches.
    pub out_member_id: Option<Id>,
    /// Lowest wholesale price; the unit is not published.
    #[wire(text)]
    pub price_start: Option<Amount>,
    /// Highest wholesale price, in the unit of the lowest one.
    #[wire(text)]
    pub price_end: Option<Amount>,
    /// Category to search in.
    #[wire(number)]
    pub category_id: Option<Id>,
    /// Language of the translated texts; the page's default is `en`.
    pub country: Option<String>,
    /// Seller, as the encrypted id that a product's details give.
    pub seller_open_id: Id,
}
