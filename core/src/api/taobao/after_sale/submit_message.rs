//! Sends the seller a message about an after-sale order.

use crate::api::prelude::*;

/// Submit after-sale order message.
///
/// Adds a message, with pictures if need be, to an after-sale order. The vendor marks it as in development. The reply
/// is an object whose fields are not published; it is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.submit_message",
    post = "/open/order/refund/submit/message",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::taobao::effects::REFUND_MESSAGE,
    reply = Option<Any>,
    example = r#"{"refundId":"110002685755","refundMessage":"尺码不合适"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477624"],
)]
pub struct SubmitMessage {
    /// After-sale order that the message is about.
    pub refund_id: Id,
    /// Text of the message.
    pub refund_message: String,
    /// Pictures, in one text; neither their format nor what separates them is published.
    pub refund_images: Option<String>,
}
