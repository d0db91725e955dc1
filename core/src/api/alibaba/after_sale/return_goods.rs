//! Tells the seller how the goods come back.

use crate::alibaba::ActionOutcome;
use crate::api::prelude::*;

/// Buyer submits refund information.
///
/// Tells the seller with which waybill the goods of a refund come back. The seller must have agreed first (state
/// `waitbuyersend`). The answer is not published; the fields are those of 1688's own API, whose codes are 4001 not
/// authorised, 4002 carrier or waybill missing, 4003 too many vouchers or a wrong address, 4004 carrier and waybill do
/// not fit, 4005 no such refund, 4006 no permission, 4007 not in this state, 4008 a wrong refund, 5001 to 5003 faults.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.after_sale.return_goods",
    post = "/alibaba/refund/goods/return",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::alibaba::effects::RETURN_GOODS,
    reply = ActionOutcome,
    example = r#"{"refundId":"TQ34931008034741532","logisticsCompanyNo":"ZTO","freightBill":"3832890717253"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477657"],
)]
pub struct ReturnGoods {
    /// Refund: TQ and digits.
    pub refund_id: Id,
    /// Code of the carrier, for example `ZTO`: the `companyNo` of the list of carriers.
    pub logistics_company_no: String,
    /// Number of the waybill.
    pub freight_bill: String,
    /// Message to the seller; 1688's own API takes 2 to 200 characters.
    pub description: Option<String>,
    /// Addresses of pictures as evidence; 1688's own API takes up to 10.
    pub vouchers: Option<Vec<String>>,
}
