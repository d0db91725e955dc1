//! Takes lines out of the cart.

use crate::api::prelude::*;

/// Delete shopping cart items.
///
/// Takes lines out of the account's cart. Path and fields of this row are not published: they are named after their
/// neighbours.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.cart.delete",
    post = "/alibaba/cart/delete",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::alibaba::effects::DELETE_FROM_CART,
    reply = Option<Any>,
    example = r#"{"cartIds":["1"]}"#,
    sources = [],
)]
pub struct Delete {
    /// Lines of the cart, called as the calls that order from the cart call them.
    #[wire(number)]
    pub cart_ids: Option<Vec<Id>>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
