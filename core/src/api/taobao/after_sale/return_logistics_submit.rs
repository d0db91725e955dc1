//! Tells the seller how the goods go back.

use crate::api::prelude::*;

/// Return logistics submission.
///
/// States carrier and waybill of the parcel in which the goods of an after-sale order go back. Path and fields are
/// those of the upstream. The reply was not seen there, and is given as it comes: after it the state of the after-sale
/// order is 30 (upstream).
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.return_logistics_submit",
    post = "/open/order/refund/submit/logistics",
    safety = Write,
    evidence(path = Upstream, request = Inferred, reply = Inferred),
    candidates = [post("/open/order/refund/logistics/submit", Inferred)],
    effect = crate::api::taobao::effects::RETURN_LOGISTICS,
    reply = Option<Any>,
    example = r#"{"refundId":"110002685755","logisticsNo":"SF12181323546","logisticsCompanyCode":"SF"}"#,
    sources = [],
)]
pub struct ReturnLogisticsSubmit {
    /// After-sale order whose goods go back.
    pub refund_id: Option<Id>,
    /// Waybill number of the parcel.
    pub logistics_no: Option<String>,
    /// Code of the carrier, as `SF`: one that `taobao.after_sale.return_logistics_render` offers.
    pub logistics_company_code: Option<String>,
    /// Name of the carrier; one source demands it (upstream).
    #[wire(upstream)]
    pub logistics_company_name: Option<String>,
    /// The buyer's telephone number (upstream).
    #[wire(upstream)]
    pub buyer_phone: Option<String>,
    /// Description of the returned goods (upstream).
    #[wire(upstream)]
    pub return_goods_desc: Option<String>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
