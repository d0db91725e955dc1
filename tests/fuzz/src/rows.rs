//! Every endpoint with both of its drivers: the table, and its types.

use serde_json::Value as Json;
use std::any::TypeId;
use std::sync::OnceLock;
use xportcn_core::catalogue::{ENDPOINTS, Visitor, visit};
use xportcn_core::codec::{self, Decoded, Fault, Policy, Route, Routed, Unreadable};
use xportcn_core::values::Canonical;
use xportcn_core::{Call, Endpoint};

/// An endpoint and the drivers of its types.
pub struct Row {
    pub endpoint: &'static Endpoint,
    /// Reads a reply; its data is absent where the type has none.
    pub decode: fn(&[u8]) -> Result<Decoded<Option<Json>>, Unreadable>,
    /// Writes a request.
    pub encode: fn(&str) -> Result<Routed, Fault>,
}

impl Row {
    /// The row that the first byte of an input names, and the rest.
    pub fn of_input(input: &[u8]) -> Option<(&'static Row, &[u8])> {
        let (first, rest) = input.split_first()?;
        let rows = all();
        Some((&rows[usize::from(*first) % rows.len()], rest))
    }

    /// Where its requests go.
    pub fn route(&self) -> Route<'static> {
        Route { method: self.endpoint.method, path: self.endpoint.path }
    }
}

/// Every row, in the order of the catalogue.
pub fn all() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows = Collect(Vec::new());
        visit(&mut rows);
        assert_eq!(rows.0.len(), ENDPOINTS.len());
        rows.0
    })
}

struct Collect(Vec<Row>);

impl Visitor for Collect {
    fn visit<C: Call>(&mut self) {
        self.0.push(Row { endpoint: C::ENDPOINT, decode: decode::<C>, encode: encode::<C> });
    }
}

fn decode<C: Call>(body: &[u8]) -> Result<Decoded<Option<Json>>, Unreadable> {
    let Decoded { envelope, data, warnings } = codec::decode_as::<C::Reply>(body)?;
    let has_data = TypeId::of::<C::Reply>() != TypeId::of::<()>();
    let data = has_data.then(|| serde_json::to_value(Canonical(&data)).expect("canonical data"));
    Ok(Decoded { envelope, data, warnings })
}

fn encode<C: Call>(params: &str) -> Result<Routed, Fault> {
    let route = Route { method: C::ENDPOINT.method, path: C::ENDPOINT.path };
    codec::encode_typed(route, &codec::from_json::<C>(params, Policy::Request)?)
}
