//! A platform that differs from the tables: moved and absent rows, other names and types, other answers to unknown
//! paths.

mod changes;
mod file;
mod rewrite;
mod unknown;

pub(crate) use self::changes::Changes;
pub(crate) use self::rewrite::UnknownField;
pub(crate) use self::unknown::Unknown;

use crate::refusal::{Reason, Refusal};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use xportcn_core::Endpoint;
use xportcn_core::endpoint::Method;

/// How the platform differs from the tables of `xportcn-core`, row by row. The README has the form of the file.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// How unknown paths are answered, if otherwise than usual.
    pub(crate) unknown: Option<Unknown>,
    rows: BTreeMap<&'static str, RowDrift>,
}

/// A drift that cannot be read, or that names what there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDrift(String);

/// How one row differs.
#[derive(Clone, Debug, Default)]
struct RowDrift {
    /// There is no such row.
    absent: bool,
    /// Where the row is instead.
    place: Option<(Method, String)>,
    /// Why the account may not call it.
    refuse: Option<String>,
    /// From the names on this platform's wire to those of the tables.
    request: Changes,
    /// From the tables to this platform's wire.
    reply: Changes,
}

impl Drift {
    /// Reads a drift from JSON:
    ///
    /// ```
    /// # use xportcn_sandbox::Drift;
    /// let drift = Drift::from_json(r#"{
    ///     "unknown": {"as": "envelope", "code": 404},
    ///     "rows": {
    ///         "taobao.order.page": {"path": "POST /open/order/page"},
    ///         "taobao.product.get": {"reply": {"rename": {"skuList[].quantity": "stock"}, "types": {"status": "list"}}},
    ///         "address.list": {"absent": true}
    ///     }
    /// }"#)?;
    /// # Ok::<(), xportcn_sandbox::InvalidDrift>(())
    /// ```
    ///
    /// # Errors
    /// Refuses what is no JSON of this form; rows and fields that there are not, with the nearest one; two rows at one
    /// place; and differences that change nothing.
    pub fn from_json(json: &str) -> Result<Self, InvalidDrift> {
        file::parse(json)
    }

    /// Where a row is; absent where there is no such row.
    pub(crate) fn place<'a>(&'a self, endpoint: &'static Endpoint) -> Option<(Method, &'a str)> {
        match self.rows.get(endpoint.id) {
            Some(row) if row.absent => None,
            Some(RowDrift { place: Some((method, path)), .. }) => Some((*method, path)),
            _ => Some((endpoint.method, endpoint.path)),
        }
    }

    /// Why the account may not call a row, if so.
    pub(crate) fn check_right(&self, endpoint: &'static Endpoint) -> Result<(), Refusal> {
        match self.rows.get(endpoint.id).and_then(|row| row.refuse.as_ref()) {
            Some(message) => Err(Refusal::new(Reason::NoRight, message)),
            None => Ok(()),
        }
    }

    /// What becomes of a request on its way to the tables, if anything.
    pub(crate) fn request(&self, endpoint: &'static Endpoint) -> Option<&Changes> {
        self.rows.get(endpoint.id).map(|row| &row.request).filter(|changes| !changes.is_empty())
    }

    /// A reply as this platform writes it.
    pub(crate) fn reply(&self, endpoint: &'static Endpoint, data: Box<RawValue>) -> Box<RawValue> {
        let changes = self.rows.get(endpoint.id).map(|row| &row.reply).filter(|changes| !changes.is_empty());
        let Some(changes) = changes else { return data };
        // Nothing in a reply is refused, and what is made of JSON is JSON.
        let rewritten = changes.rewrite(data.get()).ok().and_then(|json| RawValue::from_string(json).ok());
        rewritten.unwrap_or(data)
    }
}

impl fmt::Display for InvalidDrift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidDrift {}
