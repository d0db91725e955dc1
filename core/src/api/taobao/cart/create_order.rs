//! Orders what is in the shopping cart.

use crate::api::prelude::*;
use crate::taobao::Receiver;
use crate::taobao::order::CreatedOrders;

/// Create order.
///
/// Orders lines of the shopping cart. The reply is not published; it is taken to be the upstream's.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.cart.create_order",
    post = "/open/cart/create/order",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::taobao::effects::CREATE_FROM_CART,
    reply = CreatedOrders,
    example = r#"{
        "ids": ["75","76"],
        "orderAddress": {"name":"a测试aa","mobilePhone":"13800000000","phone":"","country":"中国","state":"浙江省",
            "city":"杭州市","district":"余杭区","address":"测试地址","zip":"11111"},
        "userId": "2100007340000"
    }"#,
    sources = ["https://doc.pandapon.com/api-250313096"],
)]
pub struct CreateOrder {
    /// Ids of the cart's lines to order.
    #[wire(number)]
    pub ids: Vec<Id>,
    /// Where to deliver.
    pub order_address: Option<Receiver>,
    /// The platform's user whose cart it is.
    pub user_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
