//! States of orders and refunds on 1688 that can be waited for.

use super::effects::{AFTER_PAYMENT, CANCELLED, ORDER as BY_ID, ORDERS, PAYING, RECEIVED, REFUND};
use crate::effect::{Shown, Sign};
use crate::goal::Goal;

pub(in crate::api) const ORDER: &[Goal] = &[
    Goal::new(["alibaba.order", "paid", "orderId"], PAID, &[paid(BY_ID), paid(ORDERS)]),
    Goal::new(["alibaba.order", "shipped", "orderId"], SHIPPED, &[shipped(BY_ID), shipped(ORDERS)]),
    Goal::new(["alibaba.order", "received", "orderId"], IS_RECEIVED, &[received(BY_ID), received(ORDERS)]),
    Goal::new(["alibaba.order", "cancelled", "orderId"], IS_CANCELLED, &[cancelled(BY_ID), cancelled(ORDERS)]),
];

pub(in crate::api) const AFTER_SALE: &[Goal] = &[
    Goal::new(
        ["alibaba.after_sale", "agreed", "refundId"],
        "The seller has agreed to the refund.",
        &[REFUND
            .done(&[Sign::one_of("status", &["waitbuyersend", "waitsellerreceive", "refundsuccess"])])
            .never(&[Sign::one_of("status", &["refundclose"])])],
    ),
    Goal::new(
        ["alibaba.after_sale", "refunded", "refundId"],
        "The money is refunded.",
        &[REFUND
            .done(&[Sign::one_of("status", &["refundsuccess"])])
            .never(&[Sign::one_of("status", &["refundclose"])])],
    ),
    Goal::new(
        ["alibaba.after_sale", "refused", "refundId"],
        "The seller has refused the refund: the claim can be changed.",
        &[REFUND
            .done(&[Sign::one_of("status", &["waitbuyermodify"])])
            .never(&[Sign::one_of("status", &["refundsuccess", "refundclose"])])],
    ),
];

pub(in crate::api) const PAID: &str = "The order is paid.";
pub(in crate::api) const SHIPPED: &str = "The seller has shipped the order.";
pub(in crate::api) const IS_RECEIVED: &str = "The goods are received, as the buyer or the time has confirmed.";
pub(in crate::api) const IS_CANCELLED: &str = "The order is cancelled or terminated.";

const AWAY: &[Sign] = &[Sign::one_of(
    "baseInfo.status",
    &["waitbuyerreceive", "waitbuyersign", "signinsuccess", "confirm_goods", "success"],
)];
const COMPLETED: &[Sign] = &[Sign::one_of("baseInfo.status", &["success"])];
const PAYMENT: &[Sign] = &[Sign::one_of("tradeTerms[].payStatus", &["2", "6"]), AFTER_PAYMENT[0]];

pub(in crate::api) const fn paid(order: Shown) -> Shown {
    order.done(PAYMENT).pending(PAYING).never(CANCELLED)
}

pub(in crate::api) const fn shipped(order: Shown) -> Shown {
    order.done(AWAY).never(CANCELLED)
}

pub(in crate::api) const fn received(order: Shown) -> Shown {
    order.done(RECEIVED).never(CANCELLED)
}

pub(in crate::api) const fn cancelled(order: Shown) -> Shown {
    order.done(CANCELLED).never(COMPLETED)
}
