//! One look for a write: the calls that it takes, and what they show.

use super::lines::Lines;
use super::look::{State, has_contents, has_key, objects, state, texts};
use super::request::Written;
use crate::call::core::Core;
use crate::call::paging::Pager;
use crate::catalogue;
use crate::effect::{Ask, FoundBy, Shown, Test};
use crate::endpoint::Endpoint;
use crate::json::{elements, three, write_key, write_text};
use crate::values::Time;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// One look, from its first call to its last.
#[derive(Debug)]
pub(super) struct Round {
    found_by: FoundBy,
    shown_by: &'static [Shown],
    /// Whether it begins after the window.
    pub(super) is_last: bool,
    /// What was seen of each object that is looked for.
    pub(super) seen: Vec<Seen>,
    /// What became of each row.
    pub(super) rows: Vec<Row>,
    row: usize,
    target: usize,
    walk: Option<Walk>,
}

/// What was seen of one object.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// In what state it was found; absent if it was not.
    pub(super) state: Option<State>,
    /// The objects in this state, each with its id where the write made it: two rows may show the same.
    pub(super) found: Vec<(String, String)>,
}

/// What became of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    is_asked: bool,
    /// All that it shows has been looked at.
    pub(super) is_complete: bool,
    /// An object there has the field that holds the reference.
    pub(super) has_references: bool,
    /// Why it has no answer.
    pub(super) failure: Option<String>,
    /// The objects that were looked for.
    pub(super) kept: Vec<String>,
}

/// What is known of the time before the write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'a> {
    /// When it was first sent.
    pub(super) first_ms: u64,
    /// What was seen before, as [`Round::kept`] gives it; empty if nobody looked.
    pub(super) seen: &'a str,
}

/// A call to make.
pub(super) struct Asked {
    pub(super) endpoint: &'static Endpoint,
    pub(super) params: String,
}

/// The way through the pages of a row.
#[derive(Debug)]
struct Walk {
    /// Absent for a row that has no pages.
    pager: Option<Pager>,
    asked: bool,
    order: Order,
    /// What follows is older than the sending.
    is_far_enough: bool,
}

/// In what order objects were made, as far as they have been seen.
#[derive(Clone, Copy, Debug, Default)]
struct Order {
    last_ms: Option<i64>,
    /// How many were older than the one before them.
    falls: u32,
    /// One was younger than the one before it, or tells no time.
    is_broken: bool,
}

/// Objects asked for per page.
const PAGE: &str = "50";
/// How much earlier than the sending an order may seem to have been made, by clocks that differ.
const CLOCKS_MS: i64 = 300_000;
/// So many objects, each older than the one before, stand in that order by no accident.
const FALLS: u32 = 10;

impl Round {
    /// `done` tells of each object that is looked for whether it is done: such are not looked for again.
    pub(super) fn new(
        found_by: FoundBy,
        shown_by: &'static [Shown],
        done: impl Iterator<Item = bool>,
        is_last: bool,
    ) -> Self {
        let seen = |is_done: bool| Seen { state: is_done.then_some(State::Done), ..Seen::default() };
        Self {
            found_by,
            shown_by,
            is_last,
            seen: done.map(seen).collect(),
            rows: shown_by.iter().map(|_| Row::default()).collect(),
            row: 0,
            target: 0,
            walk: None,
        }
    }

    /// The next call; none at the end of the look.
    pub(super) fn next(&mut self, written: &Written<'_>, values: &[&str]) -> Option<Asked> {
        while let Some(shown) = self.shown_by.get(self.row) {
            let endpoint = catalogue::find(shown.row)?;
            let asked =
                if shown.ask.is_empty() { self.walk(endpoint, written) } else { self.ask(shown, written, values) };
            match asked {
                Some(params) => {
                    self.rows[self.row].is_asked = true;
                    return Some(Asked { endpoint, params });
                }
                None => (self.row, self.target, self.walk) = (self.row + 1, 0, None),
            }
        }
        None
    }

    /// Takes the reply to the call.
    pub(super) fn take(&mut self, data: &str, about: &str, written: &Written<'_>, values: &[&str], before: Before<'_>) {
        let Some(shown) = self.shown_by.get(self.row) else { return };
        // What could not be read is not taken for what is not there.
        let is_whole = !three(about, ["warnings", "", ""])[0].starts_with("[{");
        let is_creation = self.is_creation();
        let oldest_ms = i64::try_from(before.first_ms).unwrap_or(i64::MAX).saturating_sub(CLOCKS_MS);
        let found = objects(data, shown);
        let wanted = if shown.ask.is_empty() { 0..values.len() } else { self.target..self.target + 1 };
        for at in wanted {
            let Some((seen, value)) = self.seen.get_mut(at).zip(values.get(at)) else { continue };
            for object in &found {
                let is_it = match self.found_by {
                    FoundBy::Contents => has_contents(object, shown, written),
                    _ => has_key(object, shown, value),
                };
                if is_it {
                    let known = earlier(object, shown, written, before.seen);
                    let mut found = state(object, shown, written, known.as_deref());
                    // What was made before the sending is another, under the same reference.
                    let is_older = is_creation && made_ms(object, shown).is_some_and(|made| made < oldest_ms);
                    if is_older || found == State::Old && !is_whole {
                        found = State::Unclear;
                    }
                    let made = shown.done.iter().filter(|sign| sign.test == Test::Present);
                    let id: String = made.flat_map(|sign| texts(object, sign.field)).collect();
                    seen.take(object, found, id);
                    self.rows[self.row].kept.push(object.to_string());
                }
            }
        }
        let row = &mut self.rows[self.row];
        row.has_references |= found.iter().any(|object| !texts(object, shown.key).is_empty());
        if !is_whole {
            row.failure = Some(format!("`{}` answered with values that cannot be read", shown.row));
        }
        match &mut self.walk {
            None => self.target += 1,
            Some(walk) => {
                if let Err(words) = walk.take(data, about, &found, shown, is_creation.then_some(oldest_ms)) {
                    self.fail(&words);
                } else if walk.is_over() {
                    row.is_complete = row.failure.is_none();
                }
            }
        }
    }

    /// Goes on without an answer to the call.
    pub(super) fn fail(&mut self, words: &str) {
        let Some(row) = self.rows.get_mut(self.row) else { return };
        row.failure = Some(words.to_string());
        if self.walk.take().is_some() {
            self.row += 1;
        } else {
            self.target += 1;
        }
    }

    /// What was seen of the rows that answered, as [`Ticket`](super::Ticket) keeps it.
    pub(super) fn kept(&self) -> String {
        let mut out = String::from("{");
        for (row, shown) in self.rows.iter().zip(self.shown_by) {
            // The walk for one object ends where that is found.
            let is_known = row.is_complete || self.seen.len() == 1;
            if row.is_asked && row.failure.is_none() && is_known {
                write_key(shown.row, out.len() == 1, &mut out);
                out.extend(["[", &row.kept.join(","), "]"]);
            }
        }
        out.push('}');
        out
    }

    /// The first row whose path may be wrong.
    pub(super) fn guess(&self, core: &Core) -> Option<&'static str> {
        let is_guess = |shown: &&Shown| {
            let is_set = core.config().paths.contains_key(shown.row);
            !is_set && catalogue::find(shown.row).is_none_or(|row| !row.evidence.path.is_seen())
        };
        self.shown_by.iter().find(is_guess).map(|shown| shown.row)
    }

    /// Whether the rows that follow can show no more of what was made.
    fn is_enough(&self, written: &Written<'_>) -> bool {
        let is_whole = |seen: &Seen| {
            let orders: Vec<String> = seen.found.iter().map(|(order, _)| order.clone()).collect();
            let lines = Lines::of(self.shown_by, &orders, written);
            lines.is_known && lines.missing.is_empty() && lines.is_clear
        };
        self.is_creation() && self.seen.iter().all(|seen| seen.state == Some(State::Done) && is_whole(seen))
    }

    fn is_creation(&self) -> bool {
        matches!(self.found_by, FoundBy::Reference { .. })
    }

    /// The parameters that ask for the next object that has not been seen.
    fn ask(&mut self, shown: &Shown, written: &Written<'_>, values: &[&str]) -> Option<String> {
        let Some(open) = self.seen.iter().skip(self.target).position(|seen| seen.state.is_none()) else {
            let row = &mut self.rows[self.row];
            row.is_complete = row.failure.is_none();
            return None;
        };
        self.target += open;
        let mut params = String::from("{");
        for (name, from) in shown.ask {
            let mut value = String::new();
            match from {
                Ask::Id => write_text(values.get(self.target)?, &mut value),
                Ask::Text(text) => write_text(text, &mut value),
                Ask::Field(field) => value.push_str(written.field(field)?),
            }
            write_key(name, params.len() == 1, &mut params);
            params.push_str(&value);
        }
        params.push('}');
        Some(params)
    }

    /// The parameters of the next page; none if all objects have been seen, or all pages.
    fn walk(&mut self, endpoint: &'static Endpoint, written: &Written<'_>) -> Option<String> {
        // One call may make several orders, so a creation is looked for to the row's end.
        if !self.is_creation() && self.seen.iter().all(|seen| seen.state.is_some()) {
            return None;
        }
        if self.walk.is_none() {
            if self.is_enough(written) {
                return None;
            }
            let size = endpoint.paging.map(|paging| format!("{{\"{}\":{PAGE}}}", paging.size));
            let pager = size.and_then(|params| Pager::new(endpoint, params.as_bytes()).ok());
            self.walk = Some(Walk { pager, asked: false, order: Order::default(), is_far_enough: false });
        }
        let walk = self.walk.as_mut()?;
        if walk.is_over() {
            return None;
        }
        walk.asked = true;
        Some(walk.pager.as_ref().map_or_else(|| "{}".to_string(), |pager| pager.params().unwrap_or_default()))
    }
}

impl Seen {
    /// Takes an object that is the one looked for, in the state in which it is found.
    fn take(&mut self, object: &str, found: State, id: String) {
        if self.state.is_none_or(|state| found > state) {
            self.found.clear();
            self.state = Some(found);
        }
        let is_known = !id.is_empty() && self.found.iter().any(|(_, known)| *known == id);
        if self.state == Some(found) && !is_known {
            self.found.push((object.to_string(), id));
        }
    }
}

impl Walk {
    /// Takes a page, or all that the row shows. Pages are walked back to `until`; what is looked for by its id may be as
    /// old as it likes.
    fn take(
        &mut self,
        data: &str,
        about: &str,
        found: &[&str],
        shown: &Shown,
        until: Option<i64>,
    ) -> Result<(), String> {
        if let Some(pager) = &mut self.pager {
            pager.advance(data, about).map_err(|error| error.to_string())?;
        }
        for object in found {
            self.order.take(made_ms(object, shown));
        }
        let is_older = |last: i64| until.is_some_and(|until| last < until);
        self.is_far_enough = self.order.is_falling() && self.order.last_ms.is_some_and(is_older);
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.is_far_enough || self.pager.as_ref().map_or(self.asked, |pager| pager.params().is_none())
    }
}

impl Order {
    fn take(&mut self, made_ms: Option<i64>) {
        let Some(made_ms) = made_ms else {
            self.is_broken = true;
            return;
        };
        if let Some(last) = self.last_ms.replace(made_ms) {
            self.falls += u32::from(made_ms < last);
            self.is_broken |= made_ms > last;
        }
    }

    /// Whether the youngest come first: only then is nothing young behind what is old.
    fn is_falling(self) -> bool {
        self.falls >= FALLS && !self.is_broken
    }
}

/// The same object before the write, as often as it was there; absent if nobody looked, or if it did not show
/// then though it must have been there: platforms show late.
fn earlier<'a>(object: &str, shown: &Shown, written: &Written<'_>, seen: &'a str) -> Option<Vec<&'a str>> {
    let [row, ..] = three(seen, [shown.row, "", ""]);
    let known = elements(row)?;
    let keys = texts(object, shown.key);
    let is_it = |known: &&str| match shown.key {
        "" => shown.equal.is_empty() || has_contents(known, shown, written),
        key => texts(known, key) == keys,
    };
    let known: Vec<&str> = known.into_iter().filter(is_it).collect();
    (!shown.lasting || !known.is_empty()).then_some(known)
}

/// When an object was made, in milliseconds since 1970.
fn made_ms(object: &str, shown: &Shown) -> Option<i64> {
    let created = texts(object, shown.created);
    created.first().and_then(|text| text.parse::<Time>().ok()).map(|time| time.as_millis())
}
