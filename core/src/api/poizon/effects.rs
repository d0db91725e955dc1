//! How the effects of Poizon's writes show.

use crate::effect::{ANYWHERE, Action, Effect, FoundBy, Shown, Sign, Worth};

pub(super) const PAY: Effect = Effect {
    action: Action::Pay,
    found_by: FoundBy::Id(&["orderId"]),
    in_background: None,
    shown_by: &[ORDERS.done(IS_PAID)],
    absent: Worth::Nothing,
    unchanged: Worth::Nothing,
    why: "the order exists whatever became of the call; upstream it is paid when it is created",
    better: None,
};

pub(super) const CREATE: Effect = Effect {
    found_by: FoundBy::Contents,
    in_background: Some(true),
    shown_by: &[ORDERS],
    ..Effect::unknown(Action::Create, "neither the fields of an order are known, nor whether a reference comes back")
};

pub(super) const IS_PAID: &[Sign] = &[Sign::one_of("orderStatus", &["PAID"])];
pub(super) const ORDERS: Shown = Shown::walk("poizon.order.page", ANYWHERE, "orderId");
