//! What an order would come to, second version.

use super::{LineToRender, OrderRendering};
use crate::api::prelude::*;
use crate::taobao::Receiver;

/// Purchase order render V2.
///
/// Previews a purchase order before it is created, in the second version. Path, request and reply are not published:
/// the path is named after its neighbours, the fields are those of the first version, and the reply is taken to be
/// the upstream's.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_render_v2",
    post = "/open/purchase/render/v2",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/purchase/order/render", Upstream)],
    reply = OrderRendering,
    example = r#"{
        "orderLineList": [{"itemId":"600120680003951077","quantity":1,"skuId":"4951323355633"}],
        "receiver": {"name":"测试","mobilePhone":"13800000000","country":"中国","state":"浙江省","city":"杭州市",
            "district":"余杭区","address":"测试地址","zip":"311121"}
    }"#,
    sources = [],
)]
pub struct PurchaseRenderV2 {
    /// What to preview. The first version's wire holds the lines as JSON text; so does this one.
    #[wire(embedded)]
    pub order_line_list: Option<Vec<LineToRender>>,
    /// Where to deliver. The first version's wire holds the recipient as JSON text; so does this one.
    #[wire(embedded)]
    pub receiver: Option<Receiver>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
