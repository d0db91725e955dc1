//! Submits several orders for payment.

use crate::api::prelude::*;

/// Developers submit bulk payment 1688 orders.
///
/// Submits several orders for payment at once. The answer is not published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.batch_submit_payment",
    post = "/alibaba/order/batch/submit/to/pay",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::alibaba::effects::PAY_BATCH,
    reply = Option<Any>,
    example = r#"{"orderIds":["2059624776425880794","2060506524492880794"]}"#,
    sources = ["https://doc-en.pandapon.com/api-263477643"],
)]
pub struct BatchSubmitPayment {
    /// Orders to pay. The most that one call takes is not published; the page's example has nine.
    pub order_ids: Vec<Id>,
}
