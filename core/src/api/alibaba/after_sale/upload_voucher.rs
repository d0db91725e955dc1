//! Uploads evidence for a refund.

use crate::api::prelude::*;

/// Upload refund receipt.
///
/// Uploads a picture that shows why a refund is asked for; its address then stands in `vouchers`. Path and fields of
/// this row are not published: the path is named after its neighbours, and the answer is that of 1688's own API, which
/// it very likely stands for. That API takes a JPEG file of less than 1 MB; how the platform takes it is not known.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.after_sale.upload_voucher",
    post = "/alibaba/refund/upload/voucher",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::alibaba::effects::UPLOAD_VOUCHER,
    reply = UploadVoucherReply,
    example = r#"{"imageBase64":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="}"#,
    sources = [
        "https://doc-en-ka.xportcn.com/api-446268623",
        "https://doc-en.pandapon.com/api-263477655",
        "https://doc-en.pandapon.com/api-263477656",
    ],
)]
pub struct UploadVoucher {
    /// The picture, in base64, called as the image search calls it.
    pub image_base64: Option<String>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}

/// Where the picture is. The fields are those of 1688's own API; in `vouchers` stands the domain, a slash and the
/// path, as in `https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg`.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct UploadVoucherReply {
    /// Domain of the picture's address.
    pub image_domain: Option<String>,
    /// Path of the picture's address.
    pub image_relative_url: Option<String>,
}
