//! The sizes and weights of a product.

use crate::api::prelude::*;

/// The sizes and weights of a product, and where and when it is dispatched. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductShipping {
    /// Place of dispatch.
    pub send_goods_address_text: Option<String>,
    /// Weight in kilograms.
    pub weight: Option<f64>,
    /// Width in centimetres.
    pub width: Option<f64>,
    /// Height in centimetres.
    pub height: Option<f64>,
    /// Length in centimetres.
    pub length: Option<f64>,
    /// Sizes and weights by variant, in grams.
    pub sku_shipping_info_list: Vec<SkuShipping>,
    /// When the seller promises to ship: `shipIn24Hours` or `shipIn48Hours`.
    pub shipping_time_guarantee: Option<String>,
    /// Sizes and weights by variant, in kilograms, with measured ones.
    pub sku_shipping_details: Vec<SkuShippingDetail>,
    /// Where the sizes come from; the values are not published.
    pub pkg_size_source: Option<String>,
    /// Measured length in centimetres.
    pub official_length: Option<f64>,
    /// Measured width in centimetres.
    pub official_width: Option<f64>,
    /// Measured height in centimetres.
    pub official_height: Option<f64>,
    /// Measured weight in kilograms.
    pub official_weight: Option<f64>,
}

/// Size and weight of a variant, as the seller states them.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SkuShipping {
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// Variant.
    pub sku_id: Option<Id>,
    /// Width in centimetres.
    pub width: Option<f64>,
    /// Length in centimetres.
    pub length: Option<f64>,
    /// Height in centimetres.
    pub height: Option<f64>,
    /// Weight in grams, unlike the other weights of a product.
    pub weight: Option<f64>,
}

/// Size and weight of a variant, stated and measured.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SkuShippingDetail {
    /// Variant.
    pub sku_id: Option<Id>,
    /// Width in centimetres.
    pub width: Option<f64>,
    /// Length in centimetres.
    pub length: Option<f64>,
    /// Height in centimetres.
    pub height: Option<f64>,
    /// Weight in kilograms.
    pub weight: Option<f64>,
    /// Where the sizes come from; the values are not published.
    pub pkg_size_source: Option<String>,
    /// Measured length in centimetres.
    pub official_length: Option<f64>,
    /// Measured width in centimetres.
    pub official_width: Option<f64>,
    /// Measured height in centimetres.
    pub official_height: Option<f64>,
    /// Measured weight in kilograms.
    pub official_weight: Option<f64>,
    /// Weight as a machine predicts it, in kilograms.
    pub ai_weight: Option<f64>,
    /// How exact the prediction is; the form is not published.
    pub ai_weight_accuracy: Option<String>,
}
