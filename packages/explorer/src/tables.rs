//! What the embedded tables say beyond those of the core: units, and names in every language.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The tables of the page, read once.
pub(crate) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    // Written by the generator, and read in a test.
    serde_json::from_str(include_str!("../assets/tables.json")).unwrap_or_default()
});

#[derive(Default, Deserialize)]
pub(crate) struct Tables {
    rows: Vec<Row>,
    objects: Vec<Object>,
    codes: Vec<Codes>,
}

#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) request: usize,
    pub(crate) reply: Kind,
}

#[derive(Deserialize)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) names: Option<TypeNames>,
    /// Whether it takes fields that are not listed.
    #[serde(default)]
    pub(crate) extra: bool,
}

#[derive(Deserialize)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) required: bool,
    unit: Option<String>,
    #[serde(default)]
    names: HashMap<String, String>,
}

#[derive(Deserialize)]
pub(crate) struct Codes {
    pub(crate) name: String,
    pub(crate) names: TypeNames,
    #[serde(default)]
    pub(crate) numeric: bool,
    /// Each with what it means, and its name in Rust.
    values: Vec<[String; 3]>,
}

/// What a type is called where that is not its name.
#[derive(Deserialize)]
pub(crate) struct TypeNames {
    pub(crate) rust: String,
    pub(crate) swift: String,
    pub(crate) group: String,
}

/// The kind of a field; numbers are places in the lists of objects and codes.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Amount,
    Any,
    Bool,
    Code(usize),
    Float,
    Id,
    Int,
    List(Box<Kind>),
    Object(usize),
    Text,
    Time,
}

impl Tables {
    pub(crate) fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    pub(crate) fn object(&self, at: usize) -> Option<&Object> {
        self.objects.get(at)
    }

    pub(crate) fn codes(&self, at: usize) -> Option<&Codes> {
        self.codes.get(at)
    }

    /// The unit of a field of a request: `fen` or `yuan`.
    pub(crate) fn unit(&self, row: &str, field: &str) -> Option<&str> {
        self.object(self.row(row)?.request)?.field(field)?.unit.as_deref()
    }

    /// The unit of a field of a reply, or of an object right within it.
    pub(crate) fn unit_in_reply(&self, row: &str, field: &str) -> Option<&str> {
        let Kind::Object(reply) = self.row(row)?.reply else { return None };
        let reply = self.object(reply)?;
        let within = reply.fields.iter().filter_map(|field| match field.kind {
            Kind::Object(at) => self.object(at),
            _ => None,
        });
        let mut all = std::iter::once(reply).chain(within);
        all.find_map(|object| object.field(field))?.unit.as_deref()
    }
}

impl Object {
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Codes {
    /// The name of a known value in Rust.
    pub(crate) fn variant(&self, wire: &str) -> Option<&str> {
        self.values.iter().find(|[known, ..]| known == wire).map(|[.., name]| name.as_str())
    }
}

impl Field {
    /// What the field is called in a language.
    pub(crate) fn name_in(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_every_row() {
        let rows = xportcn::catalogue::ENDPOINTS;
        assert_eq!(TABLES.rows.len(), rows.len());
        assert!(rows.iter().all(|row| TABLES.row(row.id).is_some_and(|known| TABLES.object(known.request).is_some())));
    }

    #[test]
    fn units_are_those_of_the_reference() {
        assert_eq!(TABLES.unit("taobao.after_sale.submit", "refundFee"), Some("fen"));
        assert_eq!(TABLES.unit_in_reply("alibaba.order.get", "totalAmount"), Some("yuan"));
        assert_eq!(TABLES.unit_in_reply("taobao.order.get", "purchaseAmount"), Some("fen"));
        assert_eq!(TABLES.unit("taobao.cart.add", "price"), None, "it is not published");
    }
}
