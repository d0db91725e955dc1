//! A variant of a product.

use crate::api::prelude::*;

/// A variant (SKU) of a product. The fields are those of 1688's own API; the unit of the prices is not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductSku {
    /// Pieces in stock.
    pub amount_on_sale: Option<i64>,
    /// Price.
    pub price: Option<Amount>,
    /// Price of the selected supply; 1688 has given it up.
    pub jxhy_price: Option<Amount>,
    /// Variant.
    pub sku_id: Option<Id>,
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// What sets it apart, for example its colour and size.
    pub sku_attributes: Vec<SkuAttribute>,
    /// Wholesale price of the selected supply; 1688 has given it up.
    pub pf_jxhy_price: Option<Amount>,
    /// Price for single pieces; 1688 has given it up.
    pub consign_price: Option<Amount>,
    /// The seller's own number of the variant.
    pub cargo_number: Option<String>,
    /// Price while a promotion runs.
    pub promotion_price: Option<Amount>,
    /// Prices for distributors.
    pub fenxiao_price_info: Option<SkuDistributionPrices>,
    /// Price in the currency asked for.
    pub foreign_currency_price: Option<Amount>,
    /// Price while a promotion runs, in the currency asked for.
    pub foreign_currency_promotion_price: Option<Amount>,
    /// Retail price.
    pub retail_price: Option<Amount>,
    /// Retail price in the currency asked for.
    pub foreign_currency_retail_price: Option<Amount>,
}

/// What sets a variant apart.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SkuAttribute {
    /// Property.
    pub attribute_id: Option<Id>,
    /// Name in Chinese.
    pub attribute_name: Option<String>,
    /// Name in the language asked for.
    pub attribute_name_trans: Option<String>,
    /// Value in Chinese.
    pub value: Option<String>,
    /// Value in the language asked for.
    pub value_trans: Option<String>,
    /// Address of the variant's picture.
    pub sku_image_url: Option<String>,
    /// Address of the variant's picture, translated by machine.
    pub sku_image_url_trans: Option<String>,
}

/// The prices of a variant for distributors.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SkuDistributionPrices {
    /// Price of a single piece, postage included.
    pub one_piece_price: Option<Amount>,
    /// Price for distributors.
    pub offer_price: Option<Amount>,
}
