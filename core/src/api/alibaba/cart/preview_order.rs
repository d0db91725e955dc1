//! What an order from the cart would cost.

use crate::alibaba::order::{DeliveryAddress, OrderPreview};
use crate::api::prelude::*;

/// Preview the data interface before creating the order.
///
/// Freight, totals and promotions of an order with lines of the cart. The answer is not published; it is presumably
/// that of the preview without a cart. One page requires the address and most of its fields, another one requires
/// none.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.cart.preview_order",
    post = "/alibaba/cart/preview/order",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = OrderPreview,
    example = r#"{"addressParam":{"fullName":"张三","mobile":"13800000000","phone":"13800000000","postCode":"310024","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"象山路1号","districtCode":"330106"},"cartIds":["1"]}"#,
    sources = ["https://doc-vnm.pandapon.com/api-250496591", "https://doc.pandapon.com/api-250313128"],
)]
pub struct PreviewOrder {
    /// Where to deliver.
    pub address_param: DeliveryAddress,
    /// Lines of the cart; at least one.
    #[wire(number)]
    pub cart_ids: Vec<Id>,
}
