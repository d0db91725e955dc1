//! How the effect of an international order shows.

use crate::effect::{ANYWHERE, Action, Effect, Shown};

pub(super) const CREATE: Effect = Effect {
    shown_by: &[Shown::walk("international.order.list", ANYWHERE, "")],
    ..Effect::unknown(Action::Create, "neither the fields of an order are known, nor whether a reference comes back")
};
