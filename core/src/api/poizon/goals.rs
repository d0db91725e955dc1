//! The state of an order on Poizon that can be waited for: no other has been seen.

use super::effects::{IS_PAID, ORDERS};
use crate::goal::Goal;

pub(in crate::api) const ORDER: &[Goal] =
    &[Goal::new(["poizon.order", "paid", "orderId"], "The order is paid.", &[ORDERS.done(IS_PAID)])];
