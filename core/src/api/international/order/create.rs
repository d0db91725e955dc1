//! Creates an order on international Alibaba.

use crate::api::prelude::*;

/// Create an order.
///
/// Places an order on international Alibaba. Method, path, fields and answer of this row are not published: its names
/// follow those of the 1688 rows. The setting `paths` of the client corrects the path.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "international.order.create",
    post = "/alibaba/international/order/create",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::international::effects::CREATE,
    reply = Option<Any>,
    example = r#"{"addressParam":{"fullName":"Jane Doe","mobile":"13800000000","address":"1 Example Street"},"cargoParamList":[{"offerId":"1600190456789","quantity":2}]}"#,
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
