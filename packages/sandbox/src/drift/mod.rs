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

#[cfg(test)]
mod tests {
    use super::*;
    use xportcn_core::catalogue;

    /// What a reply of this row becomes.
    fn reply(id: &str, differences: &str, data: &str) -> String {
        let drift = Drift::from_json(&format!(r#"{{"rows": {{"{id}": {{"reply": {differences}}}}}}}"#));
        let endpoint = catalogue::find(id).expect("a row");
        let data = RawValue::from_string(data.to_string()).expect("JSON");
        drift.unwrap_or_else(|error| panic!("{differences}: {error}")).reply(endpoint, data).get().to_string()
    }

    #[test]
    fn values_become_what_the_drift_says_and_all_else_stays_as_it_is_written() {
        let cases = [
            ("text", "12.50", r#""12.50""#),
            ("text", r#"{"a": 1}"#, r#""{\"a\": 1}""#),
            ("text", r#""x""#, r#""x""#),
            ("text", "null", "null"),
            ("number", r#""12.50""#, "12.50"),
            ("number", r#""1034499579120189839""#, "1034499579120189839"),
            ("number", r#""x""#, r#""x""#),
            ("number", "true", "1"),
            ("number", "false", "0"),
            ("number", "7.0", "7.0"),
            ("list", "1.0", "[1.0]"),
            ("list", "null", "null"),
            ("null", "[1]", "null"),
        ];
        for (becomes, before, after) in cases {
            let differences = format!(r#"{{"types": {{"price": "{becomes}"}}}}"#);
            let data = format!(r#"{{"title": "一 \u4e8c", "price": {before}, "quantity" : 1e2}}"#);
            let changed = reply("taobao.product.get", &differences, &data);
            assert_eq!(changed, format!(r#"{{"title":"一 \u4e8c","price":{after},"quantity":1e2}}"#), "{becomes}");
        }
    }

    #[test]
    fn times_become_milliseconds() {
        // 2024-08-01 12:00:00 in Beijing.
        let differences = r#"{"types": {"data[].subOrders[].payTime": "number"}}"#;
        let data = r#"{"data":[{"subOrders":[{"payTime":"2024-08-01 12:00:00"},{"payTime":"soon"}]}]}"#;
        let changed = reply("taobao.order.purchase_page", differences, data);
        assert_eq!(changed, r#"{"data":[{"subOrders":[{"payTime":1722484800000},{"payTime":"soon"}]}]}"#);
    }

    #[test]
    fn elements_of_lists_and_whole_replies_are_reached() {
        let pictures = r#"{"types": {"picUrls[]": "list", "picUrls": "text"}}"#;
        let changed = reply("taobao.product.get", pictures, r#"{"picUrls":["a","b"],"other":[1]}"#);
        assert_eq!(changed, r#"{"picUrls":"[[\"a\"],[\"b\"]]","other":[1]}"#);
        assert_eq!(reply("taobao.product.get", r#"{"types": {"": "text"}}"#, r#"{"a":1}"#), r#""{\"a\":1}""#);
        // A list that comes as something else is left alone.
        let renamed = r#"{"rename": {"data[].title": "name"}, "remove": ["data[].price"]}"#;
        for data in [r#"{"data":null}"#, r#"{"data":{"title":"x"}}"#, "null", "[]"] {
            assert_eq!(reply("taobao.product.search", renamed, data), data);
        }
        let changed = reply("taobao.product.search", renamed, r#"{"data":[{"title":"x","price":1,"itemId":2},{}]}"#);
        assert_eq!(changed, r#"{"data":[{"name":"x","itemId":2},{}]}"#);
    }

    #[test]
    fn fields_of_an_unpublished_shape_are_taken_as_they_are_named() {
        let changed =
            reply("warehouse.estimate_freight", r#"{"rename": {"list[].at": "time"}}"#, r#"{"list":[{"at":1}]}"#);
        assert_eq!(changed, r#"{"list":[{"time":1}]}"#);
    }
}
