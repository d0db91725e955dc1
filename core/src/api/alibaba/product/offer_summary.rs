//! A product as searches list it.

use super::{InvoiceInfo, Promotion, SellerScores};
use crate::api::prelude::*;

/// A product as searches list it.
///
/// The platform's page says that a search answers with eight or nine fields per product, and shows the names of two:
/// `imageUrl` and `subject`. The other fields here are those of 1688's own API, so each of them may be absent.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OfferSummary {
    /// Address of the main picture.
    pub image_url: Option<String>,
    /// Title in Chinese.
    pub subject: Option<String>,
    /// Title in the language asked for.
    pub subject_trans: Option<String>,
    /// Product.
    pub offer_id: Option<Id>,
    /// Whether it belongs to the selected supply (jingxuan huoyuan).
    pub is_jxhy: Option<bool>,
    /// Prices.
    pub price_info: Option<OfferPrices>,
    /// Share of buyers who buy again, as text.
    pub repurchase_rate: Option<String>,
    /// Units sold in 30 days.
    pub month_sold: Option<i64>,
    /// Token by which 1688 tracks where an order came from.
    pub trace_info: Option<String>,
    /// Whether a single piece can be ordered for a buyer of one's own.
    pub is_one_psale: Option<bool>,
    /// Tags of the product; the values are not published.
    pub offer_identities: Vec<String>,
    /// Whether the product is patented.
    pub is_patent_product: Option<bool>,
    /// When the product was listed; the format is not published.
    pub create_date: Option<String>,
    /// When the listing was last changed; the format is not published.
    pub modify_date: Option<String>,
    /// Whether it belongs to 1688's selection for cross-border trade.
    pub is_select: Option<bool>,
    /// Token for a rebate.
    pub token: Option<String>,
    /// Link to the product's page that earns a commission.
    #[wire("promotionURL")]
    pub promotion_url: Option<String>,
    /// Address of a picture that was translated by machine; not in the image search.
    pub aigc_image_url: Option<String>,
    /// Badges of the seller: `super_factory`, `powerful_merchants`, `tp_member`.
    pub seller_identities: Vec<String>,
    /// How buyers rated it, as text.
    pub trade_score: Option<String>,
    /// Promotion that runs on it.
    pub promotion_model: Option<Promotion>,
    /// Category on the first level.
    pub top_category_id: Option<Id>,
    /// Category on the second level.
    pub second_category_id: Option<Id>,
    /// Category on the third level.
    pub third_category_id: Option<Id>,
    /// Fewest pieces that can be ordered.
    pub min_order_quantity: Option<i64>,
    /// How the seller is rated.
    pub seller_data_info: Option<SellerScores>,
    /// How fast and how well it is shipped.
    pub product_simple_shipping_info: Option<ShippingRates>,
    /// Units sold in 7 days, as text.
    pub sales7d: Option<String>,
    /// How much it is in demand.
    pub product_trade_info: Option<Demand>,
    /// Invoices on offer.
    pub invoice_info: Option<InvoiceInfo>,
    /// Address of the picture on a white background; in the keyword search only.
    pub white_image: Option<String>,
    /// Name of the shop; in the image search only.
    pub company_name: Option<String>,
    /// Region of the shop; in the image search only.
    pub company_address: Option<String>,
    /// Statistics of the product; in the image search only.
    pub offer_data_info: Option<OfferStatistics>,
}

/// The prices of a product in a search. Their unit is not published; they have two decimals, as yuan do.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OfferPrices {
    /// Wholesale price.
    pub price: Option<Amount>,
    /// Price of the selected supply for single pieces.
    pub jxhy_price: Option<Amount>,
    /// Price of the selected supply for wholesale.
    pub pf_jxhy_price: Option<Amount>,
    /// Price for single pieces shipped to a buyer of one's own.
    pub consign_price: Option<Amount>,
    /// Price while a promotion runs; not in the shop search.
    pub promotion_price: Option<Amount>,
}

/// How fast and how well a product is shipped. Rates are text; their form is not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ShippingRates {
    /// When the seller promises to ship: `shipIn24Hours` or `shipIn48Hours`.
    pub shipping_time_guarantee: Option<String>,
    /// Share of orders fulfilled without a flaw, over 30 days.
    pub perfect_fulfillment_rate30d: Option<String>,
    /// Share of parcels picked up within 24 hours, over 30 days.
    pub pickup_within24h_rate30d: Option<String>,
    /// Share of returns for bad quality, over 30 days.
    pub quality_return_rate30d: Option<String>,
    /// Share of orders fulfilled without a flaw, over 7 days.
    pub perfect_fulfillment_rate7d: Option<String>,
    /// Share of parcels picked up within 24 hours, over 7 days.
    pub pickup_within24h_rate7d: Option<String>,
    /// Share of parcels shipped late, over 7 days.
    pub delayed_shipping_rate7d: Option<String>,
}

/// How much a product is in demand. 1688 writes these counts as text.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Demand {
    /// How often it was put into a cart in 7 days.
    pub add_cart_count7d: Option<String>,
    /// Buyers who paid for it in 7 days.
    pub pay_buyer_count7d: Option<String>,
    /// How often it was put into a cart in 30 days.
    pub add_cart_count30d: Option<String>,
    /// Buyers who paid for it in 30 days.
    pub pay_buyer_count30d: Option<String>,
}

/// Statistics of a product. Rates are text; their form is not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OfferStatistics {
    /// Share of good reviews.
    pub offer_applause_rate: Option<String>,
    /// Services for cross-border trade, separated by semicolons.
    pub kj_featured_services: Option<String>,
    /// Share of refunds for bad quality, over 30 days.
    pub quality_rfd_rate30d: Option<String>,
    /// Share of buyers who buy again, over 30 days.
    pub repurchase_rate30d: Option<String>,
    /// Share of parcels picked up within 24 hours, over 30 days.
    pub pickup_rate24h30d: Option<String>,
}
