//! How the effect of saving an address shows.

use crate::effect::{Action, Effect, FoundBy, Shown, Sign, Worth};

pub(super) const SAVE: Effect = Effect {
    action: Action::Create,
    found_by: FoundBy::Contents,
    in_background: None,
    shown_by: &[Shown::walk("address.list", &["[]"], "")
        .equal(&[
            ("name", "name"),
            ("phone", "phone"),
            ("province", "province"),
            ("city", "city"),
            ("district", "district"),
            ("address", "address"),
        ])
        .done(&[Sign::present("id")])],
    absent: Worth::Nothing,
    unchanged: Worth::Nothing,
    why: "the list of addresses is not published",
    better: None,
};
