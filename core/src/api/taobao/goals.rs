//! States of Taobao orders and refunds that can be waited for. That goods were received shows in no state of an order.

use super::effects::{CLOSED, ORDER as BY_ID, ORDERS, OTHER_ORDERS, REFUND, closed, paid};
use crate::effect::{Shown, Sign};
use crate::goal::Goal;

pub(in crate::api) const ORDER: &[Goal] = &[
    Goal::new(
        ["taobao.order", "paid", "orderId"],
        "The order is paid.",
        &[paid(BY_ID), paid(ORDERS), paid(OTHER_ORDERS)],
    ),
    Goal::new(
        ["taobao.order", "shipped", "orderId"],
        "The seller has shipped the order.",
        &[shipped(BY_ID), shipped(ORDERS), shipped(OTHER_ORDERS)],
    ),
    Goal::new(
        ["taobao.order", "cancelled", "orderId"],
        "The order is closed: it was cancelled, or nobody paid for it.",
        &[closed(BY_ID), closed(ORDERS), closed(OTHER_ORDERS)],
    ),
];

pub(in crate::api) const AFTER_SALE: &[Goal] = &[
    Goal::new(
        ["taobao.after_sale", "agreed", "refundId"],
        "The seller has agreed to the refund.",
        &[REFUND.done(&[state(&["20", "30", "100"])]).never(&[state(&["-20"])])],
    ),
    Goal::new(
        ["taobao.after_sale", "refunded", "refundId"],
        "The money is refunded.",
        &[REFUND.done(&[state(&["100"])]).never(&[state(&["-20"])])],
    ),
    Goal::new(
        ["taobao.after_sale", "refused", "refundId"],
        "The seller has refused the refund.",
        &[REFUND.done(&[state(&["-10"])]).never(&[state(&["100", "-20"])])],
    ),
];

const SHIPPED: &[Sign] = &[Sign::one_of("orderStatus", &["11"]), Sign::one_of("status", &["WAIT_BUYER_CONFIRM_GOODS"])];

const fn shipped(order: Shown) -> Shown {
    order.done(SHIPPED).never(CLOSED)
}

const fn state(values: &'static [&'static str]) -> Sign {
    Sign::one_of("refundOrder.refundStatus", values)
}
