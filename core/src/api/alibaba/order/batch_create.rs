//! Creates orders with several sellers.

use super::{OrderAddress, OrderDetail, SellerCargoLine};
use crate::api::prelude::*;

/// Create an order (different merchants).
///
/// Places an order with each seller of the lines, and answers with the orders. The published answer is that of the
/// second version of this call; it shows part of an order's fields.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.batch_create",
    post = "/alibaba/order/batch/create",
    safety = Write,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    effect = crate::api::alibaba::effects::CREATE,
    reply = Vec<OrderDetail>,
    example = r#"{"flow":"general","addressParam":{"fullName":"张三","mobile":"13800000000","phone":"","postCode":"310024","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"象山路1号"},"cargoParamList":[{"offerId":"548818919805","specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","quantity":"1","sellerOpenId":"BBBgGWh2O6JFI6v1aQuZVgRIA"},{"offerId":"743470146022","specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":"2","sellerOpenId":"BBBwAN4GQ60zRPzBkv7BYPJRQ"}]}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288855706",
        "https://doc-en.pandapon.com/api-263477645",
        "https://doc-env2.pandapon.com/api-289121035",
    ],
)]
pub struct BatchCreate {
    /// Flow of the order; the page's example has `general`.
    pub flow: Option<String>,
    /// Message to the sellers.
    pub message: Option<String>,
    /// Promotion of the shop to make use of, from the preview.
    pub shop_promotion_id: Option<Id>,
    /// How to pay: one of the `tradeModeNameList` of the preview.
    pub trade_type: Option<String>,
    /// Where to deliver.
    pub address_param: OrderAddress,
    /// The lines; at least one.
    pub cargo_param_list: Vec<SellerCargoLine>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
