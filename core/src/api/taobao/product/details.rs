//! A product with its SKUs.

use super::PromotionDisplay;
use crate::api::prelude::*;

/// A product of Taobao with its SKUs.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductDetails {
    /// Stock of all SKUs.
    pub quantity: Option<i64>,
    /// Names of the categories from the topmost down, joined by `->`.
    pub category_path: Option<String>,
    /// Name of the shop.
    pub shop_name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Unit in which the product is counted.
    pub product_unit: Option<String>,
    /// URLs of the pictures.
    pub pic_urls: Vec<String>,
    /// Title.
    pub title: Option<String>,
    /// Id of the product on the supply platform; the shopping cart asks for it.
    pub mp_id: Option<Id>,
    /// Name of the category.
    pub category_name: Option<String>,
    /// Id of the item on Taobao.
    pub item_id: Option<Id>,
    /// Nickname of the seller.
    pub user_nick: Option<String>,
    /// Price, in fen upstream; whether Xportcn changes that is not known. Some pages have a whole number here, others a
    /// decimal one.
    pub price: Option<Amount>,
    /// Smallest number of pieces that can be ordered, by its name.
    pub begin_amount: Option<i64>,
    /// State of the product. Only `active` has been seen.
    pub status: Option<String>,
    /// Price with the promotion taken off, in fen upstream; whether Xportcn changes that is not known.
    pub promotion_price: Option<Amount>,
    /// Id of the shop.
    pub shop_id: Option<Id>,
    /// Id of the category.
    pub category_id: Option<Id>,
    /// Kind of item. Only `HAVE_MATERIAL` has been seen.
    pub item_type: Option<String>,
    /// URL of the item's page.
    pub item_url: Option<String>,
    /// The SKUs: what can be ordered of the product.
    pub sku_list: Vec<Sku>,
    /// Price with the coupon taken off, in fen upstream; whether Xportcn changes that is not known (upstream).
    #[wire(upstream)]
    pub coupon_price: Option<Amount>,
    /// Postage, in fen upstream; whether Xportcn changes that is not known (upstream).
    #[wire(upstream)]
    pub post_fee: Option<Amount>,
    /// Promotions of the product (upstream).
    #[wire(upstream)]
    pub promotion_displays: Vec<PromotionDisplay>,
}

/// A SKU of a product, such as one size in one colour.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Sku {
    /// URL of the picture.
    pub pic_url: Option<String>,
    /// Stock.
    pub quantity: Option<i64>,
    /// Price, in fen upstream; whether Xportcn changes that is not known.
    pub price: Option<Amount>,
    /// Id of the SKU on Taobao.
    pub sku_id: Option<Id>,
    /// State of the SKU. Only `active` has been seen.
    pub status: Option<String>,
    /// Price with the promotion taken off, in fen upstream; whether Xportcn changes that is not known.
    pub promotion_price: Option<Amount>,
    /// Postage, in fen upstream; whether Xportcn changes that is not known.
    pub post_fee: Option<Amount>,
    /// Id of the SKU on the supply platform; the shopping cart asks for it. The manual's sample spells it `mpSkuld`;
    /// both spellings are read.
    #[wire(alias = "mpSkuld")]
    pub mp_sku_id: Option<Id>,
    /// What makes the SKU differ from the others.
    pub properties: Vec<SkuProperty>,
    /// Price with the coupon taken off, in fen upstream; whether Xportcn changes that is not known (upstream).
    #[wire(upstream)]
    pub coupon_price: Option<Amount>,
}

/// A property of a SKU and its value, such as the colour red.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SkuProperty {
    /// Id of the value.
    #[wire(number)]
    pub value_id: Option<Id>,
    /// The value in words, as `红色`.
    pub value_name: Option<String>,
    /// Id of the property.
    #[wire(number)]
    pub prop_id: Option<Id>,
    /// The property in words, as `颜色分类`.
    pub prop_name: Option<String>,
    /// The value with the seller's remark (upstream).
    #[wire(upstream)]
    pub value_desc: Option<String>,
}
