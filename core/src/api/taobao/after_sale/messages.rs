//! The messages about an after-sale order.

use crate::api::prelude::*;

/// After-sale order message list query.
///
/// Lists the messages about an after-sale order. Path, request and reply are not published: path and request are
/// named after the neighbouring calls, and the reply is given as it comes. The one public page with this title
/// describes another path, which is entered under the list of after-sale orders.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.after_sale.messages",
    post = "/open/order/refund/query/message",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"refundId":"110002685755"}"#,
    sources = ["https://doc-vnm.pandapon.com/api-250496545"],
)]
pub struct Messages {
    /// After-sale order whose messages are listed.
    pub refund_id: Option<Id>,
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}
