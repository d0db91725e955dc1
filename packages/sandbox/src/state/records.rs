//! Objects by their ids, and which of them the state file does not have as they now are.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Objects of one kind, in the order of their ids.
#[derive(Debug)]
pub(crate) struct Records<T> {
    all: BTreeMap<String, T>,
    /// Ids of objects that were added, changed or removed since they were saved; absent where nothing is saved.
    unsaved: Option<BTreeSet<String>>,
}

/// A row of the state file: what an id of a table stands for, as JSON; absent where it was removed.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) table: &'static str,
    pub(crate) id: String,
    pub(crate) json: Option<Vec<u8>>,
}

/// What the state file needs to know of objects, whatever their kind.
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
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self { all: BTreeMap::new(), unsaved: None }
    }
}

impl<T> Records<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.all.get(id)
    }

    /// An object that is going to be changed.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let record = self.all.get_mut(id)?;
        note(&mut self.unsaved, id);
        Some(record)
    }

    /// An object that is going to be changed, if it fits.
    pub(crate) fn get_mut_if(&mut self, id: &str, fits: impl FnOnce(&T) -> bool) -> Option<&mut T> {
        if !self.all.get(id).is_some_and(fits) {
            return None;
        }
        self.get_mut(id)
    }

    /// The first object that fits, which is going to be changed.
    pub(crate) fn find_mut(&mut self, fits: impl Fn(&T) -> bool) -> Option<&mut T> {
        let (id, record) = self.all.iter_mut().find(|(_, record)| fits(record))?;
        note(&mut self.unsaved, id);
        Some(record)
    }

    /// An object that is going to be changed; a new one where there is none.
    pub(crate) fn get_or_default(&mut self, id: &str) -> &mut T
    where
        T: Default,
    {
        note(&mut self.unsaved, id);
        self.all.entry(id.to_string()).or_default()
    }

    pub(crate) fn insert(&mut self, id: String, record: T) {
        note(&mut self.unsaved, &id);
        self.all.insert(id, record);
    }

    pub(crate) fn remove(&mut self, id: &str) {
        if self.all.remove(id).is_some() {
            note(&mut self.unsaved, id);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.all.values()
    }
}

impl<T: Serialize + DeserializeOwned> Table for Records<T> {
    fn track(&mut self) {
        self.unsaved = Some(BTreeSet::new());
    }

    fn load(&mut self, id: &str, json: &[u8]) -> serde_json::Result<()> {
        self.all.insert(id.to_string(), serde_json::from_slice(json)?);
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
        note(&mut self.unsaved, id);
    }
}

fn note(unsaved: &mut Option<BTreeSet<String>>, id: &str) {
    if let Some(unsaved) = unsaved {
        unsaved.insert(id.to_string());
    }
}
