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
    /// The product in another language (upstream).
    #[wire(upstream)]
    pub multi_language_info: Option<ProductLanguage>,
    /// Price with the promotion taken off, in yuan (upstream).
    #[wire(upstream)]
    pub price: Option<Amount>,
    /// Price with the coupon taken off, in yuan; a guide only (upstream).
    #[wire(upstream)]
    pub coupon_price: Option<Amount>,
    /// Stock. The upstream calls it `inventory`.
    #[wire(alias = "inventory")]
    pub quantity: Option<i64>,
    /// Name of the shop.
    pub shop_name: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Tags; the values are not published.
    pub tags: Vec<String>,
    /// Promotions of the product (upstream).
    #[wire(upstream)]
    pub promotion_displays: Vec<PromotionDisplay>,
}

/// A product in another language (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductLanguage {
    /// Language of the texts (upstream).
    #[wire(upstream)]
    pub language: Option<String>,
    /// Title (upstream).
    #[wire(upstream)]
    pub title: Option<String>,
    /// URL of the main picture (upstream).
    #[wire(upstream)]
    pub main_image_url: Option<String>,
}

/// Promotions of one kind (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PromotionDisplay {
    /// Name of the kind (upstream).
    #[wire(upstream)]
    pub type_name: Option<String>,
    /// The promotions (upstream).
    #[wire(upstream)]
    pub promotion_info_list: Vec<PromotionInfo>,
}

/// A promotion (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PromotionInfo {
    /// Code of the activity (upstream).
    #[wire(upstream)]
    pub activity_code: Option<String>,
    /// Name (upstream).
    #[wire(upstream)]
    pub promotion_name: Option<String>,
}
