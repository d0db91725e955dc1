//! What the looks are worth together.

use super::look::State;
use super::round::{Round, Seen};
use super::{Outcome, Recovery, Target};
use crate::effect::{Effect, FoundBy, Worth};
use crate::json::{elements, three};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What became of one object.
enum End {
    Done,
    NotDone,
    Unknown(String),
}

/// Why it is no use to look at all.
pub(super) fn nothing_to_look_for(effect: &Effect, targets: &[Target]) -> Option<String> {
    let is_comparable = |effect: &Effect| effect.shown_by.iter().any(|shown| !shown.equal.is_empty());
    match effect.found_by {
        FoundBy::Nothing => Some(effect.why.to_string()),
        FoundBy::Contents if !is_comparable(effect) => Some(effect.why.to_string()),
        FoundBy::Reference { field, .. } if targets.is_empty() => {
            Some(format!("the call carried no `{field}`, so what it made cannot be told from what others made"))
        }
        FoundBy::Id([field, ..]) if targets.is_empty() => Some(format!("the call carried no `{field}`")),
        _ => None,
    }
}

impl Recovery {
    /// What is known after the last look.
    pub(super) fn judge(&self, round: &Round) -> Outcome {
        let looked = || self.targets.iter().zip(&round.seen);
        let ends: Vec<End> = looked().map(|(target, seen)| self.end(target, seen, round)).collect();
        let is_done = |end: &&End| matches!(end, End::Done);
        let found = looked().zip(&ends).filter(|(_, end)| is_done(end)).flat_map(|((_, seen), _)| seen.found.clone());
        let found: Vec<String> = found.collect();
        let reason = ends.iter().find_map(|end| match end {
            End::Unknown(reason) => Some(reason.clone()),
            End::Done | End::NotDone => None,
        });
        let lines = round.missing_lines(&self.written());
        match (ends.iter().filter(is_done).count(), reason) {
            (0, None) => Outcome::NotDone,
            (0, Some(reason)) => Outcome::Unknown { reason },
            (done, _) if done == ends.len() && lines.is_empty() => Outcome::Done { found },
            (done, _) if done == ends.len() => {
                Outcome::Partly { found, missing: lines, reason: "no order shows these lines".to_string() }
            }
            (_, reason) => {
                let open = self.targets.iter().zip(&ends).filter(|(_, end)| !is_done(end));
                Outcome::Partly {
                    found,
                    missing: open.map(|(target, _)| target.value.clone()).collect(),
                    reason: reason.unwrap_or_else(|| "the others were not carried out".to_string()),
                }
            }
        }
    }

    fn end(&self, target: &Target, seen: &Seen, round: &Round) -> End {
        let effect = self.effect;
        let unknown = |parts: &[&str]| End::Unknown(parts.concat());
        match seen.state {
            Some(State::Done) => End::Done,
            Some(State::Pending) => unknown(&["it is still under way"]),
            Some(State::Never) => {
                unknown(&["it can no longer be carried out, and nothing shows whether it was before that"])
            }
            Some(State::Old) if effect.unchanged == Worth::NotDone && target.old == target.looks => End::NotDone,
            Some(State::Old) => unknown(&["it shows in its old state, which proves nothing: ", effect.why]),
            Some(State::Unclear) => unknown(&[self.unclear(round)]),
            None => self.absent(target, round),
        }
    }

    /// Why what was found tells nothing.
    fn unclear(&self, round: &Round) -> &'static str {
        let was_seen = |row: &str| three(&self.ticket.before, [row, "", ""])[0] != "null";
        if self.ticket.before.is_empty() && self.effect.is_compared() {
            "nobody looked before the call, so what is there may have been there before"
        } else if self.effect.is_compared() && !self.effect.shown_by.iter().any(|shown| was_seen(shown.row)) {
            "the look before the call failed, so what is there may have been there before"
        } else if round.rows.iter().any(|row| row.failure.is_some()) {
            "what shows it answered with values that cannot be read"
        } else if matches!(self.effect.found_by, FoundBy::Reference { .. }) {
            "what is there under this reference was made before the call"
        } else {
            "what shows it does not tell its state"
        }
    }

    /// What it is worth that an object does not show.
    fn absent(&self, target: &Target, round: &Round) -> End {
        let effect = self.effect;
        let unknown = |parts: &[&str]| End::Unknown(parts.concat());
        if let Some(failure) = round.rows.iter().find_map(|row| row.failure.as_deref()) {
            return unknown(&["it does not show, but a look failed: ", failure]);
        }
        let was_there = || {
            let shown = |row: &str, key: &str| {
                let known = elements(three(&self.ticket.before, [row, "", ""])[0]).unwrap_or_default();
                known.iter().any(|object| super::look::texts(object, key).contains(&target.value))
            };
            effect.shown_by.iter().any(|row| shown(row.row, row.key))
        };
        let is_creation = matches!(effect.found_by, FoundBy::Reference { .. });
        let is_wanted = effect.absent == Worth::Done;
        if let Some(row) = round.guess(&self.core).filter(|_| is_creation || is_wanted) {
            return unknown(&[
                "it does not show, but the path of `",
                row,
                "` may be wrong; set it in `paths` if it is right",
            ]);
        }
        match target.absent == target.looks {
            true if is_wanted && was_there() => End::Done,
            true if is_wanted => unknown(&["it does not show, but nobody saw it there before the call"]),
            true if is_creation && round.rows.iter().all(|row| row.has_references) => End::NotDone,
            true if is_creation => {
                unknown(&["it does not show, but nothing else there has such a reference: it may not come back"])
            }
            _ => unknown(&["it does not show, which proves nothing: ", effect.why]),
        }
    }
}
