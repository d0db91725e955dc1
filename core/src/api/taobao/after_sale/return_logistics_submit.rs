//! Tells the seller how the goods go back.

use crate::api::prelude::*;

/// Return logistics submission.
///
/// States carrier and waybill of the parcel in which the goods of an after-sale order go back. Neither path nor
/// fields are published: the path is named after its neighbours, the fields after the return parcel that the query of
/// an after-sale order answers with. The reply is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.return_logistics_submit",
    post = "/open/order/refund/submit/logistics",
    safety = Write,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [post("/open/order/refund/logistics/submit", Inferred)],
    reply = Option<Any>,
    example = r#"{"refundId":"110002685755","logisticsNo":"SF12181323546","logisticsCompanyCode":"SF"}"#,
    sources = [],
)]
pub struct ReturnLogisticsSubmit {
    /// After-sale order whose goods go back.
    pub refund_id: Option<Id>,
    /// Waybill number of the parcel.
    pub logistics_no: Option<String>,
    /// Code of the carrier, as `SF`.
    pub logistics_company_code: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
