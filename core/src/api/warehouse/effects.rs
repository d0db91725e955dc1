//! How the effects of the warehouse's writes show.

use crate::effect::{Action, Effect};

pub(super) const BOOK: Effect = Effect::unknown(Action::Create, "no call shows what was booked");
pub(super) const UPDATE: Effect = Effect::unknown(Action::Change, "no call shows bookings or their parcels");
