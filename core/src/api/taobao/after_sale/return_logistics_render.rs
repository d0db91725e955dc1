//! The carriers that a return may go with.

use super::LogisticsCompany;
use crate::api::prelude::*;

/// Return logistics rendering.
///
/// The carriers to choose from before the goods of an after-sale order are sent back. Path and reply are those of the
/// upstream, where one source has them: a list of carriers, not the return parcel. The request is named after the
/// neighbouring calls.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.return_logistics_render",
    get = "/open/order/refund/render/logistics",
    safety = Read,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [get("/open/order/refund/logistics/render", Inferred)],
    reply = Vec<LogisticsCompany>,
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
