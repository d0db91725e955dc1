//! Buys on Taobao.

use super::CreatedOrders;
use crate::api::prelude::*;
use crate::taobao::Receiver;

/// Purchase order create.
///
/// Creates a purchase order on Taobao. That path and fields belong to this title follows from the order of the
/// entries in the reference, not from a name. The reply is not published; it is taken to be the upstream's. No key guards
/// against a second order: a creation that may have arrived must not be repeated unseen (upstream).
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.purchase_create",
    post = "/open/order",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::taobao::effects::CREATE,
    reply = CreatedOrders,
    example = r#"{
        "orderLineList": [
            {"itemId":"600126245031041190","orderLineNo":"1","quantity":200,"price":"1","currency":"CNY",
             "skuId":"5016042822039"},
            {"itemId":"600129202197070073","orderLineNo":"1","quantity":200,"price":"1","currency":"CNY",
             "skuId":"4860968496626"}
        ],
        "orderSource": "lazada",
        "purchaseAmount": "400",
        "receiver": {"name":"a测试aa","mobilePhone":"13800000000","phone":"","country":"中国","state":"浙江省",
            "city":"杭州市","district":"余杭区","address":"测试地址","zip":"11111"},
        "sellerOrderNumber": "1"
    }"#,
    sources = ["https://doc-en.pandapon.com/api-263477610", "https://doc-vnm.pandapon.com/api-250496533"],
)]
pub struct PurchaseCreate {
    /// What to buy. The wire holds the lines as JSON text.
    #[wire(embedded)]
    pub order_line_list: Vec<OrderLine>,
    /// The buyer's own sales platform, as `lazada`.
    pub order_source: Option<String>,
    /// The most that the order may cost, in fen.
    pub purchase_amount: Amount,
    /// Where to deliver. The wire holds the recipient as JSON text.
    #[wire(embedded)]
    pub receiver: Receiver,
    /// Number of the order on the buyer's own sales platform.
    pub seller_order_number: Option<Id>,
    /// Fields that are not known here, as the upstream's `outer_purchase_id` or `order_remark`.
    #[wire(extra)]
    pub extra: Extra,
}

/// A line of an order that is to be created. The published example has all its values as text.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderLine {
    /// Item; the upstream wants its id in the supply catalogue: `mpId`.
    pub item_id: Id,
    /// The caller's own number of the line; in the published example two lines have the same one.
    pub order_line_no: Option<Id>,
    /// Number of pieces.
    #[wire(text)]
    pub quantity: i64,
    /// Price of one piece, in fen (upstream).
    #[wire(text, upstream)]
    pub price: Option<Amount>,
    /// Currency of the price, as `CNY`.
    pub currency: Option<String>,
    /// SKU; the upstream wants its id in the supply catalogue: `mpSkuId`.
    pub sku_id: Id,
}
