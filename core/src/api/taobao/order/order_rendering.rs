//! What an order would come to, as renderings answer.

use crate::api::prelude::*;

/// What an order would come to. Xportcn does not publish the fields: they are the upstream's, in both spellings.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderRendering {
    /// What can be bought, by seller (upstream).
    #[wire(upstream)]
    pub render_item_list: Vec<RenderedOrder>,
    /// What cannot be bought, and why (upstream).
    #[wire(upstream)]
    pub unavailable_sku_list: Vec<UnavailableSku>,
    /// What is to be paid in all (upstream).
    #[wire(upstream)]
    pub total_real_pay_price: Option<Money>,
}

/// What can be bought of one seller (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RenderedOrder {
    /// Nickname of the seller (upstream).
    #[wire(upstream)]
    pub nick: Option<String>,
    /// Id of the seller (upstream).
    #[wire(upstream)]
    pub seller_id: Option<Id>,
    /// The lines (upstream).
    #[wire(upstream)]
    pub item_price_infos: Vec<RenderedLine>,
    /// Postage within China (upstream).
    #[wire(upstream)]
    pub mainland_shipping_fee: Option<Money>,
    /// Fee of this order (upstream).
    #[wire(upstream)]
    pub order_fee: Option<Money>,
    /// Postage, in fen (upstream).
    #[wire(upstream)]
    pub delivery_fee: Option<Amount>,
    /// Currency (upstream).
    #[wire(upstream)]
    pub currency_code: Option<String>,
    /// Where it is sent from (upstream).
    #[wire(upstream)]
    pub dispatch_place: Option<String>,
    /// How long the delivery takes, in words (upstream).
    #[wire(upstream)]
    pub estimated_delivery_time: Option<String>,
    /// Services that were chosen (upstream).
    #[wire(upstream)]
    pub choose_supply_chain_services: Vec<Any>,
}

/// A line of what can be bought (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RenderedLine {
    /// Item, by its id in the supply catalogue: `mpId` (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// SKU, by its id in the supply catalogue: `mpSkuId` (upstream).
    #[wire(upstream)]
    pub sku_id: Option<Id>,
    /// Pieces (upstream).
    #[wire(upstream)]
    pub quantity: Option<i64>,
    /// Price of one piece (upstream).
    #[wire(upstream)]
    pub origin_price: Option<Money>,
    /// Price of the line with discounts taken off (upstream).
    #[wire(upstream)]
    pub discount_price: Option<Money>,
}

/// A SKU that cannot be bought (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct UnavailableSku {
    /// Item, by its id in the supply catalogue: `mpId` (upstream).
    #[wire(upstream)]
    pub item_id: Option<Id>,
    /// SKU, by its id in the supply catalogue: `mpSkuId` (upstream).
    #[wire(upstream)]
    pub sku_id: Option<Id>,
    /// Why (upstream).
    #[wire(upstream)]
    pub reason: Option<String>,
    /// Word of the error (upstream).
    #[wire(upstream)]
    pub error_code: Option<String>,
    /// The error in words (upstream).
    #[wire(upstream)]
    pub error_msg: Option<String>,
}

/// An amount of money (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Money {
    /// Amount, in fen (upstream).
    #[wire(upstream)]
    pub amount: Option<Amount>,
    /// Currency, as `CNY` (upstream).
    #[wire(upstream)]
    pub currency: Option<String>,
}
