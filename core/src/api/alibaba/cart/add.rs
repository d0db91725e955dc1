//! Puts a product into the cart.

use crate::api::prelude::*;

/// Add shopping cart.
///
/// Puts a variant of a product into the account's cart. Path and fields of this row are not published: they are named
/// after their neighbours, the fields after those of an order line.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.cart.add",
    post = "/alibaba/cart/add",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::alibaba::effects::ADD_TO_CART,
    reply = Option<Any>,
    example = r#"{"offerId":"548818919805","specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","quantity":2,"sellerOpenId":"BBBgGWh2O6JFI6v1aQuZVgRIA"}"#,
    sources = [],
)]
pub struct Add {
    /// Product.
    #[wire(number)]
    pub offer_id: Option<Id>,
    /// Variant, by the `specId` of the product's details.
    pub spec_id: Option<Id>,
    /// How many.
    pub quantity: Option<i64>,
    /// Seller, as the encrypted id that the product's details give.
    pub seller_open_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
