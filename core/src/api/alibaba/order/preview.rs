//! What an order would cost, before it is created.

use super::{CargoLine, DeliveryAddress, OrderPreview};
use crate::api::prelude::*;

/// Preview the data before creating the order.
///
/// Freight, totals and promotions of an order with the lines of one seller, and the trade types that the call which
/// creates it will take.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.preview",
    post = "/alibaba/order/create/preview",
    safety = Read,
    evidence(path = Sister, request = Published, reply = PublishedInPart),
    reply = OrderPreview,
    example = r#"{"addressParam":{"fullName":"张三","mobile":"13800000000","phone":"","postCode":"310024","cityText":"杭州市","provinceText":"浙江省","areaText":"西湖区","townText":"转塘","address":"象山路1号"},"cargoParamList":[{"offerId":"548818919805","specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","quantity":"2"}]}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288855709",
        "https://doc-en-ka.xportcn.com/api-338074941",
        "https://doc.pandapon.com/api-250313112",
    ],
)]
pub struct Preview {
    /// Where to deliver.
    pub address_param: DeliveryAddress,
    /// The lines; at least one, all of one seller.
    pub cargo_param_list: Vec<CargoLine>,
}
