//! Objects by their ids: what they are, what reads show of them, and which the state file does not have as they now are.

use crate::call::Caller;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Objects of one kind, in the order of their ids.
#[derive(Debug)]
pub(crate) struct Records<T> {
    all: BTreeMap<String, T>,
    /// The ids of those that have an owner. Ids of removed ones stay as long as reads show them.
    by_owner: HashMap<Caller, BTreeSet<String>>,
    /// Ids of objects that were added, changed or removed since they were saved; absent where nothing is saved.
    unsaved: Option<BTreeSet<String>>,
    view: View,
    /// What reads show in the place of objects that have changed, the oldest first.
    former: BTreeMap<String, Vec<Former<T>>>,
    ends: BTreeSet<(i64, String)>,
    changes: u64,
}

/// What is seen of objects, and what becomes of their changes. Changes are always made to what there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// What there is.
    #[default]
    All,
    /// What there is; changes do not show in reads before this moment.
    Hiding { until: i64 },
    /// What shows in reads at this moment.
    Shown { at: i64 },
}

/// What reads show until a moment: an object as it was, or none.
#[derive(Debug)]
struct Former<T> {
    until: i64,
    record: Option<T>,
}

/// What can be kept.
pub(crate) trait Record: Clone {
    /// Whose it is, where it is looked for by that.
    fn owner(&self) -> Option<&Caller> {
        None
    }
}

/// A row of the state file: what an id of a table stands for, as JSON; absent where it was removed.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) table: &'static str,
    pub(crate) id: String,
    pub(crate) json: Option<Vec<u8>>,
}

/// What the state needs to know of objects, whatever their kind.
pub(crate) trait Table {
    /// From now on, changes are noted.
    fn track(&mut self);
    /// Reads an object from the state file.
    fn load(&mut self, id: &str, json: &[u8]) -> serde_json::Result<()>;
    fn has_unsaved(&self) -> bool;
    /// Takes what is unsaved, and counts it as saved.
    fn take_unsaved(&mut self, table: &'static str, changes: &mut Vec<Change>) -> serde_json::Result<()>;
    /// Counts an object as unsaved again.
    fn mark(&mut self, id: &str);
    /// From now on, this is seen.
    fn look(&mut self, view: View);
    /// How many changes there have been.
    fn changes(&self) -> u64;
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            by_owner: HashMap::new(),
            unsaved: None,
            view: View::All,
            former: BTreeMap::new(),
            ends: BTreeSet::new(),
            changes: 0,
        }
    }
}

impl<T: Record> Records<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        if let View::Shown { at } = self.view
            && let Some(former) = self.former.get(id).and_then(|all| all.iter().find(|former| former.until > at))
        {
            return former.record.as_ref();
        }
        self.all.get(id)
    }

    /// The owner's objects.
    pub(crate) fn of(&self, owner: &Caller) -> impl Iterator<Item = &T> {
        self.by_owner.get(owner).into_iter().flatten().filter_map(|id| self.get(id))
    }

    /// Objects that there are, and that reads do not show yet.
    pub(crate) fn unseen(&self) -> impl Iterator<Item = &T> {
        let unseen = self.former.keys().filter(|id| self.get(id).is_none());
        unseen.filter_map(|id| self.all.get(id))
    }

    /// An object that is going to be changed.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        if self.all.contains_key(id) {
            self.note(id);
        }
        self.all.get_mut(id)
    }

    /// An object that is going to be changed, if it fits.
    pub(crate) fn get_mut_if(&mut self, id: &str, fits: impl FnOnce(&T) -> bool) -> Option<&mut T> {
        if !self.all.get(id).is_some_and(fits) {
            return None;
        }
        self.get_mut(id)
    }

    /// The first of the owner's objects that fits, which is going to be changed.
    pub(crate) fn find_mut(&mut self, owner: &Caller, fits: impl Fn(&T) -> bool) -> Option<&mut T> {
        let ids = self.by_owner.get(owner)?;
        let id = ids.iter().find(|id| self.all.get(*id).is_some_and(&fits))?.clone();
        self.get_mut(&id)
    }

    /// An object that is going to be changed; a new one where there is none.
    pub(crate) fn get_or_default(&mut self, id: &str) -> &mut T
    where
        T: Default,
    {
        self.note(id);
        self.all.entry(id.to_string()).or_default()
    }

    pub(crate) fn insert(&mut self, id: String, record: T) {
        self.note(&id);
        self.index(&id, &record);
        self.all.insert(id, record);
    }

    pub(crate) fn remove(&mut self, id: &str) {
        if !self.all.contains_key(id) {
            return;
        }
        self.note(id);
        let is_shown = self.former.get(id).is_some_and(|formers| formers.iter().any(|former| former.record.is_some()));
        if let Some(record) = self.all.remove(id)
            && !is_shown
        {
            self.forget(id, &record);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// All that there are, whatever reads show.
    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.all.values()
    }

    /// All that there are, with their ids.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&String, &T)> {
        self.all.iter()
    }

    /// Notes that an object is going to be added, changed or removed.
    fn note(&mut self, id: &str) {
        self.changes += 1;
        if let Some(unsaved) = &mut self.unsaved {
            unsaved.insert(id.to_string());
        }
        let View::Hiding { until } = self.view else { return };
        let formers = self.former.entry(id.to_string()).or_default();
        // Of several changes in one call, the first one knows what was before.
        if formers.last().is_none_or(|last| last.until != until) {
            formers.push(Former { until, record: self.all.get(id).cloned() });
            self.ends.insert((until, id.to_string()));
        }
    }

    /// Forgets what nothing shows any more.
    fn drop_formers(&mut self, now: i64) {
        while let Some((_, id)) = self.ends.first().filter(|(until, _)| *until <= now).cloned() {
            self.ends.pop_first();
            let formers = self.former.remove(&id).unwrap_or_default();
            let (over, left): (Vec<_>, Vec<_>) = formers.into_iter().partition(|former| former.until <= now);
            if !left.is_empty() {
                self.former.insert(id, left);
            } else if !self.all.contains_key(&id)
                && let Some(record) = over.into_iter().find_map(|former| former.record)
            {
                self.forget(&id, &record);
            }
        }
    }

    fn index(&mut self, id: &str, record: &T) {
        if let Some(owner) = record.owner() {
            self.by_owner.entry(owner.clone()).or_default().insert(id.to_string());
        }
    }

    fn forget(&mut self, id: &str, record: &T) {
        if let Some(ids) = record.owner().and_then(|owner| self.by_owner.get_mut(owner)) {
            ids.remove(id);
        }
    }
}

impl<T: Record + Serialize + DeserializeOwned> Table for Records<T> {
    fn track(&mut self) {
        self.unsaved = Some(BTreeSet::new());
    }

    fn load(&mut self, id: &str, json: &[u8]) -> serde_json::Result<()> {
        let record = serde_json::from_slice(json)?;
        self.index(id, &record);
        self.all.insert(id.to_string(), record);
        Ok(())
    }

    fn has_unsaved(&self) -> bool {
        self.unsaved.as_ref().is_some_and(|ids| !ids.is_empty())
    }

    fn take_unsaved(&mut self, table: &'static str, changes: &mut Vec<Change>) -> serde_json::Result<()> {
        let Some(unsaved) = &mut self.unsaved else { return Ok(()) };
        for id in unsaved.iter() {
            let json = self.all.get(id).map(serde_json::to_vec).transpose()?;
            changes.push(Change { table, id: id.clone(), json });
        }
        unsaved.clear();
        Ok(())
    }

    fn mark(&mut self, id: &str) {
        if let Some(unsaved) = &mut self.unsaved {
            unsaved.insert(id.to_string());
        }
    }

    fn look(&mut self, view: View) {
        if let View::Shown { at } = view {
            self.drop_formers(at);
        }
        self.view = view;
    }

    fn changes(&self) -> u64 {
        self.changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Record for i64 {}

    fn shown(records: &mut Records<i64>, at: i64) -> Option<i64> {
        records.look(View::Shown { at });
        let shown = records.get("one").copied();
        records.look(View::All);
        shown
    }

    fn hidden(records: &mut Records<i64>, until: i64, change: impl FnOnce(&mut Records<i64>)) {
        records.look(View::Hiding { until });
        change(records);
        records.look(View::All);
    }

    #[test]
    fn changes_show_one_after_another_each_at_its_time() {
        let mut records = Records::default();
        hidden(&mut records, 100, |records| records.insert("one".into(), 1));
        hidden(&mut records, 300, |records| *records.get_mut("one").unwrap() = 2);
        hidden(&mut records, 200, |records| records.remove("one"));
        assert_eq!(records.get("one"), None, "what there is");
        let seen = [99, 100, 200, 299, 300].map(|at| shown(&mut records, at));
        // The removal shows with what came before it.
        assert_eq!(seen, [None, Some(1), Some(1), Some(1), None]);
        assert!(records.former.is_empty() && records.ends.is_empty());
    }

    #[test]
    fn a_change_within_one_call_hides_all_of_it() {
        let mut records = Records::default();
        records.insert("one".into(), 1);
        hidden(&mut records, 100, |records| {
            *records.get_mut("one").unwrap() = 2;
            *records.get_mut("one").unwrap() = 3;
        });
        assert_eq!([99, 100].map(|at| shown(&mut records, at)), [Some(1), Some(3)]);
    }
}
