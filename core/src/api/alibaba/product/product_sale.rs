//! The sales terms of a product.

use crate::api::prelude::*;
use crate::values::codes;

/// The sales terms of a product. The fields are those of 1688's own API; the unit of the prices is not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ProductSale {
    /// Pieces in stock.
    pub amount_on_sale: Option<i64>,
    /// Prices by quantity.
    pub price_range_list: Vec<PriceRange>,
    /// Price in the currency asked for.
    pub foreign_currency_price: Option<Amount>,
    /// How the price is found.
    pub quote_type: Option<QuoteType>,
    /// Price for single pieces; 1688 has given it up.
    pub consign_price: Option<Amount>,
    /// Price of the selected supply; 1688 has given it up.
    pub jxhy_price: Option<Amount>,
    /// Unit in which it is sold.
    pub unit_info: Option<SaleUnit>,
    /// Terms for distributors.
    pub fenxiao_sale_info: Option<DistributionTerms>,
    /// Retail price.
    pub retail_price: Option<Amount>,
    /// Retail price in the currency asked for.
    pub foreign_currency_retail_price: Option<Amount>,
}

/// The price from a quantity on.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PriceRange {
    /// Quantity from which it applies.
    pub start_quantity: Option<i64>,
    /// Wholesale price.
    pub price: Option<Amount>,
    /// Price while a promotion runs.
    pub promotion_price: Option<Amount>,
    /// Price in the currency asked for.
    pub foreign_currency_price: Option<Amount>,
    /// Price while a promotion runs, in the currency asked for.
    pub foreign_currency_promotion_price: Option<Amount>,
}

/// The unit in which a product is sold.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SaleUnit {
    /// Name in Chinese.
    pub unit: Option<String>,
    /// Name in the language asked for.
    pub trans_unit: Option<String>,
}

/// The terms of a product for distributors.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct DistributionTerms {
    /// Whether a single piece ships free of charge.
    pub one_piece_free_postage: Option<bool>,
    /// Fewest pieces that can be ordered.
    pub start_quantity: Option<i64>,
    /// Price of a single piece, postage included.
    pub one_piece_price: Option<Amount>,
    /// Price for distributors.
    pub offer_price: Option<Amount>,
}

codes! {
    /// How the price of a product is found.
    pub enum QuoteType: number {
        /// There are no variants; the price depends on the quantity.
        ByQuantityWithoutSkus = "0",
        /// Each variant has its price.
        BySku = "1",
        /// There are variants; the price depends on the quantity.
        ByQuantityWithSkus = "2",
    }
}
