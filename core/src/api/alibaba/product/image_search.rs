//! Searches 1688 by a picture.

use super::OfferSummary;
use crate::api::prelude::*;

/// Product image search.
///
/// Finds products on 1688 that look like the picture.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.product.image_search",
    post = "/alibaba/product/image/query",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = ImageSearchReply,
    paging(page = "beginPage", size = "pageSize", items = "data", item = super::OfferSummary, total = "totalRecords", pages = "totalPage"),
    example = r#"{"imageBase64":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==","beginPage":1,"pageSize":5,"country":"en","outMemberId":"21000070000"}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288828688",
        "https://doc-env2.pandapon.com/api-289121019",
        "https://doc.pandapon.com/api-250313105",
        "https://open.1688.com/api/apidocdetail.htm?id=com.alibaba.fenxiao.crossborder:product.search.imageQuery-1",
    ],
)]
pub struct ImageSearch {
    /// The picture, in base64. The page marks it as required and yet as nullable; whether an empty text does when
    /// `imageAddress` is given is not published.
    pub image_base64: String,
    /// Number of the page, from 1.
    pub begin_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Language of the translated texts; the page says to send `en` for now.
    pub country: Option<String>,
    /// Part of the picture to search for: one of the regions that the answer to an earlier search names.
    pub region: Option<String>,
    /// Filters, separated by commas, for example `shipInToday,ksCiphertext`.
    pub filter: Option<String>,
    /// Order of the results, for example `{"price":"desc"}`. It travels as a text that holds JSON.
    #[wire(embedded)]
    pub sort: Option<Any>,
    /// Lowest wholesale price; the unit is not published.
    #[wire(text)]
    pub price_start: Option<Amount>,
    /// Highest wholesale price, in the unit of the lowest one.
    #[wire(text)]
    pub price_end: Option<Amount>,
    /// Category to search in.
    #[wire(number)]
    pub category_id: Option<Id>,
    /// Address of the picture.
    pub image_address: Option<String>,
    /// The developer's own id of the user who searches.
    pub out_member_id: Option<Id>,
}

/// A page of products that look like the picture, and what was seen in it.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ImageSearchReply {
    /// Products found, over all pages.
    pub total_records: Option<i64>,
    /// Number of pages.
    pub total_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Number of this page.
    pub current_page: Option<i64>,
    /// The products of this page.
    pub data: Vec<OfferSummary>,
    /// What was seen in the picture. The field is that of 1688's own API.
    pub pic_region_info: Option<PictureRegions>,
}

/// What was seen in a picture. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PictureRegions {
    /// Region that was searched for.
    pub current_region: Option<String>,
    /// Regions with something in them, separated by semicolons.
    pub yolo_crop_region: Option<String>,
}
