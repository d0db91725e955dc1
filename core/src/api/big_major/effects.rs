//! How the effects of the writes of big-major orders show.

use crate::api::alibaba::effects::{LINES, MADE, create, of_order, orders, paid};
use crate::effect::Ask::{Id, Text};
use crate::effect::{Action, Effect, Shown};

pub(super) const CREATE: Effect = Effect {
    shown_by: &[made(orders("big_major.order.page")), made(orders("alibaba.order.page"))],
    why: "which list shows these orders, and how late, is not published",
    ..create()
};

pub(super) const PAY: Effect = Effect { shown_by: &[paid(BY_ID), paid(BY_1688)], ..of_order(Action::Pay) };

pub(super) const BY_ID: Shown = Shown::ask("big_major.order.get", &[("orderId", Id)], &[""]).key("baseInfo.id");
pub(super) const BY_1688: Shown =
    Shown::ask("alibaba.order.get", &[("orderId", Id), ("webSite", Text("1688"))], &[""]).key("baseInfo.id");

const fn made(order: Shown) -> Shown {
    order.key("baseInfo.buyerFeedback").lines(LINES).done(MADE)
}
