//! What is known of the parcel in which goods go back.

use super::ReturnLogistics;
use crate::api::prelude::*;

/// Return logistics rendering.
///
/// What may be filled in for the parcel in which the goods of an after-sale order go back. Path, request and reply
/// are not published: the path and the request are named after the neighbouring calls, and the reply is taken to be
/// the return parcel that the query of an after-sale order answers with.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.return_logistics_render",
    get = "/open/order/refund/render/logistics",
    safety = Read,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [get("/open/order/refund/logistics/render", Inferred)],
    reply = ReturnLogistics,
    example = r#"{"refundId":"110002685755"}"#,
    sources = [],
)]
pub struct ReturnLogisticsRender {
    /// After-sale order whose goods go back.
    pub refund_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
