//! What an order would come to.

use super::OrderRendering;
use crate::api::prelude::*;
use crate::taobao::Receiver;

/// Purchase order render.
///
/// Previews a purchase order before it is created. It is not certain that this path belongs to this title: it is the
/// only public rendering before an order on Taobao, but it could be an older call. The reply is not published; it is
/// taken to be the upstream's.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_render",
    post = "/open/order/render",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = OrderRendering,
    example = r#"{
        "orderLineList": [{"itemId":"600120680003951077","quantity":1,"skuId":"4951323355633"}],
        "receiver": {"name":"测试","mobilePhone":"13800000000","phone":"13800000000","country":"中国","state":"浙江省",
            "city":"杭州市","district":"余杭区","address":"测试地址","zip":"311121"}
    }"#,
    sources = ["https://doc-vnm.pandapon.com/api-250496540"],
)]
pub struct PurchaseRender {
    /// What to preview. The wire holds the lines as JSON text.
    #[wire(embedded)]
    pub order_line_list: Vec<LineToRender>,
    /// Where to deliver. The wire holds the recipient as JSON text.
    #[wire(embedded)]
    pub receiver: Receiver,
}

/// A line of an order that is to be previewed. Unlike in the creation of an order, its ids are numbers on the wire.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LineToRender {
    /// Item; the upstream wants its id in the supply catalogue: `mpId`.
    #[wire(number)]
    pub item_id: Id,
    /// Number of pieces.
    #[wire(text)]
    pub quantity: i64,
    /// SKU; the upstream wants its id in the supply catalogue: `mpSkuId`.
    #[wire(number)]
    pub sku_id: Id,
}
