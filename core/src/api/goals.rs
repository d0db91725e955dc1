//! Every state that can be waited for, by group.

use super::{alibaba, big_major, poizon, taobao};
use crate::goal::Goal;

/// The states, in the order of the reference. Bookings of freight have none: no call shows them.
pub static GOALS: &[&[Goal]] = &[
    taobao::goals::ORDER,
    taobao::goals::AFTER_SALE,
    alibaba::goals::ORDER,
    alibaba::goals::AFTER_SALE,
    big_major::goals::ORDER,
    poizon::goals::ORDER,
];

/// The states of a group.
pub fn of(group: &str) -> Option<&'static [Goal]> {
    GOALS.iter().copied().find(|goals| goals.first().is_some_and(|goal| goal.of == group))
}
