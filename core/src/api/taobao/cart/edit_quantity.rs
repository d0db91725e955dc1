//! Changes how many pieces are in the shopping cart.

use crate::api::prelude::*;

/// Edit product quantity.
///
/// Changes the number of pieces of a line of the shopping cart. Path, request and reply are not published: path and
/// request are named after the neighbouring calls, and the reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.cart.edit_quantity",
    post = "/open/cart/edit-quantity",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::taobao::effects::EDIT_CART,
    reply = Option<Any>,
    example = r#"{"id":"75","quantity":2,"userId":"2100007340000"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477636"],
)]
pub struct EditQuantity {
    /// Id of the cart's line to change.
    #[wire(number)]
    pub id: Option<Id>,
    /// Number of pieces from now on.
    pub quantity: Option<i64>,
    /// The platform's user whose cart it is.
    pub user_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
