//! What an order of the shopping cart would come to.

use crate::api::prelude::*;
use crate::taobao::Receiver;
use crate::taobao::order::OrderRendering;

/// Generate order preview.
///
/// Previews an order of lines of the shopping cart. Path, request and reply are not published: the path is named
/// after its neighbours, the fields are those of creating the order, and the reply is taken to be
/// the upstream's rendering of an order.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.cart.preview_order",
    post = "/open/cart/preview/order",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = OrderRendering,
    example = r#"{
        "ids": ["75","76"],
        "orderAddress": {"name":"a测试aa","mobilePhone":"13800000000","phone":"","country":"中国","state":"浙江省",
            "city":"杭州市","district":"余杭区","address":"测试地址","zip":"11111"},
        "userId": "2100007340000"
    }"#,
    sources = ["https://doc-en.pandapon.com/api-263477636"],
)]
pub struct PreviewOrder {
    /// Ids of the cart's lines to order.
    #[wire(number)]
    pub ids: Option<Vec<Id>>,
    /// Where to deliver.
    pub order_address: Option<Receiver>,
    /// The platform's user whose cart it is.
    pub user_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
