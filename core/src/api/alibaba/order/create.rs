//! Creates an order.

use super::{CreatedOrder, OrderAddress, OrderCargo};
use crate::api::prelude::*;

/// Create an order.
///
/// Places an order with one seller; it is then to be paid. 1688 may split an order of more than 50 variants. There is
/// no key against double orders: a call that may have arrived must not be repeated unseen.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.create",
    post = "/alibaba/order/create",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::alibaba::effects::CREATE,
    reply = CreatedOrder,
    example = r#"{"flow":"general","message":"请小心包装","tradeType":"nzassure","addressParam":{"fullName":"张三","mobile":"13800000000","phone":"","postCode":"310024","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"象山路1号"},"cargoParamList":[{"offerId":"548818919805","specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","quantity":"2"}]}"#,
    sources = [
        "https://doc-en-ka.xportcn.com/api-338074942",
        "https://doc-th.pandapon.com/api-289190490",
        "https://doc-vnm.pandapon.com/api-250496568",
    ],
)]
pub struct Create {
    /// Flow of the order. The values are not published for this call; samples of its neighbours have `general` and
    /// `fenxiaonew`, and the preview answers with one.
    pub flow: String,
    /// Message to the seller.
    pub message: Option<String>,
    /// Promotion of the shop to make use of, from the preview.
    pub shop_promotion_id: Option<Id>,
    /// How to pay: one of the `tradeModeNameList` of the preview.
    pub trade_type: Option<String>,
    /// Where to deliver.
    pub address_param: OrderAddress,
    /// The lines; at least one, all of one seller.
    pub cargo_param_list: Vec<OrderCargo>,
    /// Fields that are not known here, as `outOrderId`, which 1688 itself takes.
    #[wire(extra)]
    pub extra: Extra,
}
