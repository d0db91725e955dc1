//! What accompanies a value on its way: where it is, how strict to be, and what was noticed.

use super::Broken;
use crate::error::Warning;
use crate::schema::Kind;
use ::core::fmt;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// How to take a value that does not fit its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is an error. Types must be right, required fields present, and unknown fields are refused.
    Request,
    /// It becomes null and a warning. Numbers in text and the like are understood.
    Reply,
}

/// Where a value stands, as a chain of borrowed steps: nothing is built until a message needs it.
#[derive(Clone, Copy)]
pub enum Path<'a> {
    /// The outermost value.
    Root,
    /// A field of an object.
    Field(&'a Path<'a>, &'a str),
    /// An element of a list.
    Index(&'a Path<'a>, usize),
}

/// Why a value was refused, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field, as `cargoParamList[0].offerId`.
    pub path: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// The state of one run over one document.
pub struct Context {
    policy: Policy,
    is_whole: bool,
    warnings: Vec<Warning>,
    left_out: usize,
    fault: Option<Fault>,
    budget: usize,
}

/// Warnings beyond this many are counted, not kept.
const MAX_WARNINGS: usize = 100;

/// Memory that the values of a document may take in a host, beyond a multiple of its bytes: many tiny elements must not
/// become gigabytes.
const BUDGET: usize = 64 << 20;
const BUDGET_PER_BYTE: usize = 4;

/// Why a document is refused whose values would take more.
const TOO_MANY: &str = "too many elements: they would take more memory than 64 MB and four times the size of the body";

/// What a list's element or a further member takes at least in the hosts that parse canonical JSON: a place, and a small value.
pub(crate) const ELEMENT: usize = 48;
/// What an object or a list takes there at least, as Python's dictionary.
pub(crate) const CONTAINER: usize = 150;

impl Context {
    /// For a document of `length` bytes.
    pub fn new(policy: Policy, length: usize) -> Self {
        let budget = BUDGET.saturating_add(length.saturating_mul(BUDGET_PER_BYTE));
        Self { policy, is_whole: policy == Policy::Request, warnings: Vec::new(), left_out: 0, fault: None, budget }
    }

    /// The same, where any field may be absent, as in replies and messages.
    pub(crate) fn in_part(self) -> Self {
        Self { is_whole: false, ..self }
    }

    /// Whether required fields must be present.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// How strict to be.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Takes note of a value of another kind than the field's.
    pub fn misfit(&mut self, kind: &Kind, found: &'static str, path: &Path<'_>) -> Result<(), Broken> {
        self.notice(kind.describe(), found, path)
    }

    /// Takes note of something unexpected: a warning in a reply, an error in a request.
    #[cold]
    pub fn notice(&mut self, expected: &'static str, found: &'static str, path: &Path<'_>) -> Result<(), Broken> {
        match self.policy {
            Policy::Request => Err(self.refuse(path, alloc::format!("expected {expected}, found {found}"))),
            Policy::Reply => {
                self.warn(Warning { path: path.to_string(), expected, found });
                Ok(())
            }
        }
    }

    /// Adds a warning, whatever the policy.
    pub fn warn(&mut self, warning: Warning) {
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(warning);
        } else {
            self.left_out += 1;
        }
    }

    /// Refuses the document because of the value at `path`.
    #[cold]
    pub fn refuse(&mut self, path: &Path<'_>, reason: impl Into<String>) -> Broken {
        self.fault = Some(Fault { path: path.to_string(), reason: reason.into() });
        Broken::refused()
    }

    /// Accounts for memory that a value takes.
    #[inline]
    pub fn charge(&mut self, bytes: usize, path: &Path<'_>) -> Result<(), Broken> {
        match self.budget.checked_sub(bytes) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => Err(self.refuse_size(path)),
        }
    }

    #[cold]
    #[inline(never)]
    fn refuse_size(&mut self, path: &Path<'_>) -> Broken {
        self.refuse(path, TOO_MANY)
    }

    /// The refusal behind an error of the parser, if it was one.
    pub fn take_fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    /// Whether the document has been refused.
    pub(crate) fn has_fault(&self) -> bool {
        self.fault.is_some()
    }

    /// How many warnings there have been.
    pub(crate) fn noticed(&self) -> usize {
        self.warnings.len() + self.left_out
    }

    /// Takes back what was noticed since then.
    #[cold]
    pub(crate) fn forget(&mut self, noticed: usize) {
        self.warnings.truncate(noticed);
        self.left_out = noticed - self.warnings.len();
    }

    /// What was noticed.
    pub fn into_warnings(mut self) -> Vec<Warning> {
        if self.left_out > 0 {
            self.warnings.push(Warning {
                path: String::new(),
                expected: "at most 100 warnings",
                found: "more, which are left out",
            });
        }
        self.warnings
    }
}

impl Fault {
    /// A refusal of the value at `path`.
    #[cold]
    pub fn at(path: &Path<'_>, reason: impl Into<String>) -> Self {
        Self { path: path.to_string(), reason: reason.into() }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => f.write_str(name),
            Path::Field(parent, name) => write!(f, "{parent}.{name}"),
            Path::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_in_javascript() {
        let list = Path::Field(&Path::Root, "cargoParamList");
        let element = Path::Index(&list, 2);
        assert_eq!(Path::Field(&element, "offerId").to_string(), "cargoParamList[2].offerId");
        assert_eq!(Path::Root.to_string(), "");
    }

    #[test]
    fn warnings_are_bounded_and_the_rest_is_counted() {
        let mut context = Context::new(Policy::Reply, 0);
        for _ in 0..250 {
            context.notice("an id", "a list", &Path::Root).unwrap();
        }
        let warnings = context.into_warnings();
        assert_eq!(warnings.len(), 101);
        assert_eq!(warnings[100].found, "more, which are left out");
    }
}
