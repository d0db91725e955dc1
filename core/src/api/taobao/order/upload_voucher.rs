//! Proves a payment.

use crate::api::prelude::*;

/// Upload payment voucher.
///
/// Uploads the proof that an order was paid; the order then waits for the finance department. Path, request and reply
/// are not published: path and request are named after the neighbouring calls, and the reply is given as it comes.
/// The name of the field that holds the voucher is not known either: give it as an extra field.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.upload_voucher",
    post = "/open/order/upload/voucher",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::taobao::effects::UPLOAD_VOUCHER,
    reply = Option<Any>,
    example = r#"{"orderId":"1024285237573584051"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477612"],
)]
pub struct UploadVoucher {
    /// Order that was paid.
    pub order_id: Option<Id>,
    /// Fields that are not known here, the voucher among them.
    #[wire(extra)]
    pub extra: Extra,
}
