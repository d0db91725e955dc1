//! A product with everything that is known of it.

use super::{InvoiceInfo, ProductSale, ProductShipping, ProductSku, Promotion, SellerScores};
use crate::api::prelude::*;
use crate::values::codes;

/// A product with everything that is known of it.
///
/// The platform's page shows the names of the first six fields. The others are those of 1688's own API, whose
/// descriptions the page repeats without names; one for the shop's address is among them, and its name is not known.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductDetail {
    /// Product.
    pub offer_id: Option<Id>,
    /// Category.
    pub category_id: Option<Id>,
    /// Name of the category.
    pub category_name: Option<String>,
    /// Title in Chinese.
    pub subject: Option<String>,
    /// Title in the language asked for.
    pub subject_trans: Option<String>,
    /// Description, as HTML.
    pub description: Option<String>,
    /// Address of the main film.
    pub main_video: Option<String>,
    /// Address of the film in the description.
    pub detail_video: Option<String>,
    /// Pictures.
    pub product_image: Option<ProductImages>,
    /// Properties of the product.
    pub product_attribute: Vec<ProductAttribute>,
    /// Variants (SKUs).
    pub product_sku_infos: Vec<ProductSku>,
    /// Sales terms.
    pub product_sale_info: Option<ProductSale>,
    /// Sizes, weights and dispatch.
    pub product_shipping_info: Option<ProductShipping>,
    /// Whether it belongs to the selected supply (jingxuan huoyuan).
    pub is_jxhy: Option<bool>,
    /// Seller, as an encrypted id.
    pub seller_open_id: Option<Id>,
    /// Fewest pieces that can be ordered.
    pub min_order_quantity: Option<i64>,
    /// Pieces per lot, for goods that are sold in lots.
    pub batch_number: Option<i64>,
    /// State of the listing. The platform's page prints states of an order in this place; the values here are those
    /// of 1688's own API.
    pub status: Option<ListingStatus>,
    /// Tags for services.
    pub tag_info_list: Vec<ProductTag>,
    /// Token by which 1688 tracks where an order came from.
    pub trace_info: Option<String>,
    /// Rule for mixing products in one lot.
    pub seller_mix_setting: Option<MixRule>,
    /// The seller's own number of the product.
    pub product_cargo_number: Option<String>,
    /// How the seller is rated.
    pub seller_data_info: Option<SellerScores>,
    /// Units sold, as text.
    pub sold_out: Option<String>,
    /// Prices by sales channel.
    pub channel_price: Option<ChannelPrices>,
    /// Promotion that runs on it.
    pub promotion_model: Option<Promotion>,
    /// How buyers rated it, as text.
    pub trade_score: Option<String>,
    /// Category on the first level.
    pub top_category_id: Option<Id>,
    /// Category on the second level.
    pub second_category_id: Option<Id>,
    /// Category on the third level.
    pub third_category_id: Option<Id>,
    /// What speaks for it, in the seller's words.
    pub selling_point: Vec<String>,
    /// Badges of the seller; the values are not published.
    pub offer_identities: Vec<String>,
    /// When the product was listed; the format is not published.
    pub create_date: Option<String>,
    /// Whether it belongs to 1688's selection for cross-border trade.
    pub is_select: Option<bool>,
    /// Certificates.
    pub certificate_list: Vec<Certificate>,
    /// Link that earns a commission.
    pub promotion_url: Option<String>,
    /// Description, translated by machine.
    pub description_trans: Option<String>,
    /// Pictures, translated by machine.
    pub product_image_trans: Option<ProductImages>,
    /// Name of the supplier.
    pub company_name: Option<String>,
    /// Invoices on offer.
    pub invoice_info: Option<InvoiceInfo>,
}

/// The pictures of a product.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductImages {
    /// Addresses of the pictures.
    pub images: Vec<String>,
    /// Address of the picture on a white background.
    pub white_image: Option<String>,
}

/// A property of a product.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductAttribute {
    /// Property.
    pub attribute_id: Option<Id>,
    /// Name in Chinese.
    pub attribute_name: Option<String>,
    /// Value in Chinese.
    pub value: Option<String>,
    /// Name in the language asked for.
    pub attribute_name_trans: Option<String>,
    /// Value in the language asked for.
    pub value_trans: Option<String>,
}

/// A tag of a product that stands for a service.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductTag {
    /// Tag, for example `isOnePsale` or `select`.
    pub key: Option<String>,
    /// Whether it applies.
    pub value: Option<bool>,
}

/// What an order must reach when products are mixed in one lot.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct MixRule {
    /// Whether the seller allows mixing.
    pub general_hunpi: Option<bool>,
    /// Least amount of the order; the unit is not published.
    pub mix_amount: Option<Amount>,
    /// Fewest pieces in the order.
    pub mix_number: Option<i64>,
}

/// The prices of a product in a sales channel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ChannelPrices {
    /// Prices by variant.
    pub channel_sku_price_list: Vec<ChannelSkuPrice>,
}

/// The price of a variant in a sales channel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ChannelSkuPrice {
    /// Variant.
    pub sku_id: Option<Id>,
    /// Price in the channel; the unit is not published.
    pub current_price: Option<Amount>,
}

/// A certificate of a product.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Certificate {
    /// Name.
    pub certificate_name: Option<String>,
    /// Number.
    pub certificate_code: Option<String>,
    /// Addresses of its pictures.
    pub certificate_photo_list: Vec<String>,
}

codes! {
    /// State of a listing on 1688.
    pub enum ListingStatus: text {
        /// On sale.
        Published = "published",
        /// Withdrawn by the member.
        MemberExpired = "member expired",
        /// Expired by itself.
        AutoExpired = "auto expired",
        /// Expired.
        Expired = "expired",
        /// Deleted by the member.
        MemberDeleted = "member deleted",
        /// Modified.
        Modified = "modified",
        /// Newly listed.
        New = "new",
        /// Deleted.
        Deleted = "deleted",
        /// To be deleted.
        ToBeDeleted = "TBD",
        /// Approved.
        Approved = "approved",
        /// In review.
        Auditing = "auditing",
        /// Failed the review.
        ReviewFailed = "untread",
    }
}
