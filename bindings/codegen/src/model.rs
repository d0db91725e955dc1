//! The core's tables as a tree with unique names: what every output is made from.

mod evidence;
mod groups;
mod names;

pub use self::evidence::{
    FIELD_EVIDENCE, PATH_EVIDENCE, field_evidence_meaning, is_published, known_by, path_evidence_meaning,
    safety_meaning,
};
pub use self::names::Place;

use std::collections::BTreeMap;
use std::ptr;
use xportcn_core::Endpoint;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::endpoint::FieldEvidence;
use xportcn_core::goal::Goal;
use xportcn_core::goals;
use xportcn_core::push::Push;
use xportcn_core::schema::{Codes, Kind, Schema};

/// All rows, objects and sets of codes, in a stable order.
#[derive(Debug)]
pub struct Model {
    /// The groups of rows, in the order of the vendor's reference.
    pub groups: Vec<Group>,
    /// Every object of a request, a reply or a message, in the order in which the rows lead to them.
    pub objects: Vec<Object>,
    /// Every set of codes, in the same order.
    pub codes: Vec<CodeSet>,
    objects_by_table: BTreeMap<*const Schema, usize>,
    codes_by_table: BTreeMap<*const Codes, usize>,
}

/// The rows of one marketplace or service.
#[derive(Debug)]
pub struct Group {
    /// The first word of its rows' ids.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// The rows on one subject.
#[derive(Debug)]
pub struct Section {
    /// What its rows' ids begin with.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What its rows are for.
    pub about: &'static str,
    /// The calls.
    pub calls: Vec<&'static Endpoint>,
    /// The pushed messages.
    pub pushes: Vec<&'static Push>,
}

impl Section {
    /// The states that can be waited for.
    pub fn goals(&self) -> &'static [Goal] {
        goals::of(&self.id).unwrap_or_default()
    }
}

/// What hosts say of waiting for a state of a group.
pub const WAITS: &str = "Waits until it comes into a state, by calls that only read: looks again with growing pauses, and at \
    once where a pushed message on it was passed on; ends early where the state cannot come any more, and else when the time \
    of the setting for waits is over.";

/// The states, each with its meaning.
pub fn states(goals: &[Goal]) -> String {
    let states = goals.iter().map(|goal| format!("`{}`: {}", goal.name, goal.doc));
    states.collect::<Vec<_>>().join(" ")
}

/// An object under its unique name.
#[derive(Debug)]
pub struct Object {
    /// The name, in UpperCamelCase.
    pub name: String,
    /// The table.
    pub schema: &'static Schema,
    /// Where its struct is declared.
    pub place: Place,
    /// Where it occurs.
    pub uses: Vec<Use>,
}

/// A set of codes under its unique name.
#[derive(Debug)]
pub struct CodeSet {
    /// The name, in UpperCamelCase.
    pub name: String,
    /// The table.
    pub codes: &'static Codes,
    /// Where its enumeration is declared.
    pub place: Place,
    /// Where it occurs.
    pub uses: Vec<Use>,
}

/// An occurrence in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The row's id.
    pub row: &'static str,
    /// The part of the row.
    pub side: Side,
    /// Whether it is that part, and does not stand within it.
    pub whole: bool,
    /// Where the part's fields come from.
    pub evidence: FieldEvidence,
}

/// A part of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The fields that a call sends.
    Request,
    /// The data of the answer.
    Reply,
    /// The content of a pushed message.
    Message,
}

impl Model {
    /// Reads the core's tables.
    ///
    /// # Errors
    /// Says what is wrong with the name of an object.
    pub fn of_core() -> Result<Self, String> {
        Self::of(ENDPOINTS, PUSHES)
    }

    /// Reads the tables of these rows.
    ///
    /// # Errors
    /// Says what is wrong with the name of an object.
    pub fn of(endpoints: &[&'static Endpoint], pushes: &[&'static Push]) -> Result<Self, String> {
        let mut model = Self {
            groups: groups::all(endpoints, pushes),
            objects: Vec::new(),
            codes: Vec::new(),
            objects_by_table: BTreeMap::new(),
            codes_by_table: BTreeMap::new(),
        };
        for row in endpoints {
            let whole = |side, evidence| Use { row: row.id, side, whole: true, evidence };
            model.collect(&Kind::Object(row.request), whole(Side::Request, row.evidence.request));
            model.collect(&row.reply, whole(Side::Reply, row.evidence.reply));
        }
        for row in pushes {
            model.collect(&row.body, Use { row: row.id, side: Side::Message, whole: true, evidence: row.request });
        }
        names::give(&mut model)?;
        Ok(model)
    }

    /// The object of a table.
    ///
    /// # Panics
    /// If the table belongs to no row.
    pub fn object(&self, schema: &'static Schema) -> &Object {
        &self.objects[self.objects_by_table[&ptr::from_ref(schema)]]
    }

    /// The set of codes of a table.
    ///
    /// # Panics
    /// If the table belongs to no row.
    pub fn code_set(&self, codes: &'static Codes) -> &CodeSet {
        &self.codes[self.codes_by_table[&ptr::from_ref(codes)]]
    }

    /// All sections.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.groups.iter().flat_map(|group| &group.sections)
    }

    fn collect(&mut self, kind: &Kind, place: Use) {
        match kind {
            Kind::List(element) => self.collect(element, Use { whole: false, ..place }),
            Kind::Object(schema) => self.collect_object(schema, place),
            Kind::Code(codes) => {
                let index = *self.codes_by_table.entry(ptr::from_ref(*codes)).or_insert_with(|| {
                    let place = Place::of(codes.module);
                    self.codes.push(CodeSet { name: String::new(), codes, place, uses: Vec::new() });
                    self.codes.len() - 1
                });
                add(&mut self.codes[index].uses, place);
            }
            _ => {}
        }
    }

    fn collect_object(&mut self, schema: &'static Schema, place: Use) {
        let index = *self.objects_by_table.entry(ptr::from_ref(schema)).or_insert_with(|| {
            let place = Place::of(schema.module);
            self.objects.push(Object { name: String::new(), schema, place, uses: Vec::new() });
            self.objects.len() - 1
        });
        // An object may hold itself.
        if add(&mut self.objects[index].uses, place) {
            for field in schema.fields {
                self.collect(&field.kind, Use { whole: false, ..place });
            }
        }
    }
}

/// Adds an occurrence; false if it is known.
fn add(uses: &mut Vec<Use>, place: Use) -> bool {
    let is_new = !uses.contains(&place);
    if is_new {
        uses.push(place);
    }
    is_new
}

impl Group {
    /// The sections that have calls.
    pub fn called(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| !section.calls.is_empty())
    }
}

impl Object {
    /// Whether it is a row's request: languages write those as the arguments of a function.
    pub fn is_request(&self) -> bool {
        self.uses.iter().any(|place| place.side == Side::Request && place.whole)
    }

    /// The group in which it is declared.
    pub fn group(&self) -> &'static str {
        self.place.group
    }

    /// Whether it is sent with calls.
    pub fn is_sent(&self) -> bool {
        self.uses.iter().any(|place| place.side == Side::Request)
    }

    /// Whether it comes with answers or messages.
    pub fn is_received(&self) -> bool {
        self.uses.iter().any(|place| place.side != Side::Request)
    }

    /// Whether it is known to be what any row sends or answers.
    pub fn is_published(&self) -> bool {
        self.uses.iter().any(|place| place.evidence != FieldEvidence::Inferred)
    }

    /// The row whose request or whole reply it is, if it occurs nowhere else.
    pub fn only_row(&self) -> Option<&'static str> {
        match self.uses.as_slice() {
            [only] if only.whole => Some(only.row),
            _ => None,
        }
    }
}

impl CodeSet {
    /// The group in which it is declared.
    pub fn group(&self) -> &'static str {
        self.place.group
    }

    /// Whether it is sent with calls.
    pub fn is_sent(&self) -> bool {
        self.uses.iter().any(|place| place.side == Side::Request)
    }
}

/// The kind of what stands on the pages of a row, if it pages.
pub fn item(row: &'static Endpoint) -> Option<&'static Kind> {
    let (Kind::Object(page), Some(paging)) = (&row.reply, row.paging) else { return None };
    match page.field(paging.items)?.kind {
        Kind::List(element) => Some(element),
        _ => None,
    }
}

impl Side {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Request => "request",
            Side::Reply => "reply",
            Side::Message => "message",
        }
    }
}

/// What a row's documentation says after its title; lines that belong together are joined.
pub fn about(doc: &str) -> String {
    let rest = doc.trim().split_once('\n').map_or("", |(_, rest)| rest);
    paragraphs(rest)
}

/// Documentation whose lines are joined into paragraphs.
pub fn paragraphs(doc: &str) -> String {
    let paragraphs = doc.trim().split("\n\n");
    let joined = paragraphs.map(|paragraph| paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" "));
    joined.collect::<Vec<_>>().join("\n\n")
}
