//! What is ordered, line by line.

use crate::api::prelude::*;

/// A line of an order: a variant of a product, and how many of it.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CargoLine {
    /// Product.
    #[wire(number)]
    pub offer_id: Id,
    /// Variant, by the `specId` of the product's details. A product without variants has none.
    pub spec_id: Option<Id>,
    /// How many; the platform takes fractions.
    pub quantity: Amount,
}

/// A line of an order that is created with one seller.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderCargo {
    /// Product.
    #[wire(number)]
    pub offer_id: Id,
    /// Variant, by the `specId` of the product's details.
    pub spec_id: Id,
    /// How many; the platform takes fractions.
    pub quantity: Amount,
}

/// A line of an order that goes to several sellers.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SellerCargoLine {
    /// Product.
    #[wire(number)]
    pub offer_id: Id,
    /// Variant, by the `specId` of the product's details. A product without variants has none.
    pub spec_id: Option<Id>,
    /// How many; the platform takes fractions.
    pub quantity: Amount,
    /// Seller of the product, as the encrypted id that the product's details give.
    pub seller_open_id: Option<Id>,
}
