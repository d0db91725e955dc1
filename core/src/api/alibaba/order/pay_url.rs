//! Pays an order.

use crate::api::prelude::*;

/// Order payment.
///
/// Pays an order at once where the account has an agreement for that, else answers with the address of 1688's
/// cashier, where the buyer logs in and confirms. Because it may pay, it counts as a call that changes something,
/// although it is a GET.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.pay_url",
    get = "/alibaba/order/pay/url",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Published),
    effect = crate::api::alibaba::effects::PAY_URL,
    reply = PayUrlReply,
    example = r#"{"orderId":"2542285634920880794"}"#,
    sources = [
        "https://doc-en-ka.xportcn.com/api-454827975",
        "https://doc-en.pandapon.com/api-263477651",
        "https://doc-env2.pandapon.com/api-289121041",
    ],
)]
pub struct PayUrl {
    /// Order to pay.
    pub order_id: Id,
}

/// How the payment stands. Only `orderId` is described on the page; the other meanings follow from the names.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PayUrlReply {
    /// Order.
    pub order_id: Option<Id>,
    /// Whether the order was paid at once, by agreement.
    pub protocol_pay_success: Option<bool>,
    /// Address of the cashier where the order is paid.
    pub pay_url: Option<String>,
    /// Orders that cannot be paid.
    pub cant_pay_order_list: Vec<Id>,
}
