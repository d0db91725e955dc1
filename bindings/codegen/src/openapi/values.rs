//! Values that the wire writes in more than one way. Each is a component of its own: generators of other languages read
//! a reference, and few of them a list of types.

use super::schemas::{nullable, reference, text};
use crate::json::Json;
use crate::{list, object};
use std::collections::BTreeSet;
use xportcn_core::catalogue::ENDPOINTS;
use xportcn_core::schema::{Field, Kind};

/// The digits of an id, as JSON writes a whole number.
const DIGITS: &str = "^-?(0|[1-9][0-9]*)$";

/// Such a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Amount,
    DecimalNumber,
    Flag,
    Id,
    Moment,
    NumericId,
    Unknown,
    UnknownItem,
    UnknownList,
    UnknownObject,
    WholeNumber,
}

impl Named {
    /// The component's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Amount => "Amount",
            Self::DecimalNumber => "DecimalNumber",
            Self::Flag => "Flag",
            Self::Id => "Id",
            Self::Moment => "Moment",
            Self::NumericId => "NumericId",
            Self::Unknown => "Unknown",
            Self::UnknownItem => "UnknownItem",
            Self::UnknownList => "UnknownList",
            Self::UnknownObject => "UnknownObject",
            Self::WholeNumber => "WholeNumber",
        }
    }

    pub(super) fn reference(self) -> Json {
        reference(self.name())
    }

    /// The components that it consists of.
    pub(super) fn parts(self) -> &'static [Self] {
        match self {
            Self::Unknown => &[Self::Id, Self::UnknownItem, Self::UnknownList, Self::UnknownObject],
            _ => &[],
        }
    }

    /// The component.
    pub(super) fn schema(self) -> Json {
        match self {
            Self::Amount => {
                either("An amount, an exact decimal: text or a number.", [text(), double()]).with("x-kind", "amount")
            }
            Self::DecimalNumber => either("A measure: a number, or text that holds one.", [text(), double()]),
            Self::Flag => either("True or false, or 1 or 0.", [boolean(), integer()]),
            Self::Id => either(
                "An id: text, or a number of 19 digits and more, which binary floating point would round.",
                [text(), integer()],
            )
            .with("x-kind", "id"),
            Self::NumericId => either(
                "An id of digits. The pages show it as a number; text serves where a language would round that number.",
                [text().with("pattern", DIGITS), integer()],
            )
            .with("x-kind", "id"),
            Self::Moment => either(
                "A moment: text as `yyyy-MM-dd HH:mm:ss` in Beijing or `20240801120000000+0800`, or milliseconds since \
                 1970.",
                [text(), integer()],
            )
            .with("x-kind", "time"),
            Self::Unknown => any("A value of which nothing is published.", Self::UnknownList.reference()),
            Self::UnknownItem => any(
                "A value in a list of which nothing is published.",
                // A list that held itself without an object between would be no type in TypeScript.
                object! { "type" => "array", "items" => object! {} },
            ),
            Self::UnknownList => object! {
                "type" => "array",
                "description" => "A list of which nothing is published.",
                "items" => Self::UnknownItem.reference(),
            },
            Self::UnknownObject => unknown_object(),
            Self::WholeNumber => either("A whole number, or text that holds one.", [text(), integer()]),
        }
    }
}

fn either(about: &str, forms: [Json; 2]) -> Json {
    object! { "description" => about, "oneOf" => forms.to_vec() }
}

/// Any value. Text and whole numbers are read as ids are, so that they keep all their digits. Readers that convert take
/// the first form that a value can be made to fit: true is a number to some, and an empty list too.
fn any(about: &str, list: Json) -> Json {
    object! {
        "description" => about,
        "anyOf" => list![
            boolean(),
            list,
            Named::UnknownObject.reference(),
            Named::Id.reference(),
            double(),
            object! { "type" => "null" },
        ],
    }
}

fn unknown_object() -> Json {
    let ids = asked_ids().into_iter().map(|name| (name.to_string(), nullable(Named::Id.reference())));
    object! {
        "type" => "object",
        "description" => "An object of which nothing is published. Fields that are called as the ids that calls take are ids.",
        "properties" => Json::Object(ids.collect()),
        "additionalProperties" => true,
    }
}

/// The ids that calls take.
fn asked_ids() -> BTreeSet<&'static str> {
    let fields = ENDPOINTS.iter().flat_map(|row| row.request.fields);
    fields.filter(|field| matches!(field.kind, Kind::Id)).map(Field::wire).collect()
}

fn boolean() -> Json {
    object! { "type" => "boolean" }
}

fn double() -> Json {
    object! { "type" => "number", "format" => "double" }
}

pub(super) fn integer() -> Json {
    object! { "type" => "integer", "format" => "int64" }
}
