//! Products as lists of them show them.

use crate::api::prelude::*;

/// A page of products.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductPage {
    /// Page, counted from 1.
    pub page_no: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// The products of the page. How many there are in all is not told.
    pub data: Vec<ProductSummary>,
}

/// A product in a list. The meaning of its fields is read off their names.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductSummary {
    /// URL of the main picture.
    pub main_image_url: Option<String>,
    /// Id of the item on Taobao.
    pub item_id: Option<Id>,
    /// The product in other languages; the shape is not published.
    pub multi_language_info: Option<Any>,
    /// Price; the unit is not published.
    pub price: Option<Amount>,
    /// Price with the coupon taken off; the unit is not published.
    pub coupon_price: Option<Amount>,
    /// Stock.
    pub quantity: Option<i64>,
    /// Name of the shop.
    pub shop_name: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Tags; the values are not published.
    pub tags: Vec<String>,
    /// Promotions of the product; the shape is not published.
    pub promotion_displays: Option<Any>,
}
