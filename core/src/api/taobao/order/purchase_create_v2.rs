//! Buys on Taobao, second version.

use super::{CreatedOrders, OrderLine};
use crate::api::prelude::*;
use crate::taobao::Receiver;

/// Purchase order create V2.
///
/// Creates a purchase order on Taobao, in the second version. Path, request and reply are not published: the path is
/// named after its neighbours, the fields are those of the first version, and the reply is taken to be the upstream's.
/// No key guards against a second order: a creation that may have arrived must not be repeated unseen (upstream).
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_create_v2",
    post = "/open/purchase/create/v2",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/open/purchase/order/create", Upstream)],
    effect = crate::api::taobao::effects::CREATE,
    reply = CreatedOrders,
    example = r#"{
        "orderLineList": [
            {"itemId":"600126245031041190","orderLineNo":"1","quantity":200,"price":"1","currency":"CNY",
             "skuId":"5016042822039"}
        ],
        "purchaseAmount": "200",
        "receiver": {"name":"a测试aa","mobilePhone":"13800000000","country":"中国","state":"浙江省","city":"杭州市",
            "district":"余杭区","address":"测试地址","zip":"11111"}
    }"#,
    sources = [],
)]
pub struct PurchaseCreateV2 {
    /// What to buy. The first version's wire holds the lines as JSON text; so does this one.
    #[wire(embedded)]
    pub order_line_list: Option<Vec<OrderLine>>,
    /// The most that the order may cost, in fen, as in the first version.
    pub purchase_amount: Option<Amount>,
    /// Where to deliver. The first version's wire holds the recipient as JSON text; so does this one.
    #[wire(embedded)]
    pub receiver: Option<Receiver>,
    /// Number of the order on the buyer's own sales platform, as in the first version.
    pub seller_order_number: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
