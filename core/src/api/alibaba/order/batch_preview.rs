//! What orders with several sellers would cost.

use super::{DeliveryAddress, OrderPreview, SellerCargoLine};
use crate::api::prelude::*;

/// Preview data before order creation (batch for different merchants).
///
/// Freight, totals and promotions of lines that go to several sellers. The answer is not published; it is presumably
/// that of the preview for one seller, with an order for each.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.batch_preview",
    post = "/alibaba/order/create/previewbatch",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = OrderPreview,
    example = r#"{"addressParam":{"fullName":"张三","mobile":"13800000000","phone":"","postCode":"310024","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"象山路1号"},"cargoParamList":[{"offerId":"548818919805","specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","quantity":"1","sellerOpenId":"BBBgGWh2O6JFI6v1aQuZVgRIA"},{"offerId":"743470146022","specId":"e61a85a671bb3d0301d0412b51641c6b","quantity":"2","sellerOpenId":"BBBwAN4GQ60zRPzBkv7BYPJRQ"}]}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288855705",
        "https://doc-en.pandapon.com/api-263477644",
        "https://doc-en.xportcn.com/api-205190257",
    ],
)]
pub struct BatchPreview {
    /// Where to deliver.
    pub address_param: DeliveryAddress,
    /// The lines; at least one.
    pub cargo_param_list: Vec<SellerCargoLine>,
}
