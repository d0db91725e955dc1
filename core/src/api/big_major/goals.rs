//! States of big-major orders that can be waited for: they show as 1688's.

use super::effects::{BY_1688, BY_ID};
use crate::api::alibaba::effects::orders;
use crate::api::alibaba::goals::{IS_CANCELLED, IS_RECEIVED, PAID, SHIPPED, cancelled, paid, received, shipped};
use crate::effect::Shown;
use crate::goal::Goal;

pub(in crate::api) const ORDER: &[Goal] = &[
    Goal::new(["big_major.order", "paid", "orderId"], PAID, &[paid(BY_ID), paid(BY_1688), paid(LIST)]),
    Goal::new(["big_major.order", "shipped", "orderId"], SHIPPED, &[shipped(BY_ID), shipped(BY_1688), shipped(LIST)]),
    Goal::new(
        ["big_major.order", "received", "orderId"],
        IS_RECEIVED,
        &[received(BY_ID), received(BY_1688), received(LIST)],
    ),
    Goal::new(
        ["big_major.order", "cancelled", "orderId"],
        IS_CANCELLED,
        &[cancelled(BY_ID), cancelled(BY_1688), cancelled(LIST)],
    ),
];

const LIST: Shown = orders("big_major.order.page");
