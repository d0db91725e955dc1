//! What is in the cart.

use crate::api::prelude::*;

/// Shopping cart list.
///
/// The lines of the account's cart, by seller. Only the second version of this call is published, and it takes no
/// fields.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.cart.list",
    get = "/alibaba/cart/list",
    safety = Read,
    evidence(path = SisterV2, request = Inferred, reply = Published),
    reply = ListReply,
    example = r#"{}"#,
    sources = ["https://doc-cnv2.pandapon.com/api-288837580"],
)]
pub struct List {
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}

/// The lines of a cart, by seller.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ListReply {
    /// Sellers with lines that can no longer be ordered.
    pub disable_list: Vec<CartSeller>,
    /// Sellers with lines that can be ordered.
    pub enable_list: Vec<CartSeller>,
}

/// A seller and the lines of the cart that are the seller's.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CartSeller {
    /// Seller, as an encrypted id.
    pub seller_open_id: Option<Id>,
    /// Name of the seller.
    pub seller_nick_name: Option<String>,
    /// The lines.
    pub cart_item_infos: Vec<CartLine>,
}

/// A line of a cart. The page gives no descriptions; the meanings follow from the names.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CartLine {
    /// Line; the other calls of the cart name it by this.
    pub id: Option<Id>,
    /// Product, by the opaque id of the second version of this API; it is not the product's own id.
    pub offer_map_id: Option<Id>,
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// Variant.
    pub sku_id: Option<Id>,
    /// Title of the product.
    pub item_title: Option<String>,
    /// Address of the product's picture.
    pub item_pic: Option<String>,
    /// Price of one piece; the unit is not published.
    pub price: Option<Amount>,
    /// How many.
    pub quantity: Option<i64>,
    /// Pieces in stock.
    pub amount_on_sale: Option<i64>,
    /// What sets the variant apart; the form is not published.
    pub properties: Option<String>,
}
