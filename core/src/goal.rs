//! States that an order or a refund comes into after a while, and which calls show them: what can be waited for. Facts only;
//! [`Wait`](crate::Wait) judges by them.

use crate::effect::Shown;

/// A state that can be waited for.
#[derive(Debug)]
pub struct Goal {
    /// Whose state it is, by its group: `taobao.order`.
    pub of: &'static str,
    /// Its name, in one word: `paid`.
    pub name: &'static str,
    /// The field that names the order or the refund.
    pub id: &'static str,
    /// The calls that show it, best first: it is reached where one of `done` holds, and can no longer come where one of
    /// `never` does.
    pub shown_by: &'static [Shown],
    /// What it means, in a sentence.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
}

impl Goal {
    /// A state of an object.
    #[cfg(feature = "docs")]
    pub(crate) const fn new([of, name, id]: [&'static str; 3], doc: &'static str, shown_by: &'static [Shown]) -> Self {
        Self { of, name, id, shown_by, doc }
    }

    /// A state of an object.
    #[cfg(not(feature = "docs"))]
    pub(crate) const fn new([of, name, id]: [&'static str; 3], _: &'static str, shown_by: &'static [Shown]) -> Self {
        Self { of, name, id, shown_by }
    }
}
