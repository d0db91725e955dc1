//! What becomes of the fields of a request or a reply, as a tree of their names.

use std::collections::{BTreeMap, BTreeSet};
use xportcn_core::nearest;
use xportcn_core::schema::{Field, Form, Kind, Schema};

/// What becomes of a value and of those within it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Another name.
    pub(super) name: Option<String>,
    /// It is left out of a reply.
    pub(super) removed: bool,
    /// A request with it is refused.
    pub(super) refused: bool,
    /// The value is text that holds JSON.
    pub(super) embedded: bool,
    pub(super) becomes: Option<Becomes>,
    /// The fields of an object by their names; the elements of a list as [`ITEMS`].
    pub(super) inner: BTreeMap<String, Changes>,
}

/// What a value is turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Becomes {
    /// Text that holds JSON becomes that JSON.
    Json,
    /// A list of the value.
    List,
    Null,
    Number,
    /// Text that holds the value's JSON.
    Text,
}

/// The elements of a list.
pub(super) const ITEMS: &str = "[]";

impl Becomes {
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        Ok(match name {
            "json" => Becomes::Json,
            "list" => Becomes::List,
            "null" => Becomes::Null,
            "number" => Becomes::Number,
            "text" => Becomes::Text,
            _ => return Err(format!("there is no type `{name}`: write json, list, null, number or text")),
        })
    }

    /// Why a field cannot become this, or is it already.
    fn check(self, field: &Field) -> Result<(), String> {
        let is_number = matches!(
            field.kind,
            Kind::Any | Kind::Amount | Kind::Bool | Kind::Code(_) | Kind::Float | Kind::Id | Kind::Int | Kind::Time
        );
        let is_text = matches!(field.kind, Kind::Text) || matches!(field.form, Form::Text | Form::Embedded);
        match self {
            Becomes::Json if !matches!(field.kind, Kind::Any) && field.form != Form::Embedded => {
                Err("is no text that holds JSON".to_string())
            }
            Becomes::Number if !is_number => Err(format!("is {}, which is no number", field.kind.describe())),
            Becomes::Number if field.form == Form::Number => Err("is a number already".to_string()),
            Becomes::Text if is_text || (matches!(field.kind, Kind::Time) && field.form == Form::Plain) => {
                Err("is text already".to_string())
            }
            _ => Ok(()),
        }
    }
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.inner.is_empty() && self.becomes.is_none()
    }

    /// What becomes of the value at a path as `data[].orderId`, and the field that stands there, where it is known.
    pub(super) fn at(&mut self, kind: Kind, path: &str) -> Result<Place<'_>, String> {
        let mut place = Place { changes: self, field: None, is_element: true };
        let mut kind = kind;
        let path = path.replace(ITEMS, ".[]");
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let (inner, field) = match (step, kind) {
                (_, Kind::Any) => (kind, None),
                (ITEMS, Kind::List(element)) => (*element, None),
                (ITEMS, _) => return Err(format!("is {}, not a list", kind.describe())),
                (name, Kind::Object(schema)) => {
                    let field = schema.field(name).ok_or_else(|| unknown(schema, name))?;
                    (field.kind, Some(field))
                }
                (_, Kind::List(_)) => return Err(format!("`{step}` stands in a list: write [] before the point")),
                _ => return Err(format!("`{step}` stands in {}", kind.describe())),
            };
            let name = field.map_or_else(|| step.to_string(), |field| field.wire().to_string());
            let changes = place.changes.inner.entry(name).or_default();
            changes.embedded |= field.is_some_and(|field| field.form == Form::Embedded);
            place = Place { changes, field, is_element: step == ITEMS };
            kind = inner;
        }
        Ok(place)
    }

    /// The way back: from the new names to the old ones, which are refused.
    pub(super) fn inverted(&self) -> Self {
        let mut inner = BTreeMap::new();
        for (old, changes) in &self.inner {
            let mut back = changes.inverted();
            if let Some(new) = &changes.name {
                back.name = Some(old.clone());
                inner.insert(new.clone(), back);
            } else {
                inner.insert(old.clone(), back);
            }
        }
        for old in self.inner.iter().filter(|(_, changes)| changes.name.is_some()).map(|(old, _)| old) {
            inner.entry(old.clone()).or_insert_with(|| Self { refused: true, ..Self::default() });
        }
        Self { embedded: self.embedded, inner, ..Self::default() }
    }

    /// Refuses two fields of one object under one name. The tree is that of a value of this kind.
    pub(super) fn check_names(&self, kind: Kind) -> Result<(), String> {
        let mut taken = BTreeSet::new();
        for (name, changes) in &self.inner {
            if let Some(new) = changes.name.as_deref() {
                let is_kept = matches!(kind, Kind::Object(schema) if schema.field(new).is_some()) && self.keeps(new);
                if !taken.insert(new) || is_kept {
                    return Err(format!("two fields are called `{new}`"));
                }
            }
            let inner = match kind {
                Kind::List(element) => *element,
                Kind::Object(schema) => schema.field(name).map_or(Kind::Any, |field| field.kind),
                _ => Kind::Any,
            };
            changes.check_names(inner)?;
        }
        Ok(())
    }

    /// Whether the field of this name keeps it.
    fn keeps(&self, name: &str) -> bool {
        self.inner.get(name).is_none_or(|changes| changes.name.is_none() && !changes.removed)
    }
}

/// The place of a value in the tree.
pub(super) struct Place<'a> {
    changes: &'a mut Changes,
    /// The table's field; absent for elements of lists, and where nothing is published.
    field: Option<&'static Field>,
    is_element: bool,
}

impl Place<'_> {
    pub(super) fn becomes(self, becomes: Becomes) -> Result<(), String> {
        if let Some(field) = self.field {
            becomes.check(field)?;
        }
        self.changes.becomes = Some(becomes);
        Ok(())
    }

    pub(super) fn rename(self, name: String) -> Result<(), String> {
        self.check_named()?;
        self.changes.name = Some(name);
        Ok(())
    }

    pub(super) fn remove(self) -> Result<(), String> {
        self.check_named()?;
        self.changes.removed = true;
        Ok(())
    }

    fn check_named(&self) -> Result<(), String> {
        if self.is_element { Err("an element of a list has no name".to_string()) } else { Ok(()) }
    }
}

fn unknown(schema: &'static Schema, name: &str) -> String {
    match nearest(name, schema.fields.iter().map(Field::wire)) {
        Some(near) => format!("there is no `{name}`; did you mean `{near}`?"),
        None => format!("there is no `{name}`"),
    }
}
