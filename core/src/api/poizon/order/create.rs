//! Creates an order on Poizon.

use crate::api::prelude::*;

/// Create an order.
///
/// Places an order on Poizon. Path, fields and answer of this row are not published: its names follow those of the
/// 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.order.create",
    post = "/poizon/order/create",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    candidates = [post("/poizon/order/createOrder", OtherReseller)],
    reply = Option<Any>,
    example = r#"{"addressParam":{"fullName":"张三","mobile":"13800000000","provinceText":"浙江省","cityText":"杭州市","areaText":"西湖区","address":"象山路1号"},"cargoParamList":[{"offerId":"1234567","specId":"7654321","quantity":1}]}"#,
    sources = [],
)]
pub struct Create {
    /// Where to deliver; a 1688 address has `fullName`, `mobile`, `provinceText`, `cityText`, `areaText`, `address`.
    pub address_param: Option<Any>,
    /// The lines; a 1688 line has `offerId`, `specId` and `quantity`.
    pub cargo_param_list: Option<Vec<Any>>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
