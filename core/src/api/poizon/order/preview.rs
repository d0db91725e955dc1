//! What an order on Poizon would cost.

use crate::api::prelude::*;

/// Order preview.
///
/// What an order on Poizon would cost. The platform which Xportcn most likely passes calls on to has no such call. Path,
/// fields and answer of this row are not published: its names follow those of the 1688 rows.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.order.preview",
    post = "/poizon/order/create/preview",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"addressParam":{"fullName":"张三","mobile":"13800000000","provinceText":"浙江省","cityText":"杭州市","areaText":"西湖区","address":"象山路1号"},"cargoParamList":[{"offerId":"1234567","specId":"7654321","quantity":1}]}"#,
    sources = [],
)]
pub struct Preview {
    /// Where to deliver; a 1688 address has `fullName`, `mobile`, `provinceText`, `cityText`, `areaText`, `address`.
    pub address_param: Option<Any>,
    /// The lines; a 1688 line has `offerId`, `specId` and `quantity`.
    pub cargo_param_list: Option<Vec<Any>>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
