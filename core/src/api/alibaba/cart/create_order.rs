//! Orders what is in the cart.

use crate::alibaba::order::{CreatedOrder, DeliveryAddress};
use crate::api::prelude::*;

/// Create an order.
///
/// Places an order with lines of the cart; it is then to be paid. The answer is not published; the fields are those
/// of an order that is created without a cart.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.cart.create_order",
    post = "/alibaba/cart/create/order",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::alibaba::effects::CREATE_FROM_CART,
    reply = CreatedOrder,
    example = r#"{"flow":"general","message":"请小心包装","addressParam":{"fullName":"张三","mobile":"13800000000","phone":"13800000000","postCode":"310024","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"象山路1号","districtCode":"330106"},"cartIds":["1"]}"#,
    sources = ["https://doc-en.pandapon.com/api-263477662"],
)]
pub struct CreateOrder {
    /// Flow of the order. The values are not published for this call; samples of its neighbours have `general` and
    /// `fenxiaonew`.
    pub flow: String,
    /// Message to the seller.
    pub message: Option<String>,
    /// Promotion of the shop to make use of, from the preview.
    pub shop_promotion_id: Option<Id>,
    /// How to pay: one of the `tradeModeNameList` of the preview.
    pub trade_type: Option<String>,
    /// Where to deliver.
    pub address_param: DeliveryAddress,
    /// Lines of the cart; at least one.
    #[wire(number)]
    pub cart_ids: Vec<Id>,
    /// The user who orders.
    pub user_id: Option<Id>,
    /// Name of the member of staff who orders.
    pub staff_name: Option<String>,
}
