//! Takes goods out of the shopping cart.

use crate::api::prelude::*;

/// Delete shopping cart item.
///
/// Takes lines out of the shopping cart. Path, request and reply are not published: path and request are named after
/// the neighbouring calls, and the reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.cart.delete",
    post = "/open/cart/delete",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::taobao::effects::DELETE_FROM_CART,
    reply = Option<Any>,
    example = r#"{"ids":["75","76"],"userId":"2100007340000"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477636"],
)]
pub struct Delete {
    /// Ids of the cart's lines to take out.
    #[wire(number)]
    pub ids: Option<Vec<Id>>,
    /// The platform's user whose cart it is.
    pub user_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
