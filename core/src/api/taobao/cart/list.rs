//! What is in the shopping cart.

use crate::api::prelude::*;

/// Shopping cart list.
///
/// Lists what is in the shopping cart. Path, request and reply are not published: path and request are named after
/// the neighbouring calls, and the reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.cart.list",
    get = "/open/cart/list",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"userId":"2100007340000"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477636"],
)]
pub struct List {
    /// The platform's user whose cart it is.
    pub user_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
