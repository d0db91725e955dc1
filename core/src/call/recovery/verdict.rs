//! What the looks are worth together.

use super::lines::Lines;
use super::look::{State, texts};
use super::round::{Round, Seen};
use super::{Outcome, Recovery, Target};
use crate::effect::{Effect, FoundBy, Shown, Worth};
use crate::json::{elements, three};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What became of one object.
enum End {
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

/// Why it is no use to look where only a comparison shows the write.
pub(super) fn nobody_looked_before(effect: &Effect, before: &str) -> Option<&'static str> {
    let is_known = |shown: &Shown| elements(three(before, [shown.row, "", ""])[0]).is_some();
    if !effect.is_compared() || effect.shown_by.iter().any(is_known) {
        return None;
    }
    Some(match before {
        "" => "nobody looked before the call, so what is there may have been there before",
        _ => "the look before the call failed, so what is there may have been there before",
    })
}

impl Recovery {
    /// What is known after the last look.
    pub(super) fn judge(&self, round: &Round) -> Outcome {
        let found: Vec<String> = self.targets.iter().flat_map(|target| target.found.clone()).collect();
        let looked = self.targets.iter().zip(&round.seen);
        let open: Vec<(&Target, &Seen)> = looked.filter(|(target, _)| !target.is_done).collect();
        if open.is_empty() {
            return Outcome::Done { found };
        }
        if self.is_creation() && !found.is_empty() {
            return self.in_part(found, round);
        }
        let ends = open.iter().map(|(target, seen)| self.end(target, seen, round));
        let reason = ends.fold(None, |reason, end| match end {
            End::Unknown(words) => reason.or(Some(words)),
            End::NotDone => reason,
        });
        match reason {
            _ if open.len() < self.targets.len() => Outcome::Partly {
                found,
                missing: open.iter().map(|(target, _)| target.value.clone()).collect(),
                reason: reason.unwrap_or_else(|| "the others were not carried out".to_string()),
            },
            Some(reason) => Outcome::Unknown { reason },
            None => Outcome::NotDone,
        }
    }

    /// Of orders that do not hold all lines, or do not tell.
    fn in_part(&self, found: Vec<String>, round: &Round) -> Outcome {
        let Lines { missing, .. } = Lines::of(self.effect.shown_by, &found, &self.written());
        if missing.is_empty() {
            let reason = "orders with this reference are there, but they do not tell whether they hold all lines";
            return Outcome::Unknown { reason: reason.to_string() };
        }
        let doubt = self.doubt(round).map(|doubt| [", but ", &doubt].concat());
        let reason = ["no order shows these lines", &doubt.unwrap_or_default()].concat();
        Outcome::Partly { found, missing, reason }
    }

    fn end(&self, target: &Target, seen: &Seen, round: &Round) -> End {
        let effect = self.effect;
        let unknown = |parts: &[&str]| End::Unknown(parts.concat());
        match seen.state {
            // Done, it would have ended before.
            Some(State::Done | State::Pending) => unknown(&["it is still under way"]),
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
        if round.rows.iter().any(|row| row.failure.is_some()) {
            "what shows it answered with values that cannot be read"
        } else if self.is_creation() {
            "what is there under this reference was made before the call"
        } else {
            "what shows it does not tell its state"
        }
    }

    /// What it is worth that an object does not show.
    fn absent(&self, target: &Target, round: &Round) -> End {
        let effect = self.effect;
        let unknown = |parts: &[&str]| End::Unknown(parts.concat());
        if let Some(doubt) = self.doubt(round) {
            return unknown(&["it does not show, but ", &doubt]);
        }
        if effect.absent == Worth::Done {
            return unknown(&["it does not show, but nobody saw it there before the call"]);
        }
        if self.is_creation() && target.absent == target.looks {
            return End::NotDone;
        }
        unknown(&["it does not show, which proves nothing: ", effect.why])
    }

    /// Why something may be there that the last look did not see.
    fn doubt(&self, round: &Round) -> Option<String> {
        if let Some(failure) = round.rows.iter().find_map(|row| row.failure.as_deref()) {
            return Some(["a look failed: ", failure].concat());
        }
        let is_creation = self.is_creation();
        if !is_creation && self.effect.absent != Worth::Done {
            return None;
        }
        if let Some(row) = round.guess(&self.core) {
            return Some(["the path of `", row, "` may be wrong; set it in `paths` if it is right"].concat());
        }
        let is_shown = round.rows.iter().all(|row| row.has_references);
        let words = "nothing else there has such a reference: it may not come back";
        (is_creation && !is_shown).then(|| words.to_string())
    }

    /// Whether what was to be deleted was there before, and shows no more.
    pub(super) fn is_gone(&self, target: usize, round: &Round) -> bool {
        let (effect, value) = (self.effect, &self.targets[target].value);
        let was_there = || {
            effect.shown_by.iter().any(|shown| {
                let known = elements(three(&self.ticket.before, [shown.row, "", ""])[0]).unwrap_or_default();
                known.iter().any(|object| texts(object, shown.key).contains(value))
            })
        };
        effect.absent == Worth::Done && round.guess(&self.core).is_none() && was_there()
    }
}
