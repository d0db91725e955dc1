//! Creates an order on Poizon.

use super::PlacedOrder;
use crate::api::prelude::*;

/// Create an order.
///
/// Places an order on Poizon. **It may pay at once**: the platform which Xportcn most likely passes calls on to takes the
/// money from a prepaid balance with the creation. Path, fields and answer of this row are not published: address and lines
/// follow the names of the 1688 rows, the rest is that of the upstream, which takes one product an order. A creation that
/// may have arrived must not be repeated unseen.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.order.create",
    post = "/poizon/order/create",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/poizon/order/createOrder", OtherReseller)],
    effect = crate::api::poizon::effects::CREATE,
    reply = PlacedOrder,
    example = r#"{"addressParam":{"fullName":"张三","mobile":"13800000000","provinceText":"浙江省","cityText":"杭州市","areaText":"西湖区","address":"象山路1号"},"cargoParamList":[{"offerId":"1234567","specId":"7654321","quantity":1}]}"#,
    sources = [],
)]
pub struct Create {
    /// Where to deliver; a 1688 address has `fullName`, `mobile`, `provinceText`, `cityText`, `areaText`, `address`.
    pub address_param: Option<Any>,
    /// The lines; a 1688 line has `offerId`, `specId` and `quantity`.
    pub cargo_param_list: Option<Vec<Any>>,
    /// The caller's own key; one order a key (upstream).
    #[wire(upstream)]
    pub request_id: Option<String>,
    /// Where to deliver: `name`, `phone`, `province`, `city`, `district`, `detailAddress` (upstream).
    #[wire(upstream)]
    pub shipping_address: Option<Any>,
    /// The product: `dwSpuId`, `dwSkuId`, `distSkuId`, `quantity`, and `price` in fen (upstream).
    #[wire(upstream)]
    pub product: Option<Any>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
