//! What a write leaves behind, and which calls show it: how to find out whether it was carried out when its answer is
//! lost. Facts only; [`Recovery`](crate::Recovery) judges by them.

/// What a call that writes leaves behind.
#[derive(Debug)]
pub struct Effect {
    /// What it does.
    pub action: Action,
    /// By what the object is known again.
    pub found_by: FoundBy,
    /// Whether it goes on after the answer; absent where that is not known.
    pub in_background: Option<bool>,
    /// The calls that show it, best first.
    pub shown_by: &'static [Shown],
    /// What it is worth that none of them shows the object.
    pub absent: Worth,
    /// What it is worth that the object is found in its old state.
    pub unchanged: Worth,
    /// Why absence proves nothing, or why no call shows it.
    pub why: &'static str,
    /// How it is known again if the call carries another reference, which is better.
    pub better: Option<&'static Effect>,
}

/// What a call that writes does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Makes something new.
    Create,
    /// Changes something.
    Change,
    /// Pays.
    Pay,
    /// Cancels.
    Cancel,
    /// Sends a message.
    Message,
    /// Uploads a file.
    Upload,
}

/// By what the object of a write is known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// The request names it by an id, in one of these fields.
    Id(&'static [&'static str]),
    /// The caller's own reference, in this field of the request, is given back by a call that reads.
    Reference {
        /// The field of the request.
        field: &'static str,
        /// Whether a person reads it: the field is no place for ids made by programs unless the user agrees.
        read_by_seller: bool,
    },
    /// Only by what it holds.
    Contents,
    /// No call shows it.
    Nothing,
}

/// What something that was seen is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// The write was carried out.
    Done,
    /// The write was not carried out.
    NotDone,
    /// It proves nothing.
    Nothing,
}

/// A call that shows the effect of a write.
///
/// A path such as `data[].subOrders[]` leads through objects and lists; fields of the object are named from where the
/// path ends. Names are ours, as in canonical JSON.
#[derive(Debug)]
pub struct Shown {
    /// The endpoint's id.
    pub row: &'static str,
    /// The fields with which it is asked for one object; none where all pages are walked.
    pub ask: &'static [(&'static str, Ask)],
    /// Where objects stand in the reply's data: at one of these paths, or [`ANYWHERE`].
    pub at: &'static [&'static str],
    /// The object's field that holds the id or the reference; empty where the answer is the object asked for, and for
    /// [`FoundBy::Contents`].
    pub key: &'static str,
    /// Fields of the object and of the write that must be equal.
    pub equal: &'static [(&'static str, &'static str)],
    /// It was carried out if one of these holds.
    pub done: &'static [Sign],
    /// It is under way if one of these holds.
    pub pending: &'static [Sign],
    /// It can no longer be carried out if one of these holds.
    pub never: &'static [Sign],
    /// It is as before the write only if one of these holds; if none is listed, it is where nothing else holds.
    pub old: &'static [Sign],
    /// The object's time of creation, where there is one.
    pub created: &'static str,
    /// Whether its objects are there before the write: one that did not show then cannot be compared.
    pub lasting: bool,
    /// How the lines of an order are known again: one call may make several orders, and fail in part.
    pub lines: Option<&'static Lines>,
}

/// How the lines of a write are found in the objects that it made.
#[derive(Clone, Copy, Debug)]
pub struct Lines {
    /// The write's field that holds its lines.
    pub written: &'static str,
    /// Where an object's lines stand.
    pub at: &'static str,
    /// Fields of an object's line and of the write's that must be equal, as far as the write has them.
    pub same: &'static [(&'static str, &'static str)],
}

/// In [`Shown::at`]: objects stand wherever they are found. For replies whose form is not known.
pub const ANYWHERE: &[&str] = &["**"];

/// Where the value of a field that asks comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The id of the object.
    Id,
    /// The write's field of this name.
    Field(&'static str),
    /// This text.
    Text(&'static str),
}

/// What an object shows of a write.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// The object's field; for the whole object, empty.
    pub field: &'static str,
    /// What holds of it.
    pub test: Test,
}

/// What holds of a field of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// It is there, and so is each of its values one of these.
    OneOf(&'static [&'static str]),
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is there, and is not what it was before the write.
    Changed,
    /// Each of these fields below it is the write's field of the same place, where the write has that field.
    Same(&'static [(&'static str, &'static str)]),
    /// One of the texts in it is the write's field of this name, and was not there before.
    Says(&'static str),
}

impl Effect {
    /// For a write that no call shows.
    pub const fn unknown(action: Action, why: &'static str) -> Self {
        Self {
            action,
            found_by: FoundBy::Nothing,
            in_background: None,
            shown_by: &[],
            absent: Worth::Nothing,
            unchanged: Worth::Nothing,
            why,
            better: None,
        }
    }
}

impl Effect {
    /// This one, or the better one if the call carries its reference.
    pub(crate) fn of(&'static self, carries: impl FnOnce(&str) -> bool) -> &'static Self {
        match self.better {
            Some(better @ Self { found_by: FoundBy::Reference { field, .. }, .. }) if carries(field) => better,
            _ => self,
        }
    }

    /// Whether it shows only beside what was there before the write.
    pub fn is_compared(&self) -> bool {
        let signs = self.shown_by.iter().flat_map(|shown| shown.done);
        let is_compared = |test: Test| matches!(test, Test::Absent | Test::Changed | Test::Says(_));
        signs.into_iter().any(|sign| is_compared(sign.test))
    }
}

impl Shown {
    /// The pages of a row, whose objects stand at a path.
    pub const fn walk(row: &'static str, at: &'static [&'static str], key: &'static str) -> Self {
        Self {
            row,
            ask: &[],
            at,
            key,
            equal: &[],
            done: &[],
            pending: &[],
            never: &[],
            old: &[],
            created: "",
            lasting: false,
            lines: None,
        }
    }

    /// A row that is asked for one object.
    pub const fn ask(row: &'static str, ask: &'static [(&'static str, Ask)], at: &'static [&'static str]) -> Self {
        Self { ask, ..Self::walk(row, at, "") }
    }

    /// As it is, with the object's field that holds the id.
    pub const fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// As it is, with fields that must be equal.
    pub const fn equal(self, equal: &'static [(&'static str, &'static str)]) -> Self {
        Self { equal, ..self }
    }

    /// As it is, with what shows that it was carried out.
    pub const fn done(self, done: &'static [Sign]) -> Self {
        Self { done, ..self }
    }

    /// As it is, with what shows that it is under way.
    pub const fn pending(self, pending: &'static [Sign]) -> Self {
        Self { pending, ..self }
    }

    /// As it is, with what shows that it can no longer be carried out.
    pub const fn never(self, never: &'static [Sign]) -> Self {
        Self { never, ..self }
    }

    /// As it is, of objects that are there before the write.
    pub const fn lasting(self) -> Self {
        Self { lasting: true, ..self }
    }

    /// As it is, with what shows that it is as before the write.
    pub const fn old(self, old: &'static [Sign]) -> Self {
        Self { old, ..self }
    }

    /// As it is, with how lines are known again.
    pub const fn lines(self, lines: &'static Lines) -> Self {
        Self { lines: Some(lines), ..self }
    }

    /// As it is, with the field that holds the time of creation.
    pub const fn created(self, created: &'static str) -> Self {
        Self { created, ..self }
    }
}

impl Sign {
    /// Holds where the field is one of these.
    pub const fn one_of(field: &'static str, values: &'static [&'static str]) -> Self {
        Self { field, test: Test::OneOf(values) }
    }

    /// Holds where these fields below the field are the write's.
    pub const fn same(field: &'static str, fields: &'static [(&'static str, &'static str)]) -> Self {
        Self { field, test: Test::Same(fields) }
    }

    /// Holds where the field is there.
    pub const fn present(field: &'static str) -> Self {
        Self { field, test: Test::Present }
    }

    /// Holds where the field is there and has changed.
    pub const fn changed(field: &'static str) -> Self {
        Self { field, test: Test::Changed }
    }
}

impl FoundBy {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            FoundBy::Id(_) => "id",
            FoundBy::Reference { .. } => "reference",
            FoundBy::Contents => "contents",
            FoundBy::Nothing => "nothing",
        }
    }
}

impl Worth {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Worth::Done => "done",
            Worth::NotDone => "not done",
            Worth::Nothing => "unknown",
        }
    }
}

impl Action {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Change => "change",
            Action::Pay => "pay",
            Action::Cancel => "cancel",
            Action::Message => "message",
            Action::Upload => "upload",
        }
    }
}
